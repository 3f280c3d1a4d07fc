#include "../../../electron/native/kernels/operations/rectifier.h"

#include "../../../electron/native/kernels/operations/elementwise.h"
#include "../../../electron/native/kernels/reference/reference.h"
#include "check.h"
#include "tests.h"

namespace harness {
namespace {

using namespace signum;

void test_rectifier(const std::string& where, const NormShape& shape) {
  const std::string name = std::to_string(shape.rows) + "×" + std::to_string(shape.channels) + " on " + where;
  const Array<float> x = floats(shape.rows * shape.channels), dy = floats(x.size());
  const Array<float> before = floats(shape.channels), slope = floats(shape.channels), after = floats(shape.channels);
  const RectifierChannels by = {before.data(), slope.data(), after.data()};
  Array<float> y(x.size(), 777), dx(x.size(), 777);
  Array<float> dslope(shape.channels), dbefore(shape.channels), dafter(shape.channels);
  rectifier_forward(shape, by, x.data(), y.data());
  expect_close("rectified " + name, y, reference::rectify(shape, by, x.data()), 1e-6);
  rectifier_gradient(shape, by, x.data(), dy.data(), dx.data(), dslope.data(), dbefore.data(), dafter.data());
  const auto wanted = reference::rectify_gradient(shape, by, x.data(), reference::doubles(dy.data(), dy.size()));
  expect_close("gradient of rectified " + name, dx, wanted.dx, 1e-6);
  // Sums over the rows round by the size of their terms.
  const double scale = std::sqrt(double(shape.rows));
  expect_close("gradient of the slope, " + name, dslope, wanted.dslope, 1e-5, scale);
  expect_close("gradient of the shift before, " + name, dbefore, wanted.dbefore, 1e-5, scale);
  expect_close("gradient of the shift after, " + name, dafter, wanted.dafter, 1e-5, scale);
}

void test_sums(const std::string& where) {
  const size_t count = between(1, 40000);
  const Array<float> a = floats(count), b = floats(count);
  Array<float> sums(count, 777);
  add_values(a.data(), b.data(), count, sums.data());
  std::vector<float> wanted(count);
  for (size_t i = 0; i < count; ++i) wanted[i] = a[i] + b[i];
  expect_equal("sums on " + where, sums, wanted);
}

void test_clamp(const std::string& where, float low, float high) {
  const size_t count = between(8, 40000);
  Array<float> x = floats(count);
  const Array<float> dy = floats(count);
  // The ends themselves pass no gradient.
  x[0] = low;
  x[1] = high;
  Array<float> y(count, 777), dx(count, 777);
  clamp_forward(x.data(), count, low, high, y.data());
  clamp_gradient(x.data(), dy.data(), count, low, high, dx.data());
  std::vector<float> clamped(count), passed(count);
  for (size_t i = 0; i < count; ++i) {
    clamped[i] = std::fmax(low, std::fmin(high, x[i]));
    passed[i] = x[i] > low && x[i] < high ? dy[i] : 0.0f;
  }
  const std::string name = "clamped to " + std::to_string(high) + " on " + where;
  expect_equal(name, y, clamped);
  expect_equal("gradient of " + name, dx, passed);
  x[0] = std::nanf("");
  clamp_forward(x.data(), 1, low, high, y.data());
  report(std::isnan(y[0]), "NaN stays, " + name);
}

}  // namespace

void test_rectifier(const std::string& where) {
  test_rectifier(where, {1, 1});
  test_rectifier(where, {513, 64});
  test_rectifier(where, {between(1, 900), between(1, 80)});
  test_sums(where);
  test_clamp(where, 0, INFINITY);
  test_clamp(where, -1, 1);
}

}  // namespace harness
