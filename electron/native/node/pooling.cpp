#include "../kernels/operations/average_pool.h"
#include "../kernels/operations/max_pool.h"
#include "arguments.h"
#include "bindings.h"

namespace signum::node {
namespace {

constexpr size_t kMostSize = 1 << 20;

PoolShape pooling(const Arguments& arguments, size_t largest_kernel) {
  const auto size = [&](const char* name, size_t least, size_t most) {
    return arguments.field(0, "shape", name, least, most);
  };
  const size_t kernel = size("kernelSize", 1, largest_kernel);
  return {size("batch", 1, kMostSize),
          size("height", kernel, kMostSize),
          size("width", kernel, kMostSize),
          size("channels", 1, kMostSize),
          kernel,
          size("stride", 1, kMostSize)};
}

void max_pooling(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const PoolShape shape = pooling(arguments, kLargestPoolKernel);
  const float* x = arguments.floats(1, "x", shape.input_size());
  float* y = arguments.written_floats(2, "y", shape.output_size());
  uint8_t* choice = arguments.written_bytes(3, "choice", shape.output_size());
  arguments.finish();
  max_pool_forward(shape, x, y, choice);
}

void max_pooling_gradient(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const PoolShape shape = pooling(arguments, kLargestPoolKernel);
  const uint8_t* choice = arguments.bytes(1, "choice", shape.output_size());
  const float* dy = arguments.floats(2, "dy", shape.output_size());
  float* dx = arguments.written_floats(3, "dx", shape.input_size());
  arguments.finish();
  for (size_t i = 0; i < shape.output_size(); ++i)
    if (choice[i] >= shape.kernel * shape.kernel) arguments.refuse("choice names a pixel outside its window.");
  max_pool_gradient(shape, choice, dy, dx);
}

void average_pooling(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const PoolShape shape = pooling(arguments, kMostSize);
  const float* x = arguments.floats(1, "x", shape.input_size());
  float* y = arguments.written_floats(2, "y", shape.output_size());
  arguments.finish();
  average_pool_forward(shape, x, y);
}

void average_pooling_gradient(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const PoolShape shape = pooling(arguments, kMostSize);
  const float* dy = arguments.floats(1, "dy", shape.output_size());
  float* dx = arguments.written_floats(2, "dx", shape.input_size());
  arguments.finish();
  average_pool_gradient(shape, dy, dx);
}

}  // namespace

void export_pooling(Napi::Env env, Napi::Object exports) {
  export_function(env, exports, "maxPooling", max_pooling);
  export_function(env, exports, "maxPoolingGradient", max_pooling_gradient);
  export_function(env, exports, "averagePooling", average_pooling);
  export_function(env, exports, "averagePoolingGradient", average_pooling_gradient);
}

}  // namespace signum::node
