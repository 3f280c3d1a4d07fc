"""Answers of the full-precision LeNet in ONNX Runtime for one digit and for a hundred, in microseconds a digit.

    python tests/bench/contestants/onnxruntime_inference.py --threads 1
"""

import argparse

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from turns import median_ms, serve_turns


class Graph:
    """Layers in a row, with random weights: no time depends on them."""

    def __init__(self):
        self.nodes, self.weights = [], []
        self.random = np.random.default_rng(1)
        self.signal = "image"

    def weight(self, *shape, low=-0.1, high=0.1):
        name = f"weight{len(self.weights)}"
        values = self.random.uniform(low, high, shape).astype(np.float32)
        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def add(self, operation, *weights, **attributes):
        output = f"signal{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, [self.signal, *weights], [output], **attributes))
        self.signal = output

    def normalise(self, channels):
        parameters = [self.weight(channels) for _ in range(3)]
        self.add("BatchNormalization", *parameters, self.weight(channels, low=0.5, high=1.5))

    def block(self, inputs, outputs):
        self.add("Conv", self.weight(outputs, inputs, 5, 5), self.weight(outputs), kernel_shape=[5, 5])
        self.normalise(outputs)
        self.add("Tanh")
        self.add("MaxPool", kernel_shape=[2, 2], strides=[2, 2])

    def dense(self, inputs, outputs):
        self.add("Gemm", self.weight(inputs, outputs), self.weight(outputs))


def lenet_full_precision():
    graph = Graph()
    graph.block(1, 64)
    graph.block(64, 64)
    graph.add("Flatten")
    graph.dense(1024, 10)
    graph.normalise(10)
    graph.add("Tanh")
    graph.dense(10, 10)
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 1, 28, 28])
    scores = helper.make_tensor_value_info(graph.signal, TensorProto.FLOAT, ["batch", 10])
    made = helper.make_graph(graph.nodes, "lenet-full-precision", [image], [scores], graph.weights)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    return model.SerializeToString()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    threads = parser.parse_args().threads
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    settings.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(lenet_full_precision(), settings, providers=["CPUExecutionProvider"])

    def images(count):
        return {"image": np.random.default_rng(2).random((count, 1, 28, 28), dtype=np.float32)}

    one, hundred = images(1), images(100)
    serve_turns(
        f"ONNX Runtime {onnxruntime.__version__}, lenet-full-precision",
        lambda: {
            "one digit": 1000 * median_ms(200, lambda: session.run(None, one)),
            "a hundred digits": 10 * median_ms(5, lambda: session.run(None, hundred)),
        },
    )


if __name__ == "__main__":
    main()
