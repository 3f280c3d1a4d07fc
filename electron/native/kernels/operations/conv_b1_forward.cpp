#include <algorithm>

#include "../bits/transpose_b1.h"
#include "../core/kernel_table.h"
#include "../core/scratch.h"
#include "../core/thread_pool.h"
#include "binary_filters.h"
#include "bit_image.h"
#include "conv_b1.h"

namespace signum {
namespace {

// A block of patches and its outputs stay in the L1 and L2 caches; divisible by the row tiles of all kernels.
constexpr size_t kBlockPositions = 48;

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

}  // namespace

void conv_b1_forward(const ConvShape& shape, PaddingValue padding, const float* x, const float* weights,
                     const float* bias, float* y) {
  const size_t k = shape.filter_size(), words = words_for(k), outputs = shape.out_channels;
  BitImage image(shape);
  Scratch<uint64_t> image_words(image.words());
  image.use(image_words.data());
  image.pack(x, padding == PaddingValue::plus_one);

  Scratch<uint64_t> by_weight(k * words_for(outputs));
  Scratch<uint64_t> filters(outputs * words);
  pack_weight_rows(shape, weights, by_weight.data());
  transpose_b1(by_weight.data(), k, outputs, words_for(outputs), filters.data(), words);
  const FilterPanels panels(shape);
  Scratch<unsigned char> panel_bytes(panels.bytes());
  panels.pack(filters.data(), panel_bytes.data());

  const bool correct = padding == PaddingValue::zero && shape.padding > 0;
  Scratch<float> tap_sums(shape.taps() * outputs);
  if (correct) sum_taps(shape, filters.data(), tap_sums.data());

  const auto gemm_b1 = kernels().gemm_b1;
  parallel_blocks(shape.positions(), kBlockPositions, [&](size_t begin, size_t end) {
    Scratch<uint64_t> patches(kBlockPositions * words);
    for (size_t first = begin; first < end; first += kBlockPositions) {
      const size_t count = std::min(kBlockPositions, end - first);
      float* out = y + first * outputs;
      image.patches(first, count, patches.data());
      gemm_b1(patches.data(), words, count, panel_bytes.data(), outputs, k, out, outputs);
      if (correct) correct_zero_padding(shape, tap_sums.data(), first, count, out);
      if (bias != nullptr) add_bias(bias, count, outputs, out);
    }
  });
}

}  // namespace signum
