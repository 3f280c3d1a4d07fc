#pragma once
// Convolutions, and what is done to their sums before these leave the cache.

#include "stage.h"

namespace signum {

/**
 * A stage whose sums can go straight into a comparison or a batch normalisation. Larq Compute Engine's binary
 * convolution has the same two ways out: bits where nothing but a sign reads the sums, and floats times a multiplier
 * plus a bias where a shortcut does (bitpack_activations_patterns.td, optimize_patterns_common.td).
 */
class ConvolutionStage : public Stage {
 public:
  explicit ConvolutionStage(const ConvShape& shape)
      : Stage({shape.out_height(), shape.out_width(), shape.out_channels}, false) {}
  void compare(Thresholds thresholds) {
    thresholds_ = std::make_unique<Thresholds>(std::move(thresholds));
    bits_ = true;
  }
  void normalise(ChannelScale by) { normalisation_ = std::make_unique<ChannelScale>(std::move(by)); }

 protected:
  bool changes_sums() const { return thresholds_ != nullptr || normalisation_ != nullptr; }
  /** What is to become of `rows` rows of sums that lie at `sums` and belong to the output pixels from `first` on. */
  void finish(float* sums, size_t first, size_t rows, const Values& to) const;

 private:
  std::unique_ptr<Thresholds> thresholds_;
  std::unique_ptr<ChannelScale> normalisation_;
};

/** Sums of so many positions wait for what follows in the L1 cache. */
constexpr size_t kPlanBlockPositions = 48;

inline ConvShape with_batch(ConvShape shape, size_t images) {
  shape.batch = images;
  return shape;
}

/** `bias` may be empty. */
std::unique_ptr<ConvolutionStage> float_convolution(const ConvShape& shape, std::vector<float> weights,
                                                    std::vector<float> bias);
/** `filters`: `out_channels` rows of `words_for(filter_size)` words. `bias` may be empty. */
std::unique_ptr<ConvolutionStage> binary_convolution(const ConvShape& shape, PaddingValue padding,
                                                     const std::vector<uint64_t>& filters, std::vector<float> bias);

}  // namespace signum
