#include "../kernels/operations/conv_b1.h"
#include "../kernels/operations/conv_f32.h"
#include "arguments.h"
#include "bindings.h"

namespace signum::node {
namespace {

PaddingValue padding_value(const Arguments& arguments, size_t index) {
  const double value = arguments.number(index, "paddingValue");
  if (value != -1 && value != 0 && value != 1) arguments.refuse("paddingValue must be -1, 0 or 1.");
  return static_cast<PaddingValue>(static_cast<int>(value));
}

void binary_convolution(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const ConvShape shape = arguments.convolution(0, "geometry");
  const PaddingValue padding = padding_value(arguments, 1);
  const float* x = arguments.floats(2, "x", shape.input_size());
  const float* weights = arguments.floats(3, "weights", shape.weight_count());
  const float* bias = arguments.optional_floats(4, "bias", shape.out_channels);
  float* y = arguments.written_floats(5, "y", shape.output_size());
  arguments.finish();
  conv_b1_forward(shape, padding, x, weights, bias, y);
}

void binary_convolution_input_gradient(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const ConvShape shape = arguments.convolution(0, "geometry");
  const float* dy = arguments.floats(1, "dy", shape.output_size());
  const float* weights = arguments.floats(2, "weights", shape.weight_count());
  const float* x = arguments.optional_floats(3, "x", shape.input_size());
  const double threshold = arguments.number(4, "threshold");
  float* dx = arguments.written_floats(5, "dx", shape.input_size());
  arguments.finish();
  conv_b1_input_gradient(shape, dy, weights, x, static_cast<float>(threshold), dx);
}

void binary_convolution_weight_gradient(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const ConvShape shape = arguments.convolution(0, "geometry");
  const PaddingValue padding = padding_value(arguments, 1);
  const float* x = arguments.floats(2, "x", shape.input_size());
  const float* dy = arguments.floats(3, "dy", shape.output_size());
  float* dw = arguments.written_floats(4, "dw", shape.weight_count());
  arguments.finish();
  conv_b1_weight_gradient(shape, padding, x, dy, dw);
}

void convolution(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const ConvShape shape = arguments.convolution(0, "geometry");
  const float* x = arguments.floats(1, "x", shape.input_size());
  const float* weights = arguments.floats(2, "weights", shape.weight_count());
  const float* bias = arguments.optional_floats(3, "bias", shape.out_channels);
  float* y = arguments.written_floats(4, "y", shape.output_size());
  arguments.finish();
  conv_f32_forward(shape, x, weights, bias, y);
}

void convolution_input_gradient(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const ConvShape shape = arguments.convolution(0, "geometry");
  const float* dy = arguments.floats(1, "dy", shape.output_size());
  const float* weights = arguments.floats(2, "weights", shape.weight_count());
  float* dx = arguments.written_floats(3, "dx", shape.input_size());
  arguments.finish();
  conv_f32_input_gradient(shape, dy, weights, dx);
}

void convolution_weight_gradient(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const ConvShape shape = arguments.convolution(0, "geometry");
  const float* x = arguments.floats(1, "x", shape.input_size());
  const float* dy = arguments.floats(2, "dy", shape.output_size());
  float* dw = arguments.written_floats(3, "dw", shape.weight_count());
  arguments.finish();
  conv_f32_weight_gradient(shape, x, dy, dw);
}

void sum_columns(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const size_t rows = arguments.count(0, "rows", 1, size_t{1} << 31);
  const size_t columns = arguments.count(1, "columns", 1, 1 << 20);
  const float* values = arguments.floats(2, "values", rows * columns);
  float* sums = arguments.written_floats(3, "sums", columns);
  arguments.finish();
  bias_gradient(values, rows, columns, sums);
}

}  // namespace

void export_convolutions(Napi::Env env, Napi::Object exports) {
  export_function(env, exports, "binaryConvolution", binary_convolution);
  export_function(env, exports, "binaryConvolutionInputGradient", binary_convolution_input_gradient);
  export_function(env, exports, "binaryConvolutionWeightGradient", binary_convolution_weight_gradient);
  export_function(env, exports, "convolution", convolution);
  export_function(env, exports, "convolutionInputGradient", convolution_input_gradient);
  export_function(env, exports, "convolutionWeightGradient", convolution_weight_gradient);
  export_function(env, exports, "sumColumns", sum_columns);
}

}  // namespace signum::node
