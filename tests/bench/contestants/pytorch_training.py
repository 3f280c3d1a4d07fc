"""Training steps of the notebook's two networks in PyTorch on random images, a few of each a turn.

    python tests/bench/contestants/pytorch_training.py --threads 2 --batch 100 --steps 10
"""

import argparse

import torch
from torch import nn

from lenet import binary, full_precision
from turns import median_ms, serve_turns


def training_step(model, batch):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss()
    images = torch.rand(batch, 1, 28, 28)
    labels = torch.randint(0, 10, (batch,))

    def step():
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        loss.item()

    return step


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--steps", type=int, default=10)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    steps = {
        "lenet-full-precision": training_step(full_precision(), options.batch),
        "lenet-binary": training_step(binary(), options.batch),
    }
    serve_turns(
        f"PyTorch {torch.__version__}",
        lambda: {name: median_ms(options.steps, step) for name, step in steps.items()},
    )


if __name__ == "__main__":
    main()
