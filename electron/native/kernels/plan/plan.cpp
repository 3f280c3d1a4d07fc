#include "plan.h"

#include <algorithm>
#include <chrono>
#include <cstring>

#include "../core/bits.h"
#include "../core/scratch.h"
#include "../core/thread_pool.h"

namespace signum {
namespace {

// Weights are read once for a group; its values stay in the L2 cache.
constexpr size_t kGroupImages = 8;
constexpr size_t kSlotAlignment = 64;

}  // namespace

size_t Plan::free_slot(size_t kept) const {
  const auto is_read = [&](size_t slot) {
    return slot == here_.slot || slot == kept ||
           std::any_of(kept_.begin(), kept_.end(), [&](const Place& place) { return place.slot == slot; });
  };
  size_t slot = 0;
  while (is_read(slot)) ++slot;
  return slot;
}

void Plan::add_step(std::unique_ptr<Stage> stage, size_t kept) {
  const size_t slot = free_slot(kept);
  if (slot == slot_bytes_.size()) slot_bytes_.push_back(0);
  const ImageShape& shape = stage->output();
  // Floats may yet become bits, which take more where there is only one channel.
  const size_t bytes = std::max(shape.size() * sizeof(float), shape.words() * sizeof(uint64_t));
  slot_bytes_[slot] = std::max(slot_bytes_[slot], bytes);
  const size_t from = here_.slot;
  here_ = {slot, shape, stage->gives_bits()};
  steps_.push_back({std::move(stage), from, kept, slot});
  open_ = nullptr;
}

void Plan::add(std::unique_ptr<Stage> stage) { add_step(std::move(stage), kNothing); }

void Plan::add_convolution(std::unique_ptr<ConvolutionStage> stage) {
  ConvolutionStage* open = stage.get();
  add(std::move(stage));
  open_ = open;
}

void Plan::add_comparison(Thresholds thresholds) {
  if (open_ == nullptr) return add(comparison(shape(), std::move(thresholds)));
  open_->compare(std::move(thresholds));
  here_.bits = true;
  open_ = nullptr;
}

void Plan::add_affine(ChannelScale by) {
  if (open_ == nullptr) return add(affine(shape(), std::move(by)));
  open_->normalise(std::move(by));
  open_ = nullptr;
}

void Plan::keep() {
  kept_.push_back(here_);
  open_ = nullptr;
}

void Plan::swap() {
  std::swap(kept_.back(), here_);
  open_ = nullptr;
}

void Plan::add_joining(std::unique_ptr<Stage> stage) {
  const size_t slot = kept_.back().slot;
  kept_.pop_back();
  add_step(std::move(stage), slot);
}

void Plan::run(const float* images, size_t count, float* outputs) const {
  run_to(steps_.size() - 1, images, count, outputs);
}

void Plan::run_to(size_t index, const float* images, size_t count, float* outputs) const {
  const size_t output_size = stage(index).output().size();
  parallel_blocks(count, kGroupImages, [&](size_t begin, size_t end) {
    for (size_t first = begin; first < end; first += kGroupImages)
      run_group(index, images + first * input_.size(), std::min(kGroupImages, end - first),
                outputs + first * output_size);
  });
}

void Plan::profile(const float* images, size_t count, float* outputs, float* milliseconds) const {
  std::fill_n(milliseconds, steps_.size(), 0.0f);
  const size_t output_size = shape().size();
  for (size_t first = 0; first < count; first += kGroupImages)
    run_group(steps_.size() - 1, images + first * input_.size(), std::min(kGroupImages, count - first),
              outputs + first * output_size, milliseconds);
}

void Plan::run_group(size_t last, const float* images, size_t count, float* outputs, float* milliseconds) const {
  Scratch<size_t> offsets(slot_bytes_.size());
  size_t bytes = 0;
  for (size_t slot = 0; slot < slot_bytes_.size(); ++slot) {
    offsets[slot] = bytes;
    // Runs of bits may be read one word past their end.
    bytes += round_up(count * slot_bytes_[slot] + sizeof(uint64_t), kSlotAlignment);
  }
  Scratch<unsigned char> memory(bytes);
  const auto floats_in = [&](size_t slot) {
    // No stage writes to its input.
    if (slot == kImages) return const_cast<float*>(images);
    return slot == kNothing ? nullptr : reinterpret_cast<float*>(memory.data() + offsets[slot]);
  };
  const auto words_in = [&](size_t slot) {
    return slot == kImages ? nullptr : reinterpret_cast<uint64_t*>(memory.data() + offsets[slot]);
  };
  for (size_t i = 0; i <= last; ++i) {
    const Step& step = steps_[i];
    const Values from = {floats_in(step.from), words_in(step.from), floats_in(step.kept)};
    const Values to = {floats_in(step.to), words_in(step.to)};
    if (milliseconds == nullptr) {
      step.stage->run(count, from, to);
      continue;
    }
    const auto start = std::chrono::steady_clock::now();
    step.stage->run(count, from, to);
    milliseconds[i] += std::chrono::duration<float, std::milli>(std::chrono::steady_clock::now() - start).count();
  }
  const ImageShape& shape = stage(last).output();
  if (stage(last).gives_bits()) return unpack(shape, count, words_in(steps_[last].to), outputs);
  std::memcpy(outputs, floats_in(steps_[last].to), count * shape.size() * sizeof(float));
}

}  // namespace signum
