#include "../../../electron/native/kernels/operations/elementwise.h"

#include <cstring>
#include <limits>

#include "../../../electron/native/kernels/core/kernel_table.h"
#include "check.h"
#include "tests.h"

namespace harness {
namespace {

using namespace signum;

/** Distance in units in the last place of the exact value, rounded to a float. */
double ulps_between(float got, double exact) {
  const float rounded = static_cast<float>(exact);
  const float next = std::nextafterf(std::fabs(rounded), std::numeric_limits<float>::infinity());
  const double ulp = std::fmax(double(next) - std::fabs(rounded), std::numeric_limits<float>::denorm_min());
  return std::fabs(got - exact) / ulp;
}

void test_tanh(const std::string& where) {
  Array<float> x(4099);
  for (size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>((double(i) - 2049) * 0.005);
  const float special[] = {0.0f, -0.0f, 1e-30f, -1e-30f, 0.625f, -0.625f, 9.02f, 1e30f, -1e30f};
  std::memcpy(x.data(), special, sizeof special);
  Array<float> y(x.size(), 777);
  tanh_forward(x.data(), x.size(), y.data());
  double worst = 0;
  for (size_t i = 0; i < x.size(); ++i) worst = std::fmax(worst, ulps_between(y[i], std::tanh(double(x[i]))));
  report(worst <= 2, "tanh within 2 units in the last place on " + where + ": " + std::to_string(worst));
  report(std::signbit(y[1]), "tanh(-0.0) is -0.0 on " + where);
  x[0] = std::numeric_limits<float>::quiet_NaN();
  tanh_forward(x.data(), 1, y.data());
  report(std::isnan(y[0]), "tanh(NaN) is NaN on " + where);

  const Array<float> dy = floats(1003);
  const Array<float> values = floats(1003);
  Array<float> dx(1003, 777);
  std::vector<double> wanted(1003);
  for (size_t i = 0; i < wanted.size(); ++i) wanted[i] = dy[i] * (1 - double(values[i]) * values[i]);
  tanh_gradient(values.data(), dy.data(), dx.size(), dx.data());
  expect_close("tanh gradient on " + where, dx, wanted, 1e-6);
}

void test_signs(const std::string& where) {
  const size_t count = between(1, 50000);
  const Array<float> x = floats(count), dy = floats(count);
  Array<float> y(count), dx(count);
  std::vector<float> signs(count), kept(count);
  for (size_t i = 0; i < count; ++i) {
    signs[i] = x[i] >= 0 ? 1.0f : -1.0f;
    kept[i] = std::fabs(x[i]) <= 1.0f ? dy[i] : 0.0f;
  }
  sign_forward(x.data(), count, y.data());
  expect_equal("sign on " + where, y, signs);
  cancel_gradient(x.data(), dy.data(), count, 1.0f, dx.data());
  expect_equal("cancellation on " + where, dx, kept);
}

void test_cross_entropy(const std::string& where) {
  const size_t rows = between(1, 20), classes = between(2, 12);
  Array<float> logits = floats(rows * classes);
  logits[0] = 1000;
  Array<int32_t> labels(rows);
  for (size_t r = 0; r < rows; ++r) labels[r] = static_cast<int32_t>(between(0, classes - 1));
  Array<float> gradient(logits.size());
  Array<float> losses(rows);
  softmax_cross_entropy(logits.data(), labels.data(), rows, classes, losses.data(), gradient.data());
  std::vector<double> wanted(rows);
  std::vector<double> probabilities(logits.size());
  for (size_t r = 0; r < rows; ++r) {
    double sum = 0;
    for (size_t c = 0; c < classes; ++c) sum += std::exp(double(logits[r * classes + c]) - (r == 0 ? 1000 : 0));
    for (size_t c = 0; c < classes; ++c) {
      const double p = std::exp(double(logits[r * classes + c]) - (r == 0 ? 1000 : 0)) / sum;
      const bool right = c == static_cast<size_t>(labels[r]);
      probabilities[r * classes + c] = (p - (right ? 1 : 0)) / double(rows);
      if (right) wanted[r] = std::log(sum) + (r == 0 ? 1000 : 0) - double(logits[r * classes + c]);
    }
  }
  expect_close("cross-entropy on " + where, losses, wanted, 1e-6, 1);
  expect_close("its gradient on " + where, gradient, probabilities, 1e-6);
}

void test_finite(const std::string& where) {
  const size_t count = between(1, 70000);
  Array<float> values = floats(count);
  values[between(0, count - 1)] = 3.4e38f;
  report(all_finite(values.data(), count), "finite values are found finite on " + where);
  const float broken[] = {INFINITY, -INFINITY, NAN};
  values[between(0, count - 1)] = broken[between(0, 2)];
  report(!all_finite(values.data(), count), "a value that is not finite is found on " + where);
}

void test_adam(const std::string& where) {
  const size_t count = between(1, 40000);
  Array<float> w = floats(count), m(count), v(count);
  std::vector<double> weights(w.data(), w.data() + count), first(count), second(count);
  // Every other time the weights are clipped, near enough to some of them.
  const double clip = between(0, 1) ? 0.5 : INFINITY;
  const AdamSettings settings = {1e-3, 0.9, 0.999, 1e-8, 0, clip};
  for (int64_t step = 1; step <= 3; ++step) {
    const Array<float> gradient = floats(count);
    AdamSettings now = settings;
    now.step = step;
    const AdamState state = {w.data(), m.data(), v.data()};
    adam_update(adam_factors(now), count, gradient.data(), state, state);
    for (size_t i = 0; i < count; ++i) {
      const double g = gradient[i];
      first[i] = 0.9 * first[i] + 0.1 * g;
      second[i] = 0.999 * second[i] + 0.001 * g * g;
      const double root = std::sqrt(second[i]) / std::sqrt(1 - std::pow(0.999, double(step)));
      weights[i] -= 1e-3 / (1 - std::pow(0.9, double(step))) * first[i] / (root + 1e-8);
      weights[i] = std::min(std::max(weights[i], -clip), clip);
    }
  }
  expect_close("Adam's weights on " + where, w, weights, 1e-6);
  expect_close("Adam's first moments on " + where, m, first, 1e-6);
  expect_close("Adam's second moments on " + where, v, second, 1e-6);
}

void test_transpose(const std::string& where) {
  const size_t rows = between(1, 40), columns = between(1, 40);
  const Array<float> from = floats(rows * columns);
  Array<float> to(rows * columns, 777);
  kernels().transpose_f32(from.data(), rows, columns, columns, to.data(), rows);
  std::vector<float> wanted(rows * columns);
  for (size_t r = 0; r < rows; ++r)
    for (size_t c = 0; c < columns; ++c) wanted[c * rows + r] = from[r * columns + c];
  expect_equal("transposing floats on " + where, to, wanted);
}

}  // namespace

void test_elementwise(const std::string& where) {
  test_tanh(where);
  test_signs(where);
  test_cross_entropy(where);
  test_finite(where);
  test_adam(where);
  for (size_t i = 0; i < 4; ++i) test_transpose(where);
}

}  // namespace harness
