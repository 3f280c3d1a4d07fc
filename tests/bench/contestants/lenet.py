"""The notebook's two networks in PyTorch, binary layers as bitorch computes them: floats of +1 and -1."""

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
