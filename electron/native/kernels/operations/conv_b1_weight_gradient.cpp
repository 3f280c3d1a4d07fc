// dw[k][o] = sum over positions p of ±dy[p][o], the sign being bit p of weight k's column of patches: a signed sum by
// lookup (bits/lookup_f32.inl), with 64 positions at a time as the rows of the tables.
//
// Work is cut by weights and output channels, never by positions, so every element is summed in one order whatever the
// thread count is: block after block of 64 positions. Output channels are cut first, because each piece of work builds
// the tables of its channels.

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

// Sums of 64 words of weights by 16 channels are 256 KiB: half of a small L2 cache.
constexpr size_t kMostSumWords = 64;
// Pieces of dw are written in rows of up to 64 channels.
constexpr size_t kMostVectors = 4;
constexpr size_t kBlockPositions = kWordBits;

/** Rows of 16 floats from `rows` rows of NHWC, with zeros past `lanes` and in the rows past `rows`. */
void gather_rows(const float* from, size_t stride, size_t rows, size_t lanes, float* to) {
  float* end = to + kLookupValueRows * kLookupLanes;
  if (lanes == kLookupLanes) {
    for (size_t r = 0; r < rows; ++r, from += stride, to += kLookupLanes)
      std::memcpy(to, from, kLookupLanes * sizeof(float));
  } else {
    for (size_t r = 0; r < rows; ++r, from += stride, to += kLookupLanes)
      std::fill(std::copy_n(from, lanes, to), to + kLookupLanes, 0.0f);
  }
  std::fill(to, end, 0.0f);
}

/** The positions along one side, from `begin` to before `end`, at which a tap reads the image. */
struct Inside {
  size_t begin, end;
};

/** `offset`: of the tap from the first one, in pixels; `side` of the image and `count` of positions. */
Inside inside(const ConvShape& shape, size_t offset, size_t side, size_t count) {
  const auto first_at = [&](size_t pixel) {
    return pixel > offset ? std::min(count, (pixel - offset + shape.stride - 1) / shape.stride) : 0;
  };
  return {first_at(shape.padding), first_at(shape.padding + side)};
}

/** Sums of dy over the positions at which a tap reads padding. */
void sum_outside(const ConvShape& shape, const float* dy, size_t tap, float* sums) {
  const size_t outputs = shape.out_channels, out_height = shape.out_height(), out_width = shape.out_width();
  const Inside rows = inside(shape, tap / shape.kernel_width * shape.dilation, shape.height, out_height);
  const Inside columns = inside(shape, tap % shape.kernel_width * shape.dilation, shape.width, out_width);
  std::fill_n(sums, outputs, 0.0f);
  for (size_t line = 0; line < shape.batch * out_height; ++line) {
    const size_t y = line % out_height;
    const bool whole_line = y < rows.begin || y >= rows.end;
    for (size_t x = 0; x < out_width; ++x) {
      if (!whole_line && x == columns.begin) x = columns.end;
      if (x >= out_width) break;
      const float* from = dy + (line * out_width + x) * outputs;
      for (size_t o = 0; o < outputs; ++o) sums[o] += from[o];
    }
  }
}

/** With padding 0 the padded bits were taken as -1: add back what they subtracted. */
void correct_zero_padding(const ConvShape& shape, const float* dy, float* dw) {
  const size_t outputs = shape.out_channels;
  ThreadPool::shared().parallel(shape.taps(), [&](size_t begin, size_t end) {
    Scratch<float> outside(outputs);
    for (size_t tap = begin; tap < end; ++tap) {
      sum_outside(shape, dy, tap, outside.data());
      float* rows = dw + tap * shape.in_channels * outputs;
      for (size_t c = 0; c < shape.in_channels; ++c)
        for (size_t o = 0; o < outputs; ++o) rows[c * outputs + o] += outside[o];
    }
  });
}

/** Which weights (in words of patches) and output channels (in vectors) one piece of work sums. */
struct Chunk {
  size_t first_word, words, first_vector, vectors;
};

/** Bits of all patches: for each block of 64 positions and each word of weights, 64 words of a bit for each position.
 */
