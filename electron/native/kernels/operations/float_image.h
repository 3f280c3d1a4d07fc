#pragma once
// The operand of a float convolution: the images with their padding, addressed as patches by offsets.

#include <memory>
#include <vector>

#include "../core/scratch.h"
#include "conv_shape.h"

namespace signum {

/** Images with zeros around them; without padding, the images themselves. */
class FloatImage {
 public:
  FloatImage(const ConvShape& shape, const float* x);

  const float* data() const { return data_; }
  /** Where the patches of `count` output pixels from `first` start. */
  void patch_offsets(size_t first, size_t count, ptrdiff_t* offsets) const;
  /** Where each of `filter_size` elements of a patch lies, from its start. */
  void element_offsets(ptrdiff_t* offsets) const;

 private:
  ConvShape shape_;
  std::unique_ptr<Scratch<float>> padded_;
  const float* data_;
};

}  // namespace signum
