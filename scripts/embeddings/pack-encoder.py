"""Packs a BERT sentence encoder (safetensors and vocab.txt, 384 wide) into the files that the built-in embedder reads.

  python pack-encoder.py MODEL_FOLDER OUT_FOLDER

Needs numpy. The same input gives the same bytes. Writes encoder.bin and vocabulary.txt and prints their SHA-256.
encoder.bin, in the order in which the kernel reads it (kernel/encoder.c):
  word vectors   for each token: 4-bit integers, two a byte, then one bfloat16 scale for each 32 of them
  positions      bfloat16, the vector of the first segment added
  norm           float32 gain and bias
  for each layer query+key+value, merge (8-bit rows; float32 scales; float32 bias), norm, widen, narrow, norm
"""

import hashlib
import json
import pathlib
import struct
import sys
import unicodedata

import numpy as np

POSITIONS = 256
GROUP = 32


def read_tensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = (8 + length + offset for offset in entry["data_offsets"])
            tensors[name] = np.frombuffer(data[start:end], np.float32).reshape(entry["shape"])
    return tensors


def is_kept(token):
    """Special tokens and whatever Latin script, punctuation and symbols need; other scripts become unknown words."""
    if token.startswith("[") and token.endswith("]") and len(token) > 2:
        return token in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
    return all(ord(c) < 0x250 or unicodedata.category(c)[0] in "PS" for c in token)


def bfloat16(values):
    bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def from_bfloat16(bits):
    return (bits.astype(np.uint32) << 16).view(np.float32)


def pack_words(words):
    """4-bit groups, each with the scale of the smallest squared error among a few clippings."""
    groups = words.reshape(len(words), -1, GROUP)
    largest = np.abs(groups).max(-1, keepdims=True) + 1e-12
    best, error, scales = None, None, None
    for clip in (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7):
        bits = bfloat16(largest * clip / 7)
        scale = from_bfloat16(bits)
        rounded = np.clip(np.round(groups / scale), -8, 7)
        missed = ((rounded * scale - groups) ** 2).sum(-1, keepdims=True)
        better = np.ones_like(missed, bool) if best is None else missed < error
        best = rounded if best is None else np.where(better, rounded, best)
        scales = bits if scales is None else np.where(better, bits, scales)
        error = missed if error is None else np.minimum(error, missed)
    nibbles = (best + 8).astype(np.uint8).reshape(len(words), -1)
    packed = nibbles[:, 0::2] | (nibbles[:, 1::2] << 4)
    return np.concatenate([packed, scales.reshape(len(words), -1).astype("<u2").view(np.uint8)], 1).tobytes()


def pack_linear(weights, bias):
    scales = np.abs(weights).max(1) / 127
    integers = np.clip(np.round(weights / scales[:, None]), -127, 127).astype(np.int8)
    return integers.tobytes() + scales.astype("<f4").tobytes() + bias.astype("<f4").tobytes()


def main(model, out):
    tensors = {name.removeprefix("bert."): value for name, value in read_tensors(model / "model.safetensors").items()}
    tokens = (model / "vocab.txt").read_text("utf8").split("\n")[: len(tensors["embeddings.word_embeddings.weight"])]
    kept = [index for index, token in enumerate(tokens) if is_kept(token)]

    def norm(name):
        return np.stack([tensors[f"{name}.weight"], tensors[f"{name}.bias"]]).astype("<f4").tobytes()

    def linear(*names):
        weights = np.concatenate([tensors[f"{name}.weight"] for name in names])
        return pack_linear(weights, np.concatenate([tensors[f"{name}.bias"] for name in names]))

    positions = tensors["embeddings.position_embeddings.weight"][:POSITIONS]
    segment = tensors["embeddings.token_type_embeddings.weight"][0]
    parts = [
        pack_words(tensors["embeddings.word_embeddings.weight"][kept]),
        bfloat16(positions + segment).astype("<u2").tobytes(),
        norm("embeddings.LayerNorm"),
    ]
    layers = 1 + max(int(name.split(".")[2]) for name in tensors if name.startswith("encoder.layer."))
    for layer in range(layers):
        prefix = f"encoder.layer.{layer}"
        attention = f"{prefix}.attention"
        parts += [
            linear(*(f"{attention}.self.{name}" for name in ("query", "key", "value"))),
            linear(f"{attention}.output.dense"),
            norm(f"{attention}.output.LayerNorm"),
            linear(f"{prefix}.intermediate.dense"),
            linear(f"{prefix}.output.dense"),
            norm(f"{prefix}.output.LayerNorm"),
        ]
    for name, data in (
        ("encoder.bin", b"".join(parts)),
        ("vocabulary.txt", "\n".join(tokens[index] for index in kept).encode("utf8")),
    ):
        (out / name).write_bytes(data)
        print(f"{name}: {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
    print(f"{len(kept)} tokens, {layers} layers")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
