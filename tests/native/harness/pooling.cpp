#include "../../../electron/native/kernels/operations/average_pool.h"
#include "../../../electron/native/kernels/operations/max_pool.h"
#include "../../../electron/native/kernels/reference/reference.h"
#include "check.h"
#include "tests.h"

namespace harness {
namespace {

using namespace signum;

PoolShape some_shape(size_t kernel) {
  return {2, between(kernel, 8), between(kernel, 8), between(1, 40), kernel, between(1, 3)};
}

std::string name_of(const PoolShape& s) {
  return std::to_string(s.kernel) + "/" + std::to_string(s.stride) + " of " + std::to_string(s.height) + "×" +
         std::to_string(s.width) + "×" + std::to_string(s.channels);
}

void test_max_pool(const std::string& where, const PoolShape& s) {
  const std::string name = name_of(s) + " on " + where;
  const Array<float> x = floats(s.input_size()), dy = floats(s.output_size());
  Array<float> y(s.output_size()), dx(s.input_size(), 777);
  Array<uint8_t> choice(s.output_size());
  max_pool_forward(s, x.data(), y.data(), choice.data());
  const auto wanted = reference::max_pool(s, reference::doubles(x.data(), x.size()));
  expect_equal("largest, " + name, y, wanted.largest);
  expect_equal("choice, " + name, choice, wanted.choice);
  max_pool_gradient(s, choice.data(), dy.data(), dx.data());
  expect_close("gradient of largest, " + name, dx,
               reference::max_pool_gradient(s, wanted.choice, reference::doubles(dy.data(), dy.size())), 1e-6);
}

void test_average_pool(const std::string& where, const PoolShape& s) {
  const std::string name = name_of(s) + " on " + where;
  const Array<float> x = floats(s.input_size()), dy = floats(s.output_size());
  Array<float> y(s.output_size(), 777), dx(s.input_size(), 777);
  average_pool_forward(s, x.data(), y.data());
  expect_close("mean, " + name, y, reference::average_pool(s, reference::doubles(x.data(), x.size())), 1e-6);
  average_pool_gradient(s, dy.data(), dx.data());
  expect_close("gradient of mean, " + name, dx,
               reference::average_pool_gradient(s, reference::doubles(dy.data(), dy.size())), 1e-6);
}

}  // namespace

void test_pooling(const std::string& where) {
  for (size_t i = 0; i < 4; ++i) {
    test_max_pool(where, some_shape(between(1, 3)));
    test_average_pool(where, some_shape(between(1, 4)));
  }
  // Wider than a maximum may be.
  test_average_pool(where, {1, 17, 18, 3, 17, 1});
}

}  // namespace harness
