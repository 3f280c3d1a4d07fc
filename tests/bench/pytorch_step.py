"""Times one training step of the notebook's two networks in PyTorch, to compare with step.ts.

    python tests/bench/pytorch_step.py [--threads 2] [--batch 100] [--steps 30]

Prints one JSON line a network: median milliseconds for forward, backward and Adam.
"""

import argparse
import json
import statistics
import time

import torch
from torch import nn


class Sign(torch.autograd.Function):
    """sign with sign(0) = +1; the gradient passes where |x| <= threshold (None: everywhere), as bitorch does."""

    @staticmethod
    def forward(ctx, x, threshold):
        ctx.threshold = threshold
        if threshold is not None:
            ctx.save_for_backward(x)
        return torch.where(x >= 0, 1.0, -1.0)

    @staticmethod
    def backward(ctx, gradient):
        if ctx.threshold is None:
            return gradient, None
        (x,) = ctx.saved_tensors
        return gradient * (x.abs() <= ctx.threshold), None


class QActivation(nn.Module):
    def forward(self, x):
        return Sign.apply(x, 1.0)


class QConv2dNoAct(nn.Conv2d):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options, bias=False)
        nn.init.xavier_normal_(self.weight)

    def forward(self, x):
        return nn.functional.conv2d(x, Sign.apply(self.weight, None))


class QLinear(nn.Linear):
    def forward(self, x):
        return nn.functional.linear(Sign.apply(x, 1.0), Sign.apply(self.weight, None), self.bias)


def full_precision():
    return nn.Sequential(
        nn.Conv2d(1, 64, 5), nn.BatchNorm2d(64), nn.Tanh(), nn.MaxPool2d(2, 2),
        nn.Conv2d(64, 64, 5), nn.BatchNorm2d(64), nn.Tanh(), nn.MaxPool2d(2, 2),
        nn.Flatten(), nn.Linear(1024, 10), nn.BatchNorm1d(10), nn.Tanh(), nn.Linear(10, 10),
    )


def binary():
    return nn.Sequential(
        nn.Conv2d(1, 64, 5), nn.BatchNorm2d(64), nn.Tanh(), nn.MaxPool2d(2, 2),
        QActivation(), QConv2dNoAct(64, 64, 5), nn.BatchNorm2d(64), nn.MaxPool2d(2, 2),
        nn.Flatten(), QActivation(), QLinear(1024, 1000), nn.BatchNorm1d(1000), nn.Tanh(), nn.Linear(1000, 10),
    )


def median_step(model, batch, steps):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss()
    images = torch.rand(batch, 1, 28, 28)
    labels = torch.randint(0, 10, (batch,))
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        loss.item()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[3:])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--steps", type=int, default=30)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    for name, build in (("lenet-full-precision", full_precision), ("lenet-binary", binary)):
        step_ms = median_step(build(), options.batch, options.steps)
        print(json.dumps({
            "network": name, "framework": f"PyTorch {torch.__version__}", "threads": options.threads,
            "batch": options.batch, "stepMs": round(step_ms, 2),
        }))


if __name__ == "__main__":
    main()
