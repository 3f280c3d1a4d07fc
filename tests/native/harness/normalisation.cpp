#include <algorithm>

#include "../../../electron/native/kernels/operations/batch_norm.h"
#include "../../../electron/native/kernels/reference/reference.h"
#include "check.h"
#include "tests.h"

namespace harness {
namespace {

using namespace signum;

constexpr float kEpsilon = 1e-5f;

void test_moments(const std::string& where, const NormShape& shape, float offset) {
  Array<float> x = floats(shape.rows * shape.channels);
  for (size_t i = 0; i < x.size(); ++i) x[i] += offset;
  Array<float> mean(shape.channels), variance(shape.channels);
  batch_moments(shape, x.data(), mean.data(), variance.data());
  const auto wanted = reference::moments(shape, x.data());
  const std::string name = where + ": " + std::to_string(shape.rows) + "×" + std::to_string(shape.channels);
  expect_close("mean on " + name, mean, wanted.mean, 1e-6, 1);
  expect_close("variance on " + name, variance, wanted.variance, 1e-5);
}

/** Gradient before the activation. */
reference::Values before_activation(const Array<float>& dy, const Array<float>& y, Activation activation) {
  reference::Values dz(dy.size());
  for (size_t i = 0; i < dz.size(); ++i)
    dz[i] = activation == Activation::tanh ? dy[i] * (1 - double(y[i]) * y[i]) : double(dy[i]);
  return dz;
}

struct Channels {
  explicit Channels(size_t count) : mean(count), variance(count), gamma(floats(count)), beta(floats(count)) {}
  NormParameters parameters() { return {mean.data(), variance.data(), gamma.data(), beta.data(), kEpsilon}; }
  Array<float> mean, variance, gamma, beta;
};

void test_both_ways(const std::string& where, const NormShape& shape, Activation activation) {
  const std::string name = where + ": " + std::to_string(shape.rows) + "×" + std::to_string(shape.channels);
  const Array<float> x = floats(shape.rows * shape.channels), dy = floats(x.size());
  Channels c(shape.channels);
  batch_moments(shape, x.data(), c.mean.data(), c.variance.data());
  Array<float> y(x.size(), 777), dx(x.size(), 777), dgamma(shape.channels), dbeta(shape.channels);
  batch_norm_forward(shape, c.parameters(), activation, x.data(), y.data());
  expect_close("normalised on " + name, y, reference::normalise(shape, c.parameters(), activation, x.data()), 2e-6);
  batch_norm_gradient(shape, c.parameters(), activation, x.data(), y.data(), dy.data(), dx.data(), dgamma.data(),
                      dbeta.data());
  const auto wanted =
      reference::normalise_gradient(shape, c.parameters(), x.data(), before_activation(dy, y, activation));
  expect_close("dx on " + name, dx, wanted.dx, 1e-5);
  expect_close("dgamma on " + name, dgamma, wanted.dgamma, 1e-5);
  expect_close("dbeta on " + name, dbeta, wanted.dbeta, 1e-5);
}

void test_pooled(const std::string& where, const NormPoolShape& s, Activation activation) {
  const std::string name =
      where + ": pooled " + std::to_string(s.height) + "×" + std::to_string(s.width) + "×" + std::to_string(s.channels);
  const NormShape all = {s.batch * s.height * s.width, s.channels};
  const PoolShape pool = {s.batch, s.height, s.width, s.channels, 2, 2};
  const Array<float> x = floats(s.size()), dy = floats(s.pooled_size());
  Channels c(s.channels);
  batch_moments(all, x.data(), c.mean.data(), c.variance.data());
  Array<float> y(s.pooled_size(), 777), chosen(s.pooled_size());
  Array<uint8_t> choice(s.pooled_size());
  batch_norm_pool_forward(s, c.parameters(), activation, x.data(), y.data(), choice.data(), chosen.data());
  const auto normalised = reference::normalise(all, c.parameters(), activation, x.data());
  expect_close("values on " + name, y, reference::max_pool(pool, normalised).largest, 2e-6);

  // The choice must hold a largest value; which of two that differ by rounding is not asked.
  const auto scattered = reference::max_pool_gradient(
      pool, std::vector<uint8_t>(choice.data(), choice.data() + choice.size()), reference::Values(dy.size(), 1.0));
  double reached = 0;
  for (size_t i = 0; i < scattered.size(); ++i) reached += scattered[i] * normalised[i];
  double largest = 0;
  for (const double value : reference::max_pool(pool, normalised).largest) largest += value;
  report(std::fabs(reached - largest) <= 1e-4 * (1 + std::fabs(largest)), "choice on " + name);

  Array<float> dx(x.size(), 777), dgamma(s.channels), dbeta(s.channels);
  batch_norm_pool_gradient(s, c.parameters(), activation, x.data(), y.data(), choice.data(), chosen.data(), dy.data(),
                           dx.data(), dgamma.data(), dbeta.data());
  const auto dz = reference::max_pool_gradient(pool, std::vector<uint8_t>(choice.data(), choice.data() + choice.size()),
                                               before_activation(dy, y, activation));
  const auto wanted = reference::normalise_gradient(all, c.parameters(), x.data(), dz);
  expect_close("dx on " + name, dx, wanted.dx, 1e-5);
  expect_close("dgamma on " + name, dgamma, wanted.dgamma, 1e-5);
  expect_close("dbeta on " + name, dbeta, wanted.dbeta, 1e-5);
}

}  // namespace

void test_normalisation(const std::string& where) {
  test_moments(where, {1, 5}, 0);
  test_moments(where, {1000, 3}, 1000);
  test_moments(where, {between(1, 700), between(1, 80)}, 0);
  for (Activation activation : {Activation::none, Activation::tanh}) {
    test_both_ways(where, {between(2, 600), between(1, 80)}, activation);
    test_both_ways(where, {33, 64}, activation);
    test_pooled(where,
                {
                    2,
                    6,
                    8,
                    64,
                },
                activation);
    test_pooled(where, {between(1, 3), between(2, 9), between(2, 9), between(1, 40)}, activation);
    test_pooled(where, {1, 5, 7, 17}, activation);
  }
}

}  // namespace harness
