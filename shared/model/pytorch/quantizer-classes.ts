/** What the classes below share. */
export const WITH_GRADIENT = `class WithGradient(torch.autograd.Function):
    """The given values, whose gradient is multiplied by the given factors on its way to x."""

    @staticmethod
    def forward(ctx, x, values, factors):
        ctx.save_for_backward(factors)
        return values

    @staticmethod
    def backward(ctx, upstream):
        (factors,) = ctx.saved_tensors
        return upstream * factors, None, None


def within(x, bound):
    return torch.ones_like(x) if bound is None else (x.abs() <= bound).to(x.dtype)`

/** larq's and DoReFa-Net's quantizers that bitorch lacks, on bitorch's Quantization. */
export const OWN_CLASSES: readonly { readonly name: string; readonly code: string }[] = [
  {
    name: 'ZeroOneHeaviside',
    code: `class ZeroOneHeaviside(Quantization):
    """larq's SteHeaviside: 0 and 1 instead of -1 and +1."""

    name = "zero_one_heaviside"
    bit_width = 1

    def quantize(self, x):
        return WithGradient.apply(x, (x > 0).to(x.dtype), within(x, 1))`,
  },
  {
    name: 'DerivedWeightDoReFa',
    code: `class DerivedWeightDoReFa(Quantization):
    """DoReFa-Net's weights with the gradient of everything but the rounding."""

    name = "derived_weight_dorefa"

    def __init__(self, bits=1):
        super().__init__()
        self.bit_width = bits

    def quantize(self, x):
        steps = 2**self.bit_width - 1
        squashed = x.tanh()
        largest = squashed.abs().max()
        values = 2 * torch.round((squashed / (2 * largest) + 0.5) * steps) / steps - 1
        return WithGradient.apply(x, values, (1 - squashed**2) / largest)`,
  },
  {
    name: 'DerivedInputDoReFa',
    code: `class DerivedInputDoReFa(Quantization):
    """DoReFa-Net's activations with the gradient of everything but the rounding."""

    name = "derived_input_dorefa"

    def __init__(self, bits=1):
        super().__init__()
        self.bit_width = bits

    def quantize(self, x):
        steps = 2**self.bit_width - 1
        clamped = x.clamp(0, 1)
        return WithGradient.apply(x, torch.round(clamped * steps) / steps, (x == clamped).to(x.dtype))`,
  },
  {
    name: 'MagnitudeAwareSign',
    code: `class MagnitudeAwareSign(Quantization):
    """larq's: the signs of an output channel times the mean magnitude of its weights."""

    name = "magnitude_aware_sign"
    bit_width = 1

    def __init__(self, clip=1.0):
        super().__init__()
        self.clip = clip

    def quantize(self, x):
        scale = x.abs().mean(dim=tuple(range(1, x.dim())), keepdim=True)
        signs = torch.where(x >= 0, 1.0, -1.0)
        return WithGradient.apply(x, scale * signs, scale * within(x, self.clip))`,
  },
  {
    name: 'SteTern',
    code: `class SteTern(Quantization):
    """larq's: -1, 0 or +1; without a threshold that of Ternary Weight Networks."""

    name = "ste_tern"
    bit_width = 2

    def __init__(self, threshold=0.05, clip=1.0):
        super().__init__()
        self.threshold = threshold
        self.clip = clip

    def quantize(self, x):
        clamped = x if self.clip is None else x.clamp(-self.clip, self.clip)
        threshold = 0.7 * clamped.abs().mean() if self.threshold is None else self.threshold
        values = torch.sign(torch.sign(clamped + threshold) + torch.sign(clamped - threshold))
        return WithGradient.apply(x, values, within(x, self.clip))`,
  },
]
