#include <algorithm>

#include "../bits/transpose_b1.h"
#include "../core/kernel_table.h"
#include "../core/scratch.h"
#include "../core/thread_pool.h"
#include "binary_filters.h"
#include "bit_image.h"
#include "conv_b1.h"
#include "conv_grouped.h"

namespace signum {
namespace {

// A block of patches and its outputs stay in the L1 and L2 caches; divisible by the row tiles of all kernels.
constexpr size_t kBlockPositions = 48;

}  // namespace

void conv_b1_forward(const ConvShape& shape, PaddingValue padding, const float* x, const float* weights,
                     const float* bias, float* y) {
  if (shape.groups > 1) return grouped_b1_forward(shape, padding, x, weights, bias, y);
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
