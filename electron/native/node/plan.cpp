#include "plan.h"

#include <cstring>

#include "../kernels/core/bits.h"
#include "arguments.h"

namespace signum::node {
namespace {

constexpr size_t kLargestSide = 1 << 16;
constexpr size_t kMostImages = 1 << 24;

std::vector<float> copy(const float* values, size_t count) {
  return values == nullptr ? std::vector<float>() : std::vector<float>(values, values + count);
}

/** The geometry of a convolution that takes what the plan gives, with the batch left open. */
ConvShape geometry_for(const Plan& plan, const Arguments& arguments) {
  ConvShape shape = arguments.convolution(0, "geometry");
  const ImageShape& input = plan.shape();
  if (shape.height != input.height || shape.width != input.width || shape.in_channels != input.channels)
    arguments.refuse("geometry does not take what the stage before gives.");
  shape.batch = 1;
  return shape;
}

PoolWindow window_for(const Plan& plan, const Arguments& arguments) {
  const auto size = [&](const char* name, size_t least) { return arguments.field(0, "window", name, least, 1 << 10); };
  const PoolWindow window = {size("kernelSize", 1), size("stride", 1), size("padding", 0)};
  if (window.padding >= window.kernel) arguments.refuse("window.padding must be less than window.kernelSize.");
  if (plan.shape().height + 2 * window.padding < window.kernel ||
      plan.shape().width + 2 * window.padding < window.kernel)
    arguments.refuse("window is larger than the padded image.");
  return window;
}

Sides sides_for(const Arguments& arguments) {
  const auto side = [&](const char* name) { return arguments.field(0, "sides", name, 0, 1 << 10); };
  return {side("top"), side("bottom"), side("left"), side("right")};
}

void expect(const Plan& plan, const Arguments& arguments, bool bits) {
  if (plan.bits() != bits)
    arguments.refuse(bits ? "This stage takes bits, but the one before gives floats."
                          : "This stage takes floats, but the one before gives bits.");
}

/** Two ways meet: floats here, and floats of the same height and width that were kept. */
void expect_two_ways(const Plan& plan, const Arguments& arguments) {
  expect(plan, arguments, false);
  if (plan.kept_count() == 0) arguments.refuse("Nothing was kept that this stage could take.");
  if (plan.kept().height != plan.shape().height || plan.kept().width != plan.shape().width)
    arguments.refuse("What was kept has another height or width than what is here.");
}

/** Nothing runs before every way that branched off has come back. */
void expect_whole(const Plan& plan, const Arguments& arguments) {
  if (plan.stage_count() == 0) arguments.refuse("The plan has no stages.");
  if (plan.kept_count() > 0) arguments.refuse("The plan keeps values that no stage takes.");
}

}  // namespace

void PackedPlan::export_class(Napi::Env env, Napi::Object exports) {
  exports.Set("PackedPlan", DefineClass(env, "PackedPlan",
                                        {
                                            InstanceMethod<&PackedPlan::add_convolution>("addConvolution"),
                                            InstanceMethod<&PackedPlan::add_binary_convolution>("addBinaryConvolution"),
                                            InstanceMethod<&PackedPlan::add_comparison>("addComparison"),
                                            InstanceMethod<&PackedPlan::add_bit_pooling>("addBitPooling"),
                                            InstanceMethod<&PackedPlan::add_pooling>("addPooling"),
                                            InstanceMethod<&PackedPlan::add_global_mean>("addGlobalMean"),
                                            InstanceMethod<&PackedPlan::add_affine>("addAffine"),
                                            InstanceMethod<&PackedPlan::add_rectifier>("addRectifier"),
                                            InstanceMethod<&PackedPlan::add_flatten>("addFlatten"),
                                            InstanceMethod<&PackedPlan::add_activation>("addActivation"),
                                            InstanceMethod<&PackedPlan::add_border>("addBorder"),
                                            InstanceMethod<&PackedPlan::add_bit_border>("addBitBorder"),
                                            InstanceMethod<&PackedPlan::add_unpacking>("addUnpacking"),
                                            InstanceMethod<&PackedPlan::keep>("keep"),
                                            InstanceMethod<&PackedPlan::swap>("swap"),
                                            InstanceMethod<&PackedPlan::add_sum>("addSum"),
                                            InstanceMethod<&PackedPlan::add_concatenation>("addConcatenation"),
                                            InstanceMethod<&PackedPlan::run>("run"),
                                            InstanceMethod<&PackedPlan::run_to>("runTo"),
                                            InstanceMethod<&PackedPlan::profile>("profile"),
                                            InstanceMethod<&PackedPlan::stage_count>("stageCount"),
                                        }));
}

PackedPlan::PackedPlan(const Napi::CallbackInfo& info) : Napi::ObjectWrap<PackedPlan>(info) {
  const Arguments arguments(info);
  plan_ = std::make_unique<Plan>(ImageShape{arguments.count(0, "height", 1, kLargestSide),
                                            arguments.count(1, "width", 1, kLargestSide),
                                            arguments.count(2, "channels", 1, kLargestSide)});
}

void PackedPlan::add_convolution(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  expect(*plan_, arguments, false);
  const ConvShape shape = geometry_for(*plan_, arguments);
  const float* weights = arguments.floats(1, "weights", shape.weight_count());
  const float* bias = arguments.optional_floats(2, "bias", shape.out_channels);
  plan_->add_convolution(float_convolution(shape, copy(weights, shape.weight_count()), copy(bias, shape.out_channels)));
}

void PackedPlan::add_binary_convolution(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  expect(*plan_, arguments, true);
  const ConvShape shape = geometry_for(*plan_, arguments);
  const double padding = arguments.number(1, "paddingValue");
  if (padding != -1 && padding != 0 && padding != 1) arguments.refuse("paddingValue must be -1, 0 or 1.");
  const size_t words = words_for(shape.filter_size());
  std::vector<uint64_t> filters(shape.out_channels * words);
  std::memcpy(filters.data(), arguments.halves(2, "filters", filters.size() * 2), filters.size() * sizeof(uint64_t));
  const size_t last_bits = shape.filter_size() % kWordBits;
  for (size_t o = 0; last_bits != 0 && o < shape.out_channels; ++o)
    if ((filters[(o + 1) * words - 1] & ~low_bits(last_bits)) != 0)
      arguments.refuse("filters has bits past the end of a row.");
  const float* bias = arguments.optional_floats(3, "bias", shape.out_channels);
  plan_->add_convolution(binary_convolution(shape, static_cast<PaddingValue>(static_cast<int>(padding)), filters,
                                            copy(bias, shape.out_channels)));
}

void PackedPlan::add_comparison(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  expect(*plan_, arguments, false);
  const size_t channels = plan_->shape().channels;
  const float* values = arguments.floats(0, "values", channels);
  plan_->add_comparison(Thresholds(values, arguments.bytes(1, "inverted", channels), channels));
}

void PackedPlan::add_bit_pooling(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  expect(*plan_, arguments, true);
  const PoolWindow window = window_for(*plan_, arguments);
  plan_->add(bit_pooling(plan_->shape(), window, arguments.bytes(1, "smallest", plan_->shape().channels)));
}

void PackedPlan::add_pooling(const Napi::CallbackInfo& info) {
  const Arguments arguments(info);
  expect(*plan_, arguments, false);
  const PoolWindow window = window_for(*plan_, arguments);
  plan_->add(float_pooling(plan_->shape(), window, arguments.flag(1, "mean") ? FloatPool::mean : FloatPool::largest));
}

void PackedPlan::add_global_mean(const Napi::CallbackInfo& info) {
  expect(*plan_, Arguments(info), false);
  plan_->add(global_mean(plan_->shape()));
}

void PackedPlan::add_affine(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  expect(*plan_, arguments, false);
  const size_t channels = plan_->shape().channels;
  const float* scale = arguments.floats(0, "scale", channels);
  const float* shift = arguments.floats(1, "shift", channels);
  plan_->add_affine({copy(scale, channels), copy(shift, channels)});
}

void PackedPlan::add_rectifier(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  expect(*plan_, arguments, false);
  const size_t channels = plan_->shape().channels;
  const float* before = arguments.floats(0, "before", channels);
  const float* slope = arguments.floats(1, "slope", channels);
  const float* after = arguments.floats(2, "after", channels);
  plan_->add(rectifier(plan_->shape(), copy(before, channels), copy(slope, channels), copy(after, channels)));
}

void PackedPlan::add_flatten(const Napi::CallbackInfo& info) {
  expect(*plan_, Arguments(info), false);
  plan_->add(flatten(plan_->shape()));
}

void PackedPlan::add_activation(const Napi::CallbackInfo& info) {
  const Arguments arguments(info);
  expect(*plan_, arguments, false);
  const std::string kind = info[0].IsString() ? info[0].As<Napi::String>().Utf8Value() : "";
  if (kind != "tanh" && kind != "relu" && kind != "hardtanh")
    arguments.refuse("kind must be \"tanh\", \"relu\" or \"hardtanh\".");
  plan_->add(activation(plan_->shape(), kind == "tanh"   ? ActivationKind::tanh
                                        : kind == "relu" ? ActivationKind::relu
                                                         : ActivationKind::hardtanh));
}

void PackedPlan::add_border(const Napi::CallbackInfo& info) {
  const Arguments arguments(info);
  expect(*plan_, arguments, false);
  plan_->add(border(plan_->shape(), sides_for(arguments), static_cast<float>(arguments.number(1, "value"))));
}

void PackedPlan::add_bit_border(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  expect(*plan_, arguments, true);
  const Sides sides = sides_for(arguments);
  plan_->add(bit_border(plan_->shape(), sides, arguments.bytes(1, "ones", plan_->shape().channels)));
}

void PackedPlan::add_unpacking(const Napi::CallbackInfo& info) {
  expect(*plan_, Arguments(info), true);
  plan_->add(unpacking(plan_->shape()));
}

void PackedPlan::keep(const Napi::CallbackInfo& info) {
  expect(*plan_, Arguments(info), false);
  plan_->keep();
}

void PackedPlan::swap(const Napi::CallbackInfo& info) {
  const Arguments arguments(info);
  expect(*plan_, arguments, false);
  if (plan_->kept_count() == 0) arguments.refuse("Nothing was kept that could be swapped.");
  plan_->swap();
}

void PackedPlan::add_sum(const Napi::CallbackInfo& info) {
  const Arguments arguments(info);
  expect_two_ways(*plan_, arguments);
  if (plan_->kept().channels != plan_->shape().channels)
    arguments.refuse("What was kept has another number of channels than what is here.");
  plan_->add_joining(sum(plan_->shape()));
}

void PackedPlan::add_concatenation(const Napi::CallbackInfo& info) {
  expect_two_ways(*plan_, Arguments(info));
  plan_->add_joining(concatenation(plan_->shape(), plan_->kept()));
}

void PackedPlan::run(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  expect_whole(*plan_, arguments);
  expect(*plan_, arguments, false);
  const size_t count = arguments.count(0, "count", 1, kMostImages);
  const float* images = arguments.floats(1, "images", count * plan_->input().size());
  float* outputs = arguments.written_floats(2, "outputs", count * plan_->shape().size());
  arguments.finish();
  plan_->run(images, count, outputs);
}

void PackedPlan::profile(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  expect_whole(*plan_, arguments);
  expect(*plan_, arguments, false);
  const size_t count = arguments.count(0, "count", 1, kMostImages);
  const float* images = arguments.floats(1, "images", count * plan_->input().size());
  float* outputs = arguments.written_floats(2, "outputs", count * plan_->shape().size());
  float* milliseconds = arguments.written_floats(3, "milliseconds", plan_->stage_count());
  arguments.finish();
  plan_->profile(images, count, outputs, milliseconds);
}

Napi::Value PackedPlan::stage_count(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(plan_->stage_count()));
}

void PackedPlan::run_to(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  expect_whole(*plan_, arguments);
  const size_t stage = arguments.count(0, "stage", 0, plan_->stage_count() - 1);
  const size_t count = arguments.count(1, "count", 1, kMostImages);
  const float* images = arguments.floats(2, "images", count * plan_->input().size());
  float* outputs = arguments.written_floats(3, "outputs", count * plan_->stage(stage).output().size());
  arguments.finish();
  plan_->run_to(stage, images, count, outputs);
}

}  // namespace signum::node
