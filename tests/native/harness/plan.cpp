// The stages of a plan against the TypeScript reference are in tests/unit/native/plan. Here their memory is watched,
// and that what an image gives does not depend on the images beside it.

#include "../../../electron/native/kernels/core/bits.h"
#include "../../../electron/native/kernels/plan/plan.h"
#include "check.h"
#include "tests.h"

namespace harness {
namespace {

using namespace signum;

std::vector<float> some(size_t count) {
  const Array<float> values = floats(count);
  return {values.data(), values.data() + count};
}

std::vector<uint8_t> flags(size_t count) {
  std::vector<uint8_t> values(count);
  for (uint8_t& value : values) value = static_cast<uint8_t>(between(0, 1));
  return values;
}

ConvShape convolution_of(const Plan& plan, size_t outputs, size_t kernel, size_t stride, size_t groups) {
  const ImageShape& in = plan.shape();
  return {1, in.height, in.width, in.channels, outputs, kernel, kernel, stride, 1, kernel / 2, groups};
}

void add_floats(Plan& plan, size_t outputs, size_t kernel, size_t stride, size_t groups) {
  const ConvShape shape = convolution_of(plan, outputs, kernel, stride, groups);
  plan.add_convolution(float_convolution(shape, some(shape.weight_count()), some(outputs)));
}

void add_bits(Plan& plan, size_t outputs, size_t stride, size_t groups) {
  const ConvShape shape = convolution_of(plan, outputs, 3, stride, groups);
  const size_t words = words_for(shape.filter_size());
  std::vector<uint64_t> filters(outputs * words);
  for (size_t i = 0; i < filters.size(); ++i) {
    filters[i] = (uint64_t{generator()} << 32) | generator();
    if (i % words == words - 1) filters[i] &= low_bits((shape.filter_size() - 1) % kWordBits + 1);
  }
  const auto padding = static_cast<PaddingValue>(static_cast<int>(between(0, 2)) - 1);
  plan.add_convolution(
      binary_convolution(shape, padding, filters, between(0, 1) ? some(outputs) : std::vector<float>()));
}

void add_comparison(Plan& plan) {
  const size_t channels = plan.shape().channels;
  plan.add_comparison(Thresholds(some(channels).data(), flags(channels).data(), channels));
}

void add_affine(Plan& plan) { plan.add_affine({some(plan.shape().channels), some(plan.shape().channels)}); }

/** A block in a block, a shortcut that strides and one that stands beside: every stage there is. */
void add_stages(Plan& plan, size_t channels, size_t groups) {
  add_floats(plan, channels, 3, 1, 1);
  add_affine(plan);
  plan.add(float_pooling(plan.shape(), {2, 1, 1}, FloatPool::largest));
  plan.keep();
  add_comparison(plan);
  plan.add(bit_border(plan.shape(), {1, 0, 2, 1}, flags(channels).data()));
  plan.add(bit_pooling(plan.shape(), {2, 1, 0}, flags(channels).data()));
  add_bits(plan, channels, 2, groups);
  plan.keep();
  add_comparison(plan);
  add_bits(plan, channels, 1, 1);
  add_comparison(plan);
  plan.add(unpacking(plan.shape()));
  plan.add_joining(sum(plan.shape()));
  plan.add(rectifier(plan.shape(), some(channels), some(channels), some(channels)));
  const ImageShape inner = plan.shape();
  plan.swap();
  add_floats(plan, channels, 3, 2, groups);
  plan.add(border(plan.shape(), {0, inner.height - plan.shape().height, 0, inner.width - plan.shape().width}, 0.5f));
  plan.add_joining(concatenation(plan.shape(), plan.kept()));
  plan.add(activation(plan.shape(), ActivationKind::hardtanh));
  plan.add(float_pooling(plan.shape(), {3, 1, 1}, FloatPool::mean));
  plan.add(global_mean(plan.shape()));
  add_floats(plan, 10, 1, 1, 1);
}

void test_plan_of(const std::string& where, size_t channels, size_t groups) {
  const std::string name = std::to_string(channels) + " channels in " + std::to_string(groups) + " on " + where;
  Plan plan({between(5, 9), between(5, 9), between(1, 3)});
  add_stages(plan, channels, groups);
  constexpr size_t kImages = 11;
  const size_t size = plan.input().size();
  const Array<float> images = floats(kImages * size);
  Array<float> together(kImages * 10), alone(kImages * 10);
  plan.run(images.data(), kImages, together.data());
  for (size_t i = 0; i < kImages; ++i) plan.run(images.data() + i * size, 1, alone.data() + i * 10);
  expect_equal("images alone and together, " + name, together, alone);
  for (size_t stage = 0; stage < plan.stage_count(); ++stage) {
    Array<float> values(2 * plan.stage(stage).output().size());
    plan.run_to(stage, images.data(), 2, values.data());
  }
}

}  // namespace

void test_plan(const std::string& where) {
  test_plan_of(where, 6, 1);
  test_plan_of(where, 12, 2);
  test_plan_of(where, 70, 1);
  test_plan_of(where, 70, 70);
}

}  // namespace harness
