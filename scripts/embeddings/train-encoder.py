"""Teaches a BERT sentence encoder that complaints and rules of software work belong together.

  python train-encoder.py MODEL_FOLDER OUT_FOLDER

Needs numpy, tokenizers and jax (CPU is enough: about seven minutes on two cores). MODEL_FOLDER holds model.safetensors
and tokenizer.json of all-MiniLM-L6-v2; OUT_FOLDER gets model.safetensors with the new weights of the last two layers.

Each question of pairs.tsv is drawn towards its rule and away from the other rules of its batch (InfoNCE, both ways).
What the model knew is kept: long texts that have nothing to do with it (Python's own help topics) must keep their
vectors, and rules and questions may not move far either.
"""

import json
import pathlib
import pydoc_data.topics
import random
import struct
import sys

import jax
import jax.numpy as jnp
import numpy as np
from tokenizers import Tokenizer

FROZEN, LAYERS, HEADS, WIDTH = 4, 6, 12, 384
BATCH, EPOCHS, LEARNING_RATE, TEMPERATURE, KEEP = 32, 12, 8e-5, 0.05, 3.0
HERE = pathlib.Path(__file__).parent


def read_safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = (8 + length + offset for offset in entry["data_offsets"])
            tensors[name] = np.frombuffer(data[start:end], np.float32).reshape(entry["shape"])
    return tensors


def write_safetensors(path, tensors):
    header, at = {}, 0
    for name, value in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [at, at + value.nbytes]}
        at += value.nbytes
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(value.tobytes() for value in tensors.values()))


def layer(w, index, x, mask):
    tokens = x.shape[1]
    at = f"encoder.layer.{index}."

    def linear(y, name):
        return y @ w[f"{at}{name}.weight"].T + w[f"{at}{name}.bias"]

    def norm(y, name):
        y = y - y.mean(-1, keepdims=True)
        return y / jnp.sqrt((y * y).mean(-1, keepdims=True) + 1e-12) * w[f"{at}{name}.weight"] + w[f"{at}{name}.bias"]

    def heads(name):
        return linear(x, f"attention.self.{name}").reshape(-1, tokens, HEADS, WIDTH // HEADS).transpose(0, 2, 1, 3)

    scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / np.sqrt(WIDTH // HEADS)
    shares = jax.nn.softmax(scores + (mask[:, None, None, :] - 1) * 1e9, -1)
    mixed = (shares @ heads("value")).transpose(0, 2, 1, 3).reshape(x.shape)
    x = norm(x + linear(mixed, "attention.output.dense"), "attention.output.LayerNorm")
    wide = jax.nn.gelu(linear(x, "intermediate.dense"), approximate=False)
    return norm(x + linear(wide, "output.dense"), "output.LayerNorm")


@jax.jit
def lower(w, ids, mask):
    """The layers that stay as they are."""
    x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.token_type_embeddings.weight"][0]
    x = x + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
    x = x - x.mean(-1, keepdims=True)
    x = x / jnp.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
    x = x * w["embeddings.LayerNorm.weight"] + w["embeddings.LayerNorm.bias"]
    for index in range(FROZEN):
        x = layer(w, index, x, mask)
    return x


def upper(w, x, mask):
    """The layers that learn, and the mean of the tokens at unit length."""
    for index in range(FROZEN, LAYERS):
        x = layer(w, index, x, mask)
    mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
    return mean / jnp.linalg.norm(mean, axis=1, keepdims=True)


def loss(w, questions, rules, texts):
    q, r, t = (upper(w, x, mask) for x, mask, _ in (questions, rules, texts))
    scores = q @ r.T / TEMPERATURE
    right = jnp.arange(len(q))
    apart = -(jax.nn.log_softmax(scores, 1)[right, right] + jax.nn.log_softmax(scores, 0)[right, right]).mean() / 2
    moved = [(1 - (new * old).sum(1)).mean() for new, (_, _, old) in ((q, questions), (r, rules), (t, texts))]
    return apart + KEEP * (moved[2] + 0.2 * (moved[0] + moved[1]))


def batches(owners, order):
    """Batches in which no rule occurs twice."""
    pool = list(order)
    while True:
        batch, taken, rest = [], set(), []
        for index in pool:
            fits = len(batch) < BATCH and owners[index] not in taken
            (batch if fits else rest).append(index)
            if fits:
                taken.add(owners[index])
        if len(batch) < BATCH:
            return
        yield batch
        pool = rest


def main(model, out):
    draw = random.Random(7)
    lines = [line.split("\t") for line in (HERE / "pairs.tsv").read_text("utf8").splitlines() if line[:1] != "#"]
    rules = [rule for rule, *_ in lines]
    questions = [(number, question) for number, (_, *asked) in enumerate(lines) for question in asked]
    owners = [number for number, _ in questions]
    paragraphs = "\n\n".join(text for _, text in sorted(pydoc_data.topics.topics.items())).split("\n\n")
    long = [text for text in paragraphs if 300 < len(text) < 1200]
    texts = draw.sample(long, min(256, len(long)))

    tensors = read_safetensors(model / "model.safetensors")
    learning = {
        name: jnp.asarray(value)
        for name, value in tensors.items()
        if name.startswith("encoder.layer.") and int(name.split(".")[2]) >= FROZEN
    }
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))

    def prepare(all_texts, length):
        tokenizer.enable_truncation(length)
        tokenizer.enable_padding(length=length)
        encoded = tokenizer.encode_batch(all_texts)
        ids = np.array([one.ids for one in encoded])
        mask = np.array([one.attention_mask for one in encoded], np.float32)
        states = np.concatenate([np.asarray(lower(tensors, ids[i : i + 32], mask[i : i + 32])) for i in range(0, len(ids), 32)])
        before = np.concatenate(
            [np.asarray(upper(learning, states[i : i + 32], mask[i : i + 32])) for i in range(0, len(ids), 32)]
        )
        return lambda chosen: (states[chosen], mask[chosen], before[chosen])

    some_questions = prepare([question for _, question in questions], 32)
    some_rules, some_texts = prepare(rules, 40), prepare(texts, 128)
    gradient = jax.jit(jax.value_and_grad(loss))
    first = {name: jnp.zeros_like(value) for name, value in learning.items()}
    second = dict(first)
    plan = [batch for _ in range(EPOCHS) for batch in batches(owners, draw.sample(range(len(owners)), len(owners)))]
    for step, batch in enumerate(plan, 1):
        beside = draw.sample(range(len(texts)), 8)
        value, slope = gradient(
            learning, some_questions(batch), some_rules([owners[i] for i in batch]), some_texts(beside)
        )
        rate = LEARNING_RATE * min(1, step / 5) * (1 - (step - 1) / len(plan))
        for name in learning:
            first[name] = 0.9 * first[name] + 0.1 * slope[name]
            second[name] = 0.98 * second[name] + 0.02 * slope[name] ** 2
            move = first[name] / (1 - 0.9**step) / (jnp.sqrt(second[name] / (1 - 0.98**step)) + 1e-8)
            learning[name] = learning[name] - rate * move
        print(f"step {step} of {len(plan)}: loss {float(value):.3f}", flush=True)
    out.mkdir(parents=True, exist_ok=True)
    write_safetensors(
        out / "model.safetensors", {name: np.asarray(learning.get(name, value)) for name, value in tensors.items()}
    )


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
