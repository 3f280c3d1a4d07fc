#include "../kernels/operations/batch_norm.h"
#include "arguments.h"
#include "bindings.h"

namespace signum::node {
namespace {

constexpr size_t kMostRows = size_t{1} << 31;
constexpr size_t kMostChannels = 1 << 20;

NormShape rows_and_channels(const Arguments& arguments) {
  return {arguments.field(0, "shape", "rows", 1, kMostRows), arguments.field(0, "shape", "channels", 1, kMostChannels)};
}

NormPoolShape images(const Arguments& arguments) {
  const auto size = [&](const char* name, size_t least) { return arguments.field(0, "shape", name, least, 1 << 20); };
  return {size("batch", 1), size("height", 2), size("width", 2), size("channels", 1)};
}

NormParameters parameters(Arguments& arguments, size_t first, size_t channels) {
  return {arguments.floats(first, "mean", channels), arguments.floats(first + 1, "variance", channels),
          arguments.floats(first + 2, "scale", channels), arguments.floats(first + 3, "shift", channels),
          static_cast<float>(arguments.number(first + 4, "epsilon"))};
}

Activation activation(const Arguments& arguments, size_t index) {
  return arguments.flag(index, "tanh") ? Activation::tanh : Activation::none;
}

void moments(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const NormShape shape = rows_and_channels(arguments);
  const float* x = arguments.floats(1, "x", shape.rows * shape.channels);
  float* mean = arguments.written_floats(2, "mean", shape.channels);
  float* variance = arguments.written_floats(3, "variance", shape.channels);
  arguments.finish();
  batch_moments(shape, x, mean, variance);
}

void normalise(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const NormShape shape = rows_and_channels(arguments);
  const NormParameters norm = parameters(arguments, 1, shape.channels);
  const Activation after = activation(arguments, 6);
  const float* x = arguments.floats(7, "x", shape.rows * shape.channels);
  float* y = arguments.written_floats(8, "y", shape.rows * shape.channels);
  arguments.finish();
  batch_norm_forward(shape, norm, after, x, y);
}

void normalise_gradient(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const NormShape shape = rows_and_channels(arguments);
  const size_t size = shape.rows * shape.channels;
  const NormParameters norm = parameters(arguments, 1, shape.channels);
  const Activation after = activation(arguments, 6);
  const float* x = arguments.floats(7, "x", size);
  const float* y = arguments.floats(8, "y", size);
  const float* dy = arguments.floats(9, "dy", size);
  float* dx = arguments.written_floats(10, "dx", size);
  float* dscale = arguments.written_floats(11, "dscale", shape.channels);
  float* dshift = arguments.written_floats(12, "dshift", shape.channels);
  arguments.finish();
  batch_norm_gradient(shape, norm, after, x, y, dy, dx, dscale, dshift);
}

void normalise_pool(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const NormPoolShape shape = images(arguments);
  const NormParameters norm = parameters(arguments, 1, shape.channels);
  const Activation after = activation(arguments, 6);
  const float* x = arguments.floats(7, "x", shape.size());
  float* y = arguments.written_floats(8, "y", shape.pooled_size());
  uint8_t* choice = arguments.written_bytes(9, "choice", shape.pooled_size());
  float* chosen = arguments.written_floats(10, "chosen", shape.pooled_size());
  arguments.finish();
  batch_norm_pool_forward(shape, norm, after, x, y, choice, chosen);
}

void normalise_pool_gradient(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const NormPoolShape shape = images(arguments);
  const NormParameters norm = parameters(arguments, 1, shape.channels);
  const Activation after = activation(arguments, 6);
  const float* x = arguments.floats(7, "x", shape.size());
  const float* y = arguments.floats(8, "y", shape.pooled_size());
  const uint8_t* choice = arguments.bytes(9, "choice", shape.pooled_size());
  const float* chosen = arguments.floats(10, "chosen", shape.pooled_size());
  const float* dy = arguments.floats(11, "dy", shape.pooled_size());
  float* dx = arguments.written_floats(12, "dx", shape.size());
  float* dscale = arguments.written_floats(13, "dscale", shape.channels);
  float* dshift = arguments.written_floats(14, "dshift", shape.channels);
  arguments.finish();
  batch_norm_pool_gradient(shape, norm, after, x, y, choice, chosen, dy, dx, dscale, dshift);
}

}  // namespace

void export_normalisations(Napi::Env env, Napi::Object exports) {
  export_function(env, exports, "moments", moments);
  export_function(env, exports, "normalise", normalise);
  export_function(env, exports, "normaliseGradient", normalise_gradient);
  export_function(env, exports, "normalisePool", normalise_pool);
  export_function(env, exports, "normalisePoolGradient", normalise_pool_gradient);
}

}  // namespace signum::node
