// Batch normalisation in training, alone, with tanh, and with tanh and a 2×2 maximum; and with given statistics.

#include "../kernels/core/scratch.h"
#include "../kernels/operations/batch_norm.h"
#include "operation.h"

namespace signum::tensorflow {
namespace {

constexpr const char* kEpsilon = "epsilon: float = 1e-5";
constexpr const char* kTanh = "tanh: bool = false";

Activation activation_of(const Attributes& attributes) {
  return attributes.flag("tanh") ? Activation::tanh : Activation::none;
}

NormShape rows_of(const Input& x) {
  x.expect_rank({2, 4});
  return {x.size() / x.channels(), x.channels()};
}

NormPoolShape images_of(const Input& x) {
  x.expect_rank({4});
  const Dimensions& d = x.dimensions();
  if (d[1] < 2 || d[2] < 2) throw BadArgument("x is smaller than the 2×2 window.");
  return {static_cast<size_t>(d[0]), static_cast<size_t>(d[1]), static_cast<size_t>(d[2]), static_cast<size_t>(d[3])};
}

Dimensions pooled_dimensions(const Input& x) {
  const Dimensions& d = x.dimensions();
  return {d[0], d[1] / 2, d[2] / 2, d[3]};
}

Dimensions vector_of(size_t count) { return {static_cast<int64_t>(count)}; }

/** Four choices of a byte each in an integer: TF.js has no bytes. */
Dimensions words_of(size_t bytes) { return vector_of((bytes + 3) / 4); }

/** The statistics of the batch as outputs `first` to `first + 2`: mean, variance, and variance · n / (n - 1). */
NormParameters measure(Call& call, int first, const NormShape& shape, const float* x, const Input& scale,
                       const Input& shift, float epsilon) {
  scale.expect_size(shape.channels);
  shift.expect_size(shape.channels);
  float* mean = call.output(first, vector_of(shape.channels));
  float* variance = call.output(first + 1, vector_of(shape.channels));
  float* unbiased = call.output(first + 2, vector_of(shape.channels));
  batch_moments(shape, x, mean, variance);
  const double correction = static_cast<double>(shape.rows) / (static_cast<double>(shape.rows) - 1);
  for (size_t c = 0; c < shape.channels; ++c) unbiased[c] = static_cast<float>(variance[c] * correction);
  return {mean, variance, scale.floats(), shift.floats(), epsilon};
}

struct Forward {
  static Interface interface() {
    return {"SignumBatchNorm",
            {kEpsilon, kTanh},
            {"x: float", "scale: float", "shift: float"},
            {"y: float", "mean: float", "variance: float", "unbiased: float"}};
  }
  explicit Forward(const Attributes& attributes)
      : epsilon(attributes.number("epsilon")), activation(activation_of(attributes)) {}
  void run(Call& call) const {
    const Input x = call.input(0, "x"), scale = call.input(1, "scale"), shift = call.input(2, "shift");
    const NormShape shape = rows_of(x);
    const NormParameters norm = measure(call, 1, shape, x.floats(), scale, shift, epsilon);
    batch_norm_forward(shape, norm, activation, x.floats(), call.output(0, x.dimensions()));
  }
  float epsilon;
  Activation activation;
};

struct Evaluation {
  static Interface interface() {
    return {"SignumBatchNormEvaluation",
            {kEpsilon},
            {"x: float", "scale: float", "shift: float", "mean: float", "variance: float"},
            {"y: float"}};
  }
  explicit Evaluation(const Attributes& attributes) : epsilon(attributes.number("epsilon")) {}
  void run(Call& call) const {
    const Input x = call.input(0, "x"), scale = call.input(1, "scale"), shift = call.input(2, "shift");
    const Input mean = call.input(3, "mean"), variance = call.input(4, "variance");
    const NormShape shape = rows_of(x);
    for (const Input* channel : {&scale, &shift, &mean, &variance}) channel->expect_size(shape.channels);
    const NormParameters norm = {mean.floats(), variance.floats(), scale.floats(), shift.floats(), epsilon};
    batch_norm_forward(shape, norm, Activation::none, x.floats(), call.output(0, x.dimensions()));
  }
  float epsilon;
};

struct Gradient {
  static Interface interface() {
    return {"SignumBatchNormGradient",
            {kEpsilon, kTanh},
            {"dy: float", "x: float", "y: float", "scale: float", "mean: float", "variance: float"},
            {"dx: float", "dscale: float", "dshift: float"}};
  }
  explicit Gradient(const Attributes& attributes)
      : epsilon(attributes.number("epsilon")), activation(activation_of(attributes)) {}
  void run(Call& call) const {
    const Input dy = call.input(0, "dy"), x = call.input(1, "x"), y = call.input(2, "y");
    const Input scale = call.input(3, "scale"), mean = call.input(4, "mean"), variance = call.input(5, "variance");
    const NormShape shape = rows_of(x);
    dy.expect_size(x.size());
    y.expect_size(x.size());
    for (const Input* channel : {&scale, &mean, &variance}) channel->expect_size(shape.channels);
    const NormParameters norm = {mean.floats(), variance.floats(), scale.floats(), nullptr, epsilon};
    batch_norm_gradient(shape, norm, activation, x.floats(), y.floats(), dy.floats(), call.output(0, x.dimensions()),
                        call.output(1, vector_of(shape.channels)), call.output(2, vector_of(shape.channels)));
  }
  float epsilon;
  Activation activation;
};

struct PoolForward {
  static Interface interface() {
    return {"SignumBatchNormPool",
            {kEpsilon, kTanh},
            {"x: float", "scale: float", "shift: float"},
            {"y: float", "choice: int32", "chosen: float", "mean: float", "variance: float", "unbiased: float"}};
  }
  explicit PoolForward(const Attributes& attributes)
      : epsilon(attributes.number("epsilon")), activation(activation_of(attributes)) {}
  void run(Call& call) const {
    const Input x = call.input(0, "x"), scale = call.input(1, "scale"), shift = call.input(2, "shift");
    const NormPoolShape shape = images_of(x);
    const NormParameters norm = measure(call, 3, rows_of(x), x.floats(), scale, shift, epsilon);
    const Dimensions pooled = pooled_dimensions(x);
    float* y = call.output(0, pooled);
    auto* choice = reinterpret_cast<uint8_t*>(call.integer_output(1, words_of(shape.pooled_size())));
    batch_norm_pool_forward(shape, norm, activation, x.floats(), y, choice, call.output(2, pooled));
  }
  float epsilon;
  Activation activation;
};

struct PoolGradient {
  static Interface interface() {
    return {"SignumBatchNormPoolGradient",
            {kEpsilon, kTanh},
            {"dy: float", "x: float", "y: float", "choice: int32", "chosen: float", "scale: float", "mean: float",
             "variance: float"},
            {"dx: float", "dscale: float", "dshift: float"}};
  }
  explicit PoolGradient(const Attributes& attributes)
      : epsilon(attributes.number("epsilon")), activation(activation_of(attributes)) {}
  void run(Call& call) const {
    const Input dy = call.input(0, "dy"), x = call.input(1, "x"), y = call.input(2, "y");
    const Input choice = call.input(3, "choice"), chosen = call.input(4, "chosen"), scale = call.input(5, "scale");
    const Input mean = call.input(6, "mean"), variance = call.input(7, "variance");
    const NormPoolShape shape = images_of(x);
    for (const Input* pooled : {&dy, &y, &chosen}) pooled->expect_size(shape.pooled_size());
    choice.expect_size((shape.pooled_size() + 3) / 4);
    for (const Input* channel : {&scale, &mean, &variance}) channel->expect_size(shape.channels);
    const NormParameters norm = {mean.floats(), variance.floats(), scale.floats(), nullptr, epsilon};
    batch_norm_pool_gradient(shape, norm, activation, x.floats(), y.floats(),
                             reinterpret_cast<const uint8_t*>(choice.integers()), chosen.floats(), dy.floats(),
                             call.output(0, x.dimensions()), call.output(1, vector_of(shape.channels)),
                             call.output(2, vector_of(shape.channels)));
  }
  float epsilon;
  Activation activation;
};

}  // namespace

void register_normalisations() {
  register_operation<Forward>();
  register_operation<Evaluation>();
  register_operation<Gradient>();
  register_operation<PoolForward>();
  register_operation<PoolGradient>();
}

}  // namespace signum::tensorflow
