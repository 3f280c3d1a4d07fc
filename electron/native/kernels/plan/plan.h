#pragma once
// A trained network as a row of stages, run image by image or in small groups that stay in the cache.

#include <memory>
#include <vector>

#include "stage.h"

namespace signum {

class Plan {
 public:
  explicit Plan(const ImageShape& input) : input_(input) {}

  void add(std::unique_ptr<Stage> stage);
  /** Joins the stage before where that is a convolution, else becomes a stage of its own. */
  void add_comparison(Thresholds thresholds);

  /** What the next stage gets. */
  const ImageShape& shape() const { return stages_.empty() ? input_ : stages_.back()->output(); }
  bool bits() const { return !stages_.empty() && stages_.back()->gives_bits(); }
  const ImageShape& input() const { return input_; }

  /** `images`: NHWC floats. `outputs`: `count · shape().size()` floats. The last stage must give floats. */
  void run(const float* images, size_t count, float* outputs) const;
  /**
   * The values after stage `index` as floats, bits as +1 and -1, for tests and for looking inside.
   * `outputs` holds `count · stage(index).output().size()`.
   */
  void run_to(size_t index, const float* images, size_t count, float* outputs) const;
  /** As `run`, on the calling thread alone; sets `milliseconds` to what each of the `stage_count()` stages took. */
  void profile(const float* images, size_t count, float* outputs, float* milliseconds) const;
  size_t stage_count() const { return stages_.size(); }
  const Stage& stage(size_t index) const { return *stages_[index]; }

 private:
  /** `milliseconds`: null, or what each stage took is added to it. */
  void run_group(size_t last, const float* images, size_t count, float* outputs, float* milliseconds = nullptr) const;

  ImageShape input_;
  std::vector<std::unique_ptr<Stage>> stages_;
  /** The convolution that a comparison can still join. */
  ConvolutionStage* open_ = nullptr;
};

}  // namespace signum
