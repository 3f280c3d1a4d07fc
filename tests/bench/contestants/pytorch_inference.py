"""Answers of the binary LeNet in PyTorch for one digit and for a hundred, in microseconds a digit.

    python tests/bench/contestants/pytorch_inference.py --threads 1
"""

import argparse

import torch

from lenet import binary
from turns import median_ms, serve_turns


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model = binary().eval()
    one, hundred = torch.rand(1, 1, 28, 28), torch.rand(100, 1, 28, 28)
    with torch.inference_mode():
        serve_turns(
            f"PyTorch {torch.__version__}, lenet-binary",
            lambda: {
                "one digit": 1000 * median_ms(20, lambda: model(one)),
                "a hundred digits": 10 * median_ms(3, lambda: model(hundred)),
            },
        )


if __name__ == "__main__":
    main()
