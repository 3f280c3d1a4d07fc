#include "../../../electron/native/kernels/core/thread_pool.h"
#include "../../../electron/native/kernels/operations/conv_f32.h"
#include "../../../electron/native/kernels/reference/reference.h"
#include "check.h"
#include "tests.h"

namespace harness {
namespace {

using namespace signum;

void test_layer(const std::string& where, const ConvShape& shape) {
  const std::string name = where + ": " + std::to_string(shape.in_channels) + " to " +
                           std::to_string(shape.out_channels) + " channels, kernel " +
                           std::to_string(shape.kernel_height) + ", padding " + std::to_string(shape.padding);
  const Array<float> x = floats(shape.input_size()), w = floats(shape.weight_count()), dy = floats(shape.output_size());
  const Array<float> bias = floats(shape.out_channels);
  const auto x_values = reference::doubles(x.data(), x.size()), w_values = reference::doubles(w.data(), w.size());
  const auto dy_values = reference::doubles(dy.data(), dy.size());

  Array<float> y(shape.output_size(), 777), dx(shape.input_size(), 777), dw(shape.weight_count(), 777);
  conv_f32_forward(shape, x.data(), w.data(), bias.data(), y.data());
  auto wanted = reference::convolve(shape, 0, x_values, w_values);
  for (size_t i = 0; i < wanted.size(); ++i) wanted[i] += bias[i % shape.out_channels];
  expect_close("float forward on " + name, y, wanted, 1e-5);
  conv_f32_forward(shape, x.data(), w.data(), nullptr, y.data());
  expect_close("float forward without bias on " + name, y, reference::convolve(shape, 0, x_values, w_values), 1e-5);
  conv_f32_input_gradient(shape, dy.data(), w.data(), dx.data());
  expect_close("float dx on " + name, dx, reference::convolve_input_gradient(shape, dy_values, w_values), 1e-5);
  conv_f32_weight_gradient(shape, x.data(), dy.data(), dw.data());
  expect_close("float dw on " + name, dw, reference::convolve_weight_gradient(shape, 0, x_values, dy_values), 1e-5);

  Array<float> db(shape.out_channels, 777);
  bias_gradient(dy.data(), shape.positions(), shape.out_channels, db.data());
  std::vector<double> sums(shape.out_channels);
  for (size_t i = 0; i < dy_values.size(); ++i) sums[i % shape.out_channels] += dy_values[i];
  expect_close("bias gradient on " + name, db, sums, 1e-5);
}

}  // namespace

void test_float_layers(const std::string& where) {
  for (size_t i = 0; i < 6; ++i) {
    ConvShape s;
    s.batch = between(1, 3);
    s.in_channels = between(1, 20);
    s.out_channels = between(1, 70);
    s.kernel_height = between(1, 3);
    s.kernel_width = between(1, 3);
    s.stride = between(1, 2);
    s.dilation = between(1, 2);
    s.padding = between(0, 2);
    s.height = between(s.dilation * (s.kernel_height - 1) + 1, 8);
    s.width = between(s.dilation * (s.kernel_width - 1) + 1, 8);
    test_layer(where, s);
  }
  test_layer(where, {3, 6, 5, 70, 70, 3, 3, 1, 1, 1, 70});
  test_layer(where, {2, 7, 7, 5, 15, 3, 2, 2, 1, 1, 5});
  test_layer(where, {1, 7, 7, 12, 9, 3, 3, 1, 2, 2, 3});
  test_layer(where, {2, 5, 6, 40, 66, 3, 3, 2, 1, 1, 2});
  test_layer(where, {1, 4, 4, 1, 1, 1, 1, 1, 1, 0});
  test_layer(where, ConvShape::dense(7, 500, 150));
  test_layer(where, ConvShape::dense(1, 33, 10));
  test_layer(where, {2, 5, 5, 48, 64, 3, 3, 1, 1, 1});
}

}  // namespace harness
