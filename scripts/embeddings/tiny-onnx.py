"""Makes the ONNX model that the tests run: each token's vector is its row of a small table, (number, number squared, 1).

  python tiny-onnx.py OUT_FILE

Needs onnx and numpy.
"""

import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

ROWS = 64
numbers = np.arange(ROWS, dtype=np.float32)
table = np.stack([numbers, numbers**2, np.ones_like(numbers)], 1)
tokens = ["batch", "tokens"]
graph = helper.make_graph(
    [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
    "tiny",
    [helper.make_tensor_value_info(name, TensorProto.INT64, tokens) for name in ("input_ids", "attention_mask")],
    [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*tokens, 3])],
    [numpy_helper.from_array(table, "table")],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
onnx.checker.check_model(model)
onnx.save(model, sys.argv[1])
