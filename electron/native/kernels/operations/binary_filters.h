#pragma once
// The signs of a layer's weights in the orders in which forward and backward want them.

#include <cstdint>

#include "../core/scratch.h"
#include "conv_shape.h"

namespace signum {

/** Filters for `gemm_b1`: `out_channels` rows of `filter_size` bits, then packed into panels. */
class FilterPanels {
 public:
  explicit FilterPanels(const ConvShape& shape);
  size_t bytes() const;
  /** From HWIO floats; `panels` holds `bytes()` at an address divisible by 64. */
  void pack(const float* weights, void* panels) const;
  /** From `out_channels` rows of bits. */
  void pack(const uint64_t* rows, void* panels) const;

 private:
  ConvShape shape_;
};

/** Signs of HWIO floats, `out_channels` bits for each of `filter_size` weights: `words_for(out_channels)` words a row.
 */
void pack_weight_rows(const ConvShape& shape, const float* weights, uint64_t* rows);

/** Sum of each filter's weights at each tap: `taps` rows of `out_channels`. */
void sum_taps(const ConvShape& shape, const uint64_t* filters, float* sums);

/**
 * Adds to `count` output pixels from `first` what padding with 0 instead of -1 makes. `tap_sums` is by `sum_taps`.
 */
void correct_zero_padding(const ConvShape& shape, const float* tap_sums, size_t first, size_t count, float* y);

void add_bias(const float* bias, size_t rows, size_t channels, float* y);

}  // namespace signum
