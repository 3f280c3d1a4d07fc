#include "../kernels/operations/elementwise.h"

#include "arguments.h"
#include "bindings.h"

namespace signum::node {
namespace {

constexpr size_t kMostValues = size_t{1} << 31;

void tanh_values(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const size_t count = arguments.count(0, "count", 1, kMostValues);
  const float* x = arguments.floats(1, "x", count);
  float* y = arguments.written_floats(2, "y", count);
  arguments.finish();
  tanh_forward(x, count, y);
}

void tanh_values_gradient(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const size_t count = arguments.count(0, "count", 1, kMostValues);
  const float* y = arguments.floats(1, "y", count);
  const float* dy = arguments.floats(2, "dy", count);
  float* dx = arguments.written_floats(3, "dx", count);
  arguments.finish();
  tanh_gradient(y, dy, count, dx);
}

void signs(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const size_t count = arguments.count(0, "count", 1, kMostValues);
  const float* x = arguments.floats(1, "x", count);
  float* y = arguments.written_floats(2, "y", count);
  arguments.finish();
  sign_forward(x, count, y);
}

void cancel(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const size_t count = arguments.count(0, "count", 1, kMostValues);
  const float threshold = static_cast<float>(arguments.number(1, "threshold"));
  const float* x = arguments.floats(2, "x", count);
  const float* dy = arguments.floats(3, "dy", count);
  float* dx = arguments.written_floats(4, "dx", count);
  arguments.finish();
  cancel_gradient(x, dy, count, threshold, dx);
}

void cross_entropy(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const size_t rows = arguments.count(0, "rows", 1, 1 << 24), classes = arguments.count(1, "classes", 1, 1 << 16);
  const float* logits = arguments.floats(2, "logits", rows * classes);
  const int32_t* labels = arguments.integers(3, "labels", rows);
  float* losses = arguments.written_floats(4, "losses", rows);
  float* gradient = arguments.written_floats(5, "gradient", rows * classes);
  arguments.finish();
  for (size_t r = 0; r < rows; ++r)
    if (labels[r] < 0 || labels[r] >= static_cast<int32_t>(classes))
      arguments.refuse("labels[" + std::to_string(r) + "] is " + std::to_string(labels[r]) + ", which is no class.");
  softmax_cross_entropy(logits, labels, rows, classes, losses, gradient);
}

Napi::Value all_values_finite(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const size_t count = arguments.count(0, "count", 1, kMostValues);
  const float* values = arguments.floats(1, "values", count);
  arguments.finish();
  return Napi::Boolean::New(info.Env(), all_finite(values, count));
}

void adam(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const size_t count = arguments.count(0, "count", 1, kMostValues);
  const AdamSettings settings = {arguments.number(1, "learningRate"), arguments.number(2, "beta1"),
                                 arguments.number(3, "beta2"), arguments.number(4, "epsilon"),
                                 static_cast<int64_t>(arguments.count(5, "step", 1, size_t{1} << 52)),
                                 arguments.number(6, "clip")};
  const float* gradient = arguments.floats(7, "gradient", count);
  const AdamState state = {arguments.changed_floats(8, "weights", count), arguments.changed_floats(9, "first", count),
                           arguments.changed_floats(10, "second", count)};
  arguments.finish();
  adam_update(adam_factors(settings), count, gradient, state, state);
}

}  // namespace

void export_elementwise(Napi::Env env, Napi::Object exports) {
  export_function(env, exports, "tanh", tanh_values);
  export_function(env, exports, "tanhGradient", tanh_values_gradient);
  export_function(env, exports, "signs", signs);
  export_function(env, exports, "cancelGradient", cancel);
  export_function(env, exports, "crossEntropy", cross_entropy);
  export_function(env, exports, "allFinite", all_values_finite);
  export_function(env, exports, "adam", adam);
}

}  // namespace signum::node
