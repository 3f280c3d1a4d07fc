// Convolutions and dense layers, binary and float, and their gradients. `shape_of` inputs give their shape only.

#include <cmath>

#include "../kernels/operations/conv_b1.h"
#include "../kernels/operations/conv_f32.h"
#include "geometry.h"
#include "operation.h"

namespace signum::tensorflow {
namespace {

constexpr const char* kPaddingValue = "padding_value: int = -1";

PaddingValue padding_value(const Attributes& attributes) {
  const int32_t value = attributes.integer("padding_value");
  if (value < -1 || value > 1) throw BadArgument("padding_value is " + std::to_string(value) + ", not -1, 0 or 1.");
  return static_cast<PaddingValue>(value);
}

struct BinaryForward {
  static Interface interface() {
    return {"SignumBinaryConvolution",
            {kStride, kDilation, kPadding, kPaddingValue},
            {"x: float", "weight: float"},
            {"y: float"}};
  }
  explicit BinaryForward(const Attributes& attributes) : window(attributes), padding(padding_value(attributes)) {}
  void run(Call& call) const {
    const Input x = call.input(0, "x"), weight = call.input(1, "weight");
    const ConvShape shape = window.shape(x.dimensions(), weight.dimensions());
    float* y = call.output(0, output_dimensions(shape, x.dimensions().size()));
    conv_b1_forward(shape, padding, x.floats(), weight.floats(), nullptr, y);
  }
  Window window;
  PaddingValue padding;
};

struct BinaryInputGradient {
  static Interface interface() {
    return {"SignumBinaryConvolutionInputGradient",
            {kStride, kDilation, kPadding, "threshold: float = -1"},
            {"dy: float", "weight: float", "x: float"},
            {"dx: float"}};
  }
  /** A negative threshold means that no gradient is cancelled. */
  explicit BinaryInputGradient(const Attributes& attributes)
      : window(attributes), threshold(attributes.number("threshold")) {}
  void run(Call& call) const {
    const Input dy = call.input(0, "dy"), weight = call.input(1, "weight"), x = call.input(2, "x");
    const ConvShape shape = window.shape(x.dimensions(), weight.dimensions());
    dy.expect_size(shape.output_size());
    float* dx = call.output(0, x.dimensions());
    const float* mask = threshold < 0 ? nullptr : x.floats();
    conv_b1_input_gradient(shape, dy.floats(), weight.floats(), mask, threshold, dx);
  }
  Window window;
  float threshold;
};

struct BinaryWeightGradient {
  static Interface interface() {
    return {"SignumBinaryConvolutionWeightGradient",
            {kStride, kDilation, kPadding, kPaddingValue},
            {"x: float", "dy: float", "shape_of: float"},
            {"dweight: float"}};
  }
  explicit BinaryWeightGradient(const Attributes& attributes)
      : window(attributes), padding(padding_value(attributes)) {}
  void run(Call& call) const {
    const Input x = call.input(0, "x"), dy = call.input(1, "dy"), weight = call.input(2, "shape_of");
    const ConvShape shape = window.shape(x.dimensions(), weight.dimensions());
    dy.expect_size(shape.output_size());
    conv_b1_weight_gradient(shape, padding, x.floats(), dy.floats(), call.output(0, weight.dimensions()));
  }
  Window window;
  PaddingValue padding;
};

struct FloatForward {
  static Interface interface() {
    return {"SignumConvolution",
            {kStride, kDilation, kPadding},
            {"x: float", "weight: float", "bias: float"},
            {"y: float"}};
  }
  explicit FloatForward(const Attributes& attributes) : window(attributes) {}
  void run(Call& call) const {
    const Input x = call.input(0, "x"), weight = call.input(1, "weight"), bias = call.input(2, "bias");
    const ConvShape shape = window.shape(x.dimensions(), weight.dimensions());
    // An empty tensor stands for no bias.
    if (bias.size() > 0) bias.expect_size(shape.out_channels);
    float* y = call.output(0, output_dimensions(shape, x.dimensions().size()));
    conv_f32_forward(shape, x.floats(), weight.floats(), bias.size() == 0 ? nullptr : bias.floats(), y);
  }
  Window window;
};

struct FloatInputGradient {
  static Interface interface() {
    return {"SignumConvolutionInputGradient",
            {kStride, kDilation, kPadding},
            {"dy: float", "weight: float", "shape_of: float"},
            {"dx: float"}};
  }
  explicit FloatInputGradient(const Attributes& attributes) : window(attributes) {}
  void run(Call& call) const {
    const Input dy = call.input(0, "dy"), weight = call.input(1, "weight"), x = call.input(2, "shape_of");
    const ConvShape shape = window.shape(x.dimensions(), weight.dimensions());
    dy.expect_size(shape.output_size());
    conv_f32_input_gradient(shape, dy.floats(), weight.floats(), call.output(0, x.dimensions()));
  }
  Window window;
};

struct FloatWeightGradient {
  static Interface interface() {
    return {"SignumConvolutionWeightGradient",
            {kStride, kDilation, kPadding},
            {"x: float", "dy: float", "shape_of: float"},
            {"dweight: float"}};
  }
  explicit FloatWeightGradient(const Attributes& attributes) : window(attributes) {}
  void run(Call& call) const {
    const Input x = call.input(0, "x"), dy = call.input(1, "dy"), weight = call.input(2, "shape_of");
    const ConvShape shape = window.shape(x.dimensions(), weight.dimensions());
    dy.expect_size(shape.output_size());
    conv_f32_weight_gradient(shape, x.floats(), dy.floats(), call.output(0, weight.dimensions()));
  }
  Window window;
};

struct BiasGradient {
  static Interface interface() { return {"SignumBiasGradient", {}, {"dy: float"}, {"dbias: float"}}; }
  explicit BiasGradient(const Attributes&) {}
  void run(Call& call) const {
    const Input dy = call.input(0, "dy");
    dy.expect_rank({2, 4});
    const size_t channels = dy.channels();
    float* dbias = call.output(0, {static_cast<int64_t>(channels)});
    bias_gradient(dy.floats(), dy.size() / channels, channels, dbias);
  }
};

}  // namespace

void register_convolutions() {
  register_operation<BinaryForward>();
  register_operation<BinaryInputGradient>();
  register_operation<BinaryWeightGradient>();
  register_operation<FloatForward>();
  register_operation<FloatInputGradient>();
  register_operation<FloatWeightGradient>();
  register_operation<BiasGradient>();
}

}  // namespace signum::tensorflow