void transpose_patches(const ConvShape& shape, const BitImage& image, uint64_t* signs) {
  const size_t patch_words = words_for(shape.filter_size());
  parallel_blocks(shape.positions(), kBlockPositions, [&](size_t begin, size_t end) {
    Scratch<uint64_t> patches(kBlockPositions * patch_words);
    for (size_t first = begin; first < end; first += kBlockPositions) {
      const size_t count = std::min(kBlockPositions, end - first);
      image.patches(first, count, patches.data());
      for (size_t w = 0; w < patch_words; ++w) {
        uint64_t* block = signs + first * patch_words + w * kWordBits;
        for (size_t i = 0; i < kWordBits; ++i) block[i] = i < count ? patches[i * patch_words + w] : 0;
        transpose_b1_64x64(block);
      }
    }
  });
}

void sum_chunk(const ConvShape& shape, const uint64_t* signs, const float* dy, const Chunk& chunk, float* dw) {
  const size_t outputs = shape.out_channels, patch_words = words_for(shape.filter_size());
  const size_t first_weight = chunk.first_word * kWordBits;
  const size_t weights = std::min(shape.filter_size(), first_weight + chunk.words * kWordBits) - first_weight;
  const KernelTable& table = kernels();
  Scratch<float> rows(kLookupValueRows * kLookupLanes);
  Scratch<float> tables(kLookupTableFloats);
  Scratch<float> sums(chunk.vectors * weights * kLookupLanes);
  const auto lanes_of = [&](size_t v) {
    return std::min(kLookupLanes, outputs - (chunk.first_vector + v) * kLookupLanes);
  };

  for (size_t first = 0; first < shape.positions(); first += kBlockPositions) {
    const size_t count = std::min(kBlockPositions, shape.positions() - first);
    const uint64_t* block = signs + first * patch_words + first_weight;
    for (size_t v = 0; v < chunk.vectors; ++v) {
      const float* dy_block = dy + first * outputs + (chunk.first_vector + v) * kLookupLanes;
      gather_rows(dy_block, outputs, count, lanes_of(v), rows.data());
      table.lookup_build_f32(rows.data(), lookup_groups_for(count), tables.data());
      table.lookup_sum_f32(block, weights, tables.data(), lookup_groups_for(count),
                           sums.data() + v * weights * kLookupLanes, first > 0);
    }
  }
  for (size_t i = 0; i < weights; ++i)
    for (size_t v = 0; v < chunk.vectors; ++v)
      std::memcpy(dw + (first_weight + i) * outputs + (chunk.first_vector + v) * kLookupLanes,
                  sums.data() + (v * weights + i) * kLookupLanes, lanes_of(v) * sizeof(float));
}

}  // namespace

void conv_b1_weight_gradient(const ConvShape& shape, PaddingValue padding, const float* x, const float* dy, float* dw) {
  if (shape.groups > 1) return grouped_b1_weight_gradient(shape, padding, x, dy, dw);
  BitImage image(shape);
  Scratch<uint64_t> image_words(image.words());
  image.use(image_words.data());
  image.pack(x, padding == PaddingValue::plus_one);

  const size_t words = words_for(shape.filter_size());
  Scratch<uint64_t> signs(round_up(shape.positions(), kBlockPositions) * words);
  transpose_patches(shape, image, signs.data());

  const size_t vectors = (shape.out_channels + kLookupLanes - 1) / kLookupLanes;
  const size_t threads = ThreadPool::shared().thread_count();
  const size_t width = std::clamp<size_t>((vectors + threads - 1) / threads, 1, kMostVectors);
  const size_t groups = (vectors + width - 1) / width;
  const size_t most_words = kMostSumWords / width;
  size_t parts = (words + most_words - 1) / most_words;
  while (groups * parts % threads != 0 && groups * parts < 4 * threads && parts < words) ++parts;

  ThreadPool::shared().parallel(groups * parts, [&](size_t begin, size_t end) {
    for (size_t item = begin; item < end; ++item) {
      const size_t part = item % parts, group = item / parts;
      const size_t first_word = words * part / parts, last_word = words * (part + 1) / parts;
      const size_t vector = group * width;
      sum_chunk(shape, signs.data(), dy,
                {first_word, last_word - first_word, vector, std::min(width, vectors - vector)}, dw);
    }
  });
  if (padding == PaddingValue::zero && shape.padding > 0) correct_zero_padding(shape, dy, dw);
}

}  // namespace signum
