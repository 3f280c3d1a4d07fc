#pragma once
// Images as rows of bits without gaps: the channels of neighbouring pixels touch, so that a kernel row is one run of
// kernel_width · channels bits whatever the channel count is, and nothing is lost to rounding up each pixel.

#include <cstdint>

#include "../core/bits.h"
#include "conv_shape.h"

namespace signum {

/** Bits of a batch with its padding: `rows` rows of `padded_width · channels` bits. */
class BitImage {
 public:
  explicit BitImage(const ConvShape& shape);

  /** Words that `data` must hold. */
  size_t words() const { return shape_.batch * shape_.padded_height() * stride_words_; }
  void use(uint64_t* data) { data_ = data; }

  /** Signs of NHWC floats. `padding_bit` fills the padding. */
  void pack(const float* values, bool padding_bit);
  /** Bits of NHWC pixels, each at a word of its own. */
  void gather(const uint64_t* pixels, bool padding_bit);

  /** Patches of `count` output pixels from `first`, each `words_for(filter_size)` words. */
  void patches(size_t first, size_t count, uint64_t* rows) const;

 private:
  const uint64_t* row(size_t image, size_t y) const {
    return data_ + (image * shape_.padded_height() + y) * stride_words_;
  }
  void fill_padding_rows(size_t image, bool padding_bit);

  ConvShape shape_;
  size_t stride_words_;
  uint64_t* data_ = nullptr;
};

}  // namespace signum
