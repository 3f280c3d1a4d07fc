// Rectifiers with learned slopes, and the sum where two ways meet.

#include "../kernels/operations/elementwise.h"
#include "../kernels/operations/rectifier.h"
#include "arguments.h"
#include "bindings.h"

namespace signum::node {
namespace {

constexpr size_t kMostValues = size_t{1} << 31;

NormShape rows_and_channels(const Arguments& arguments) {
  return {arguments.field(0, "shape", "rows", 1, kMostValues), arguments.field(0, "shape", "channels", 1, 1 << 20)};
}

void rectifier(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const NormShape shape = rows_and_channels(arguments);
  const RectifierChannels by = {arguments.floats(1, "before", shape.channels),
                                arguments.floats(2, "slope", shape.channels),
                                arguments.floats(3, "after", shape.channels)};
  const float* x = arguments.floats(4, "x", shape.rows * shape.channels);
  float* y = arguments.written_floats(5, "y", shape.rows * shape.channels);
  arguments.finish();
  rectifier_forward(shape, by, x, y);
}

void rectifier_gradient(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const NormShape shape = rows_and_channels(arguments);
  const size_t size = shape.rows * shape.channels;
  const RectifierChannels by = {arguments.floats(1, "before", shape.channels),
                                arguments.floats(2, "slope", shape.channels), nullptr};
  const float* x = arguments.floats(3, "x", size);
  const float* dy = arguments.floats(4, "dy", size);
  float* dx = arguments.written_floats(5, "dx", size);
  float* dslope = arguments.written_floats(6, "dslope", shape.channels);
  float* dbefore = arguments.written_floats(7, "dbefore", shape.channels);
  float* dafter = arguments.written_floats(8, "dafter", shape.channels);
  arguments.finish();
  signum::rectifier_gradient(shape, by, x, dy, dx, dslope, dbefore, dafter);
}

void clamp(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const size_t count = arguments.count(0, "count", 1, kMostValues);
  const float low = static_cast<float>(arguments.number(1, "low"));
  const float high = static_cast<float>(arguments.number(2, "high"));
  const float* x = arguments.floats(3, "x", count);
  float* y = arguments.written_floats(4, "y", count);
  arguments.finish();
  clamp_forward(x, count, low, high, y);
}

void clamp_values_gradient(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const size_t count = arguments.count(0, "count", 1, kMostValues);
  const float low = static_cast<float>(arguments.number(1, "low"));
  const float high = static_cast<float>(arguments.number(2, "high"));
  const float* x = arguments.floats(3, "x", count);
  const float* dy = arguments.floats(4, "dy", count);
  float* dx = arguments.written_floats(5, "dx", count);
  arguments.finish();
  clamp_gradient(x, dy, count, low, high, dx);
}

void add(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const size_t count = arguments.count(0, "count", 1, kMostValues);
  const float* a = arguments.floats(1, "a", count);
  const float* b = arguments.floats(2, "b", count);
  float* sums = arguments.written_floats(3, "sums", count);
  arguments.finish();
  add_values(a, b, count, sums);
}

}  // namespace

void export_rectifiers(Napi::Env env, Napi::Object exports) {
  export_function(env, exports, "rectifier", rectifier);
  export_function(env, exports, "rectifierGradient", rectifier_gradient);
  export_function(env, exports, "clamp", clamp);
  export_function(env, exports, "clampGradient", clamp_values_gradient);
  export_function(env, exports, "add", add);
}

}  // namespace signum::node
