// What each kernel of a training step takes. Prints one JSON document. Build and run it with tests/bench/kernels.ts.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "../../electron/native/kernels/core/kernel_table.h"
#include "../../electron/native/kernels/core/thread_pool.h"
#include "../../electron/native/kernels/operations/batch_norm.h"
#include "../../electron/native/kernels/operations/conv_b1.h"
#include "../../electron/native/kernels/operations/conv_f32.h"
#include "../../electron/native/kernels/operations/elementwise.h"

using namespace signum;

namespace {

std::mt19937 generator(1);

std::vector<float> noise(size_t count) {
  std::normal_distribution<float> normal;
  std::vector<float> values(count);
  for (float& value : values) value = normal(generator);
  return values;
}

struct Times {
  double median, best;
};

/** Processor time where one thread works, which other programs disturb least; else the clock on the wall. */
double now_ms() {
  if (ThreadPool::shared().thread_count() == 1) return 1e3 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

/** Milliseconds of one call. */
Times time_ms(const std::function<void()>& work) {
  const auto once = [&] {
    const double start = now_ms();
    work();
    return now_ms() - start;
  };
  once();
  const double guess = once();
  const size_t repetitions = std::clamp<size_t>(static_cast<size_t>(120 / std::max(guess, 0.01)), 7, 200);
  std::vector<double> times;
  for (size_t i = 0; i < repetitions; ++i) times.push_back(once());
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times.front()};
}

bool first_line = true;

void report(const std::string& name, const Times& times, double macs) {
  std::printf("%s\n    {\"name\": \"%s\", \"ms\": %.4f, \"bestMs\": %.4f, \"gmacPerSecond\": %.1f}",
              first_line ? "" : ",", name.c_str(), times.median, times.best, macs / times.median * 1e-6);
  first_line = false;
}

void measure_layer(const std::string& name, const ConvShape& shape) {
  const auto x = noise(shape.input_size()), w = noise(shape.weight_count()), dy = noise(shape.output_size());
  std::vector<float> y(shape.output_size()), dx(shape.input_size()), dw(shape.weight_count());
  const double macs = double(shape.positions()) * shape.filter_size() * shape.out_channels;
  const auto pad = PaddingValue::minus_one;
  report(name + ", binary forward",
         time_ms([&] { conv_b1_forward(shape, pad, x.data(), w.data(), nullptr, y.data()); }), macs);
  report(name + ", float forward", time_ms([&] { conv_f32_forward(shape, x.data(), w.data(), nullptr, y.data()); }),
         macs);
  report(name + ", binary dX",
         time_ms([&] { conv_b1_input_gradient(shape, dy.data(), w.data(), x.data(), 1.0f, dx.data()); }), macs);
  report(name + ", float dX", time_ms([&] { conv_f32_input_gradient(shape, dy.data(), w.data(), dx.data()); }), macs);
  report(name + ", binary dW", time_ms([&] { conv_b1_weight_gradient(shape, pad, x.data(), dy.data(), dw.data()); }),
         macs);
  report(name + ", float dW", time_ms([&] { conv_f32_weight_gradient(shape, x.data(), dy.data(), dw.data()); }), macs);
}

void measure_first_block() {
  const ConvShape conv1 = {100, 28, 28, 1, 64, 5, 5, 1, 1, 0};
  const auto image = noise(conv1.input_size()), w = noise(conv1.weight_count()), bias = noise(64);
  std::vector<float> x(conv1.output_size()), dx(conv1.output_size()), dw(conv1.weight_count());
  const double macs = double(conv1.positions()) * 25 * 64;
  report("conv1 forward", time_ms([&] { conv_f32_forward(conv1, image.data(), w.data(), bias.data(), x.data()); }),
         macs);
  const NormPoolShape pool = {100, 24, 24, 64};
  std::vector<float> mean(64), variance(64), gamma(64, 1.0f), beta(64), dgamma(64), dbeta(64);
  std::vector<float> y(pool.pooled_size()), chosen(pool.pooled_size());
  std::vector<uint8_t> choice(pool.pooled_size());
  const NormParameters norm = {mean.data(), variance.data(), gamma.data(), beta.data(), 1e-5f};
  report("norm1 moments", time_ms([&] { batch_moments({57600, 64}, x.data(), mean.data(), variance.data()); }), 0);
  report("norm1 tanh pool", time_ms([&] {
           batch_norm_pool_forward(pool, norm, Activation::tanh, x.data(), y.data(), choice.data(), chosen.data());
         }),
         0);
  const auto dy = noise(pool.pooled_size());
  report("norm1 tanh pool gradient", time_ms([&] {
           batch_norm_pool_gradient(pool, norm, Activation::tanh, x.data(), y.data(), choice.data(), chosen.data(),
                                    dy.data(), dx.data(), dgamma.data(), dbeta.data());
         }),
         0);
  report("conv1 dW", time_ms([&] { conv_f32_weight_gradient(conv1, image.data(), dx.data(), dw.data()); }), macs);
  report("conv1 dbias", time_ms([&] { bias_gradient(dx.data(), 57600, 64, dbeta.data()); }), 0);
}

void measure_rest() {
  const NormPoolShape pool = {100, 8, 8, 64};
  const auto x = noise(pool.size()), dy = noise(pool.pooled_size());
  std::vector<float> mean(1000), variance(1000), gamma(1000, 1.0f), beta(1000), dgamma(1000), dbeta(1000);
  std::vector<float> y(pool.size()), chosen(pool.size()), dx(pool.size());
  std::vector<uint8_t> choice(pool.size());
  const NormParameters norm = {mean.data(), variance.data(), gamma.data(), beta.data(), 1e-5f};
  report("norm2 pool, both ways", time_ms([&] {
           batch_moments({6400, 64}, x.data(), mean.data(), variance.data());
           batch_norm_pool_forward(pool, norm, Activation::none, x.data(), y.data(), choice.data(), chosen.data());
           batch_norm_pool_gradient(pool, norm, Activation::none, x.data(), y.data(), choice.data(), chosen.data(),
                                    dy.data(), dx.data(), dgamma.data(), dbeta.data());
         }),
         0);
  const NormShape wide = {100, 1000};
  report("norm3 tanh, both ways", time_ms([&] {
           batch_moments(wide, x.data(), mean.data(), variance.data());
           batch_norm_forward(wide, norm, Activation::tanh, x.data(), y.data());
           batch_norm_gradient(wide, norm, Activation::tanh, x.data(), y.data(), x.data(), dx.data(), dgamma.data(),
                               dbeta.data());
         }),
         0);
  const size_t parameters = 1141330;
  auto w = noise(parameters), m = noise(parameters), v = std::vector<float>(parameters, 1.0f), g = noise(parameters);
  const AdamState state = {w.data(), m.data(), v.data()};
  const AdamFactors factors = adam_factors({1e-3, 0.9, 0.999, 1e-8, 5, 1.0});
  report("adam", time_ms([&] { adam_update(factors, parameters, g.data(), state, state); }), 0);
}

}  // namespace

int main(int argc, char** argv) {
  const size_t threads = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1;
  ThreadPool::shared().set_thread_count(threads);
  std::printf("{\n  \"isa\": \"%s\",\n  \"threads\": %zu,\n  \"measurements\": [", isa_name(kernels().isa), threads);
  measure_layer("LeNet conv2 64@12², 5×5, batch 100", {100, 12, 12, 64, 64, 5, 5, 1, 1, 0});
  measure_layer("LeNet QLinear 1024→1000, batch 100", ConvShape::dense(100, 1024, 1000));
  measure_layer("LeNet Linear 1000→10, batch 100", ConvShape::dense(100, 1000, 10));
  measure_first_block();
  measure_rest();
  std::printf("\n  ]\n}\n");
}
