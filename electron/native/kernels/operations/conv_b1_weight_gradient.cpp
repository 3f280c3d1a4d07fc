// dw[k][o] = sum over positions p of ±dy[p][o], the sign being bit p of weight k's column of patches: a signed sum by
// lookup (bits/lookup_f32.inl), with 64 positions at a time as the rows of the tables.
//
// Work is cut by weights and output channels, never by positions, so every element is summed in one order whatever the
// thread count is.

#include <algorithm>
#include <cstring>

#include "../bits/transpose_b1.h"
#include "../core/kernel_table.h"
#include "../core/scratch.h"
#include "../core/thread_pool.h"
#include "bit_image.h"
#include "conv_b1.h"
#include "conv_grouped.h"

namespace signum {
namespace {

// Sums of 16 words of weights by 64 channels are 256 KiB: half of a small L2 cache.
constexpr size_t kMostChunkWords = 16;
constexpr size_t kGroupChannels = 64;
constexpr size_t kBlockPositions = kWordBits;

/** Rows of 16 floats from NHWC rows; what lies outside is zero. */
void gather_rows(const float* from, size_t stride, size_t rows, size_t lanes, float* to) {
  std::memset(to, 0, kWordBits * kLookupLanes * sizeof(float));
  for (size_t r = 0; r < rows; ++r) std::memcpy(to + r * kLookupLanes, from + r * stride, lanes * sizeof(float));
}

/** With padding 0 the padded bits were taken as -1: add back what they subtracted. */
void correct_zero_padding(const ConvShape& shape, const float* dy, float* dw) {
  const size_t outputs = shape.out_channels;
  Scratch<float> outside(shape.taps() * outputs);
  std::fill_n(outside.data(), shape.taps() * outputs, 0.0f);
  for (size_t p = 0; p < shape.positions(); ++p) {
    const Position at = position_of(shape, p);
    for (size_t tap = 0; tap < shape.taps(); ++tap) {
      if (tap_inside(shape, at, tap / shape.kernel_width, tap % shape.kernel_width)) continue;
      for (size_t o = 0; o < outputs; ++o) outside[tap * outputs + o] += dy[p * outputs + o];
    }
  }
  for (size_t k = 0; k < shape.filter_size(); ++k) {
    const float* row = outside.data() + k / shape.in_channels * outputs;
    for (size_t o = 0; o < outputs; ++o) dw[k * outputs + o] += row[o];
  }
}

/** Which weights (in words of patches) and output channels one piece of work sums. */
struct Chunk {
  size_t first_word, words, first_channel, channels;
};

void sum_chunk(const ConvShape& shape, const BitImage& image, const float* dy, const Chunk& chunk, float* dw) {
  const size_t outputs = shape.out_channels, k = shape.filter_size(), patch_words = words_for(k);
  const size_t first_weight = chunk.first_word * kWordBits;
  const size_t weights = std::min(k, first_weight + chunk.words * kWordBits) - first_weight;
  const size_t vectors = (chunk.channels + kLookupLanes - 1) / kLookupLanes;
  const KernelTable& table = kernels();
  Scratch<uint64_t> patches(kBlockPositions * patch_words);
  Scratch<uint64_t> signs(chunk.words * kWordBits);
  Scratch<float> rows(kWordBits * kLookupLanes);
  Scratch<float> tables(kLookupTableFloats);
  Scratch<float> sums(vectors * weights * kLookupLanes);

  for (size_t first = 0; first < shape.positions(); first += kBlockPositions) {
    const size_t count = std::min(kBlockPositions, shape.positions() - first);
    image.patches(first, count, patches.data());
    for (size_t w = 0; w < chunk.words; ++w) {
      uint64_t* block = signs.data() + w * kWordBits;
      for (size_t i = 0; i < kWordBits; ++i) block[i] = i < count ? patches[i * patch_words + chunk.first_word + w] : 0;
      transpose_b1_64x64(block);
    }
    const size_t groups = (count + kLookupGroupBits - 1) / kLookupGroupBits;
    for (size_t v = 0; v < vectors; ++v) {
      const size_t channel = chunk.first_channel + v * kLookupLanes;
      const size_t lanes = std::min(kLookupLanes, outputs - channel);
      gather_rows(dy + first * outputs + channel, outputs, count, lanes, rows.data());
      table.lookup_build_f32(rows.data(), tables.data());
      table.lookup_sum_f32(signs.data(), weights, tables.data(), groups, sums.data() + v * weights * kLookupLanes,
                           first > 0);
    }
  }
  for (size_t v = 0; v < vectors; ++v) {
    const size_t channel = chunk.first_channel + v * kLookupLanes;
    const size_t lanes = std::min(kLookupLanes, outputs - channel);
    const float* from = sums.data() + v * weights * kLookupLanes;
    for (size_t i = 0; i < weights; ++i)
      std::memcpy(dw + (first_weight + i) * outputs + channel, from + i * kLookupLanes, lanes * sizeof(float));
  }
}

}  // namespace

void conv_b1_weight_gradient(const ConvShape& shape, PaddingValue padding, const float* x, const float* dy, float* dw) {
  if (shape.groups > 1) return grouped_b1_weight_gradient(shape, padding, x, dy, dw);
  BitImage image(shape);
  Scratch<uint64_t> image_words(image.words());
  image.use(image_words.data());
  image.pack(x, padding == PaddingValue::plus_one);

  const size_t words = words_for(shape.filter_size()), threads = ThreadPool::shared().thread_count();
  const size_t groups = (shape.out_channels + kGroupChannels - 1) / kGroupChannels;
  size_t chunks = (words + kMostChunkWords - 1) / kMostChunkWords;
  if (groups * chunks < 4 * threads) chunks = std::min(words, round_up(chunks, threads));

  ThreadPool::shared().parallel(groups * chunks, [&](size_t begin, size_t end) {
    for (size_t item = begin; item < end; ++item) {
      const size_t part = item % chunks, group = item / chunks;
      const size_t first_word = words * part / chunks, last_word = words * (part + 1) / chunks;
      const size_t channel = group * kGroupChannels;
      const Chunk chunk = {first_word, last_word - first_word, channel,
                           std::min(kGroupChannels, shape.out_channels - channel)};
      sum_chunk(shape, image, dy, chunk, dw);
    }
  });
  if (padding == PaddingValue::zero && shape.padding > 0) correct_zero_padding(shape, dy, dw);
}

}  // namespace signum
