#pragma once
// A trained network as a row of stages, run image by image or in small groups that stay in the cache. Where a way
// branches off, its floats are kept until the ways meet again.

#include <memory>
#include <vector>

#include "convolution_stage.h"

namespace signum {

class Plan {
 public:
  explicit Plan(const ImageShape& input) : input_(input), here_{kImages, input, false} {}

  void add(std::unique_ptr<Stage> stage);
  void add_convolution(std::unique_ptr<ConvolutionStage> stage);
  /** These two join the stage before where that is a convolution, else become stages of their own. */
  void add_comparison(Thresholds thresholds);
  void add_affine(ChannelScale by);

  /** Sets the floats here aside; the next stage still takes them. */
  void keep();
  /** Puts what was kept last here, and keeps what is here in its place. */
  void swap();
  /** Adds a stage that takes the floats here and those kept last, which are then no longer kept. */
  void add_joining(std::unique_ptr<Stage> stage);
  /** How many are kept. */
  size_t kept_count() const { return kept_.size(); }
  /** What was kept last. */
  const ImageShape& kept() const { return kept_.back().shape; }

  /** What the next stage gets. */
  const ImageShape& shape() const { return here_.shape; }
  bool bits() const { return here_.bits; }
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
  size_t stage_count() const { return steps_.size(); }
  const Stage& stage(size_t index) const { return *steps_[index].stage; }

 private:
  /** Instead of a slot: the images themselves, or nothing. */
  static constexpr size_t kImages = SIZE_MAX, kNothing = SIZE_MAX - 1;

  /** Values and where they lie. */
  struct Place {
    size_t slot;
    ImageShape shape;
    bool bits;
  };
  struct Step {
    std::unique_ptr<Stage> stage;
    /** Slots. */
    size_t from, kept, to;
  };

  void add_step(std::unique_ptr<Stage> stage, size_t kept);
  /** The first slot whose values nobody will read again. */
  size_t free_slot(size_t kept) const;
  /** `milliseconds`: null, or what each stage took is added to it. */
  void run_group(size_t last, const float* images, size_t count, float* outputs, float* milliseconds = nullptr) const;

  ImageShape input_;
  Place here_;
  std::vector<Place> kept_;
  std::vector<Step> steps_;
  /** Bytes that each slot holds for one image. */
  std::vector<size_t> slot_bytes_;
  /** The convolution that a comparison or a normalisation can still join. */
  ConvolutionStage* open_ = nullptr;
};

}  // namespace signum
