#include "plan.h"

#include <algorithm>
#include <chrono>
#include <cstring>

#include "../core/scratch.h"
#include "../core/thread_pool.h"

namespace signum {
namespace {

// Weights are read once for a group; its values stay in the L2 cache.
constexpr size_t kGroupImages = 8;

}  // namespace

void Plan::add(std::unique_ptr<Stage> stage) {
  open_ = dynamic_cast<ConvolutionStage*>(stage.get());
  stages_.push_back(std::move(stage));
}

void Plan::add_comparison(Thresholds thresholds) {
  if (open_ == nullptr) return add(comparison(shape(), std::move(thresholds)));
  open_->compare(std::move(thresholds));
  open_ = nullptr;
}

void Plan::run(const float* images, size_t count, float* outputs) const {
  run_to(stages_.size() - 1, images, count, outputs);
}

void Plan::run_to(size_t index, const float* images, size_t count, float* outputs) const {
  const size_t output_size = stages_[index]->output().size();
  parallel_blocks(count, kGroupImages, [&](size_t begin, size_t end) {
    for (size_t first = begin; first < end; first += kGroupImages)
      run_group(index, images + first * input_.size(), std::min(kGroupImages, end - first),
                outputs + first * output_size);
  });
}

void Plan::profile(const float* images, size_t count, float* outputs, float* milliseconds) const {
  std::fill_n(milliseconds, stages_.size(), 0.0f);
  const size_t output_size = shape().size();
  for (size_t first = 0; first < count; first += kGroupImages)
    run_group(stages_.size() - 1, images + first * input_.size(), std::min(kGroupImages, count - first),
              outputs + first * output_size, milliseconds);
}

void Plan::run_group(size_t last, const float* images, size_t count, float* outputs, float* milliseconds) const {
  size_t floats = 0, words = 0;
  for (size_t i = 0; i <= last; ++i) {
    floats = std::max(floats, stages_[i]->gives_bits() ? 0 : stages_[i]->output().size());
    words = std::max(words, stages_[i]->gives_bits() ? stages_[i]->output().words() : 0);
  }
  Scratch<float> float_memory(2 * count * floats);
  Scratch<uint64_t> word_memory(2 * count * words);
  // No stage writes to its input.
  Values from = {const_cast<float*>(images), nullptr};
  for (size_t i = 0; i <= last; ++i) {
    const bool odd = i % 2 == 1;
    const Values to = {float_memory.data() + (odd ? count * floats : 0),
                       word_memory.data() + (odd ? count * words : 0)};
    if (milliseconds == nullptr) {
      stages_[i]->run(count, from, to);
    } else {
      const auto start = std::chrono::steady_clock::now();
      stages_[i]->run(count, from, to);
      milliseconds[i] += std::chrono::duration<float, std::milli>(std::chrono::steady_clock::now() - start).count();
    }
    from = to;
  }
  const ImageShape& shape = stages_[last]->output();
  if (stages_[last]->gives_bits()) return unpack(shape, count, from.words, outputs);
  std::memcpy(outputs, from.floats, count * shape.size() * sizeof(float));
}

}  // namespace signum
