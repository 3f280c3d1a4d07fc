#include "../../../electron/native/kernels/core/thread_pool.h"
#include "../../../electron/native/kernels/operations/conv_b1.h"
#include "../../../electron/native/kernels/reference/reference.h"
#include "check.h"
#include "tests.h"

namespace harness {
namespace {

using namespace signum;

std::string describe(const ConvShape& s) {
  return std::to_string(s.batch) + "×" + std::to_string(s.height) + "×" + std::to_string(s.width) + "×" +
         std::to_string(s.in_channels) + " to " + std::to_string(s.out_channels) + ", kernel " +
         std::to_string(s.kernel_height) + "×" + std::to_string(s.kernel_width) + ", stride " +
         std::to_string(s.stride) + ", dilation " + std::to_string(s.dilation) + ", padding " +
         std::to_string(s.padding) + ", groups " + std::to_string(s.groups);
}

void test_layer(const std::string& where, const ConvShape& shape, PaddingValue padding, Content content) {
  const std::string name = where + ", padded with " + std::to_string(int(padding)) + ": " + describe(shape);
  const double padding_value = int(padding);
  const Array<float> x = floats(shape.input_size(), content), w = floats(shape.weight_count(), content);
  const Array<float> dy = floats(shape.output_size()), bias = floats(shape.out_channels);
  const auto x_signs = reference::signs(x.data(), x.size()), w_signs = reference::signs(w.data(), w.size());
  const auto dy_values = reference::doubles(dy.data(), dy.size());

  Array<float> y(shape.output_size(), 777);
  conv_b1_forward(shape, padding, x.data(), w.data(), nullptr, y.data());
  auto sums = reference::convolve(shape, padding_value, x_signs, w_signs);
  expect_equal("forward on " + name, y, sums);

  conv_b1_forward(shape, padding, x.data(), w.data(), bias.data(), y.data());
  for (size_t i = 0; i < sums.size(); ++i) sums[i] = float(sums[i]) + bias[i % shape.out_channels];
  expect_equal("forward with bias on " + name, y, sums);

  Array<float> dx(shape.input_size(), 777), again(shape.input_size());
  auto wanted = reference::convolve_input_gradient(shape, dy_values, w_signs);
  conv_b1_input_gradient(shape, dy.data(), w.data(), nullptr, 0, dx.data());
  expect_close("dx on " + name, dx, wanted, 1e-5);
  constexpr float threshold = 1;
  conv_b1_input_gradient(shape, dy.data(), w.data(), x.data(), threshold, dx.data());
  for (size_t i = 0; i < wanted.size(); ++i)
    if (!(std::fabs(x[i]) <= threshold)) wanted[i] = 0;
  expect_close("dx with cancellation on " + name, dx, wanted, 1e-5);
  conv_b1_input_gradient(shape, dy.data(), w.data(), x.data(), threshold, again.data());
  expect_equal("dx twice on " + name, again, std::vector<float>(dx.data(), dx.data() + dx.size()));

  Array<float> dw(shape.weight_count(), 777);
  conv_b1_weight_gradient(shape, padding, x.data(), dy.data(), dw.data());
  expect_close("dw on " + name, dw, reference::convolve_weight_gradient(shape, padding_value, x_signs, dy_values),
               1e-5);
}

ConvShape random_shape() {
  ConvShape s;
  s.batch = between(1, 4);
  s.in_channels = between(1, 70);
  s.out_channels = between(1, 70);
  s.kernel_height = between(1, 3);
  s.kernel_width = between(1, 3);
  s.stride = between(1, 2);
  s.dilation = between(1, 2);
  s.padding = between(0, 2);
  s.height = between(s.dilation * (s.kernel_height - 1) + 1, 7);
  s.width = between(s.dilation * (s.kernel_width - 1) + 1, 7);
  return s;
}

/** Elements are summed in one order whatever the thread count is. */
void test_thread_counts(const std::string& where, const ConvShape& shape) {
  const Array<float> x = floats(shape.input_size()), w = floats(shape.weight_count()), dy = floats(shape.output_size());
  const size_t threads = ThreadPool::shared().thread_count();
  std::vector<float> dx[2] = {std::vector<float>(x.size()), std::vector<float>(x.size())};
  std::vector<float> dw[2] = {std::vector<float>(w.size()), std::vector<float>(w.size())};
  for (size_t i = 0; i < 2; ++i) {
    ThreadPool::shared().set_thread_count(i + 1);
    conv_b1_input_gradient(shape, dy.data(), w.data(), x.data(), 1, dx[i].data());
    conv_b1_weight_gradient(shape, PaddingValue::zero, x.data(), dy.data(), dw[i].data());
  }
  ThreadPool::shared().set_thread_count(threads);
  expect_equal("dx with one and two threads on " + where, dx[1], dx[0]);
  expect_equal("dw with one and two threads on " + where, dw[1], dw[0]);
}

}  // namespace

void test_binary_layers(const std::string& where) {
  for (PaddingValue padding : {PaddingValue::minus_one, PaddingValue::zero, PaddingValue::plus_one})
    for (size_t i = 0; i < 6; ++i) test_layer(where, random_shape(), padding, Content::noise);
  for (Content content : {Content::equal, Content::zeros})
    test_layer(where, random_shape(), PaddingValue::zero, content);
  test_layer(where, {2, 6, 6, 1, 1, 3, 3, 1, 1, 1}, PaddingValue::zero, Content::noise);
  test_layer(where, {3, 5, 5, 128, 64, 3, 3, 1, 1, 1}, PaddingValue::plus_one, Content::noise);
  test_layer(where, {17, 4, 4, 33, 65, 2, 2, 1, 1, 0}, PaddingValue::minus_one, Content::noise);
  // Depthwise, with several outputs an input, and groups on both sides of where rows of channels stop paying.
  test_layer(where, {3, 6, 5, 70, 70, 3, 3, 1, 1, 1, 70}, PaddingValue::minus_one, Content::noise);
  test_layer(where, {2, 7, 7, 5, 15, 3, 2, 2, 1, 1, 5}, PaddingValue::zero, Content::noise);
  test_layer(where, {1, 7, 7, 12, 9, 3, 3, 1, 2, 2, 3}, PaddingValue::plus_one, Content::noise);
  test_layer(where, {4, 5, 6, 40, 66, 3, 3, 2, 1, 1, 2}, PaddingValue::zero, Content::noise);
  test_layer(where, {2, 4, 4, 16, 16, 1, 1, 1, 1, 0, 16}, PaddingValue::minus_one, Content::zeros);
  test_layer(where, ConvShape::dense(19, 130, 77), PaddingValue::minus_one, Content::noise);
  test_layer(where, ConvShape::dense(1, 64, 1), PaddingValue::minus_one, Content::noise);
  for (const ConvShape& shape :
       {ConvShape{20, 6, 6, 64, 40, 3, 3, 1, 1, 1}, ConvShape{3, 6, 6, 130, 90, 3, 3, 1, 1, 1},
        ConvShape{5, 6, 6, 40, 40, 3, 3, 1, 1, 1, 40}})
    test_thread_counts(where, shape);
}

}  // namespace harness
