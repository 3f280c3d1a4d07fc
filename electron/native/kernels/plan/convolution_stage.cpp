#include "convolution_stage.h"

#include "../core/bits.h"
#include "../core/kernel_table.h"

namespace signum {

void ChannelScale::apply(const float* x, size_t rows, float* y) const {
  kernels().affine_f32(x, rows, scale.size(), scale.data(), shift.data(), false, y);
}

void ConvolutionStage::finish(float* sums, size_t first, size_t rows, const Values& to) const {
  if (normalisation_ != nullptr) normalisation_->apply(sums, rows, sums);
  if (thresholds_ != nullptr) thresholds_->apply(sums, rows, to.words + first * words_for(output_.channels));
}

}  // namespace signum
