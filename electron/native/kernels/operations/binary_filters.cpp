#include "binary_filters.h"

#include "../bits/bit_stream.h"
#include "../bits/transpose_b1.h"
#include "../core/kernel_table.h"
#include "../core/thread_pool.h"

namespace signum {

FilterPanels::FilterPanels(const ConvShape& shape) : shape_(shape) {}

size_t FilterPanels::bytes() const { return kernels().gemm_b1_panel_bytes(shape_.out_channels, shape_.filter_size()); }

void FilterPanels::pack(const float* weights, void* panels) const {
  const size_t out_words = words_for(shape_.out_channels), words = words_for(shape_.filter_size());
  Scratch<uint64_t> by_weight(shape_.filter_size() * out_words);
  Scratch<uint64_t> by_filter(shape_.out_channels * words);
  pack_weight_rows(shape_, weights, by_weight.data());
  transpose_b1(by_weight.data(), shape_.filter_size(), shape_.out_channels, out_words, by_filter.data(), words);
  pack(by_filter.data(), panels);
}

void FilterPanels::pack(const uint64_t* rows, void* panels) const {
  kernels().gemm_b1_pack(rows, words_for(shape_.filter_size()), shape_.out_channels, shape_.filter_size(), panels);
}

void pack_weight_rows(const ConvShape& shape, const float* weights, uint64_t* rows) {
  const size_t out_words = words_for(shape.out_channels);
  const auto pack_b1_f32 = kernels().pack_b1_f32;
  parallel_blocks(shape.filter_size(), 256, [&](size_t begin, size_t end) {
    for (size_t k = begin; k < end; ++k)
      pack_b1_f32(weights + k * shape.out_channels, shape.out_channels, rows + k * out_words);
  });
}

void sum_taps(const ConvShape& shape, const uint64_t* filters, float* sums) {
  const size_t words = words_for(shape.filter_size());
  for (size_t filter = 0; filter < shape.out_channels; ++filter)
    for (size_t tap = 0; tap < shape.taps(); ++tap) {
      const size_t first = tap * shape.in_channels;
      long sum = 0;
      for (size_t bit = first; bit < first + shape.in_channels; ++bit)
        sum += (filters[filter * words + bit / kWordBits] >> (bit % kWordBits) & 1) ? 1 : -1;
      sums[tap * shape.out_channels + filter] = static_cast<float>(sum);
    }
}

/**
 * With padding 0 the padded bits were taken as -1, so each product with them came out as minus the weight: add the
 * weights of the taps that lie outside.
 */
void correct_zero_padding(const ConvShape& shape, const float* tap_sums, size_t first, size_t count, float* y) {
  for (size_t i = 0; i < count; ++i) {
    const Position at = position_of(shape, first + i);
    float* out = y + i * shape.out_channels;
    for (size_t tap = 0; tap < shape.taps(); ++tap) {
      if (tap_inside(shape, at, tap / shape.kernel_width, tap % shape.kernel_width)) continue;
      const float* sums = tap_sums + tap * shape.out_channels;
      for (size_t o = 0; o < shape.out_channels; ++o) out[o] += sums[o];
    }
  }
}

void add_bias(const float* bias, size_t rows, size_t channels, float* y) {
  for (size_t r = 0; r < rows; ++r)
    for (size_t c = 0; c < channels; ++c) y[r * channels + c] += bias[c];
}

}  // namespace signum
