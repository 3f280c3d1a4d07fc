// dx at a pixel = sum over taps and output channels of ±dy, the sign being the weight's: a signed sum by lookup
// (bits/lookup_f32.inl). Sixteen images lie side by side in the lanes; the tables of one output pixel hold 64 of its
// channels, and each weight row of 64 signs adds 16 images' gradients to one input element, where it belongs at once.

#include <algorithm>
#include <cstring>

#include "../core/bits.h"
#include "../core/kernel_table.h"
#include "../core/scratch.h"
#include "../core/thread_pool.h"
#include "binary_filters.h"
#include "conv_b1.h"
#include "conv_f32.h"
#include "conv_grouped.h"
#include "elementwise.h"

namespace signum {
namespace {

constexpr size_t kFewestChannels = 16;
// With fewer images most lanes would be empty, and multiplying is faster.
constexpr size_t kFewestImages = 3;

/** Which images and input channels one piece of work sums. */
struct Chunk {
  size_t first_image, images, first_channel, channels;
};

struct Gradient {
  const ConvShape& shape;
  const float* dy;
  /** Signs of the weights: for each 64 output channels, one word for each of `filter_size` weights. */
  const uint64_t* signs;
  const float* x;
  float threshold;
  float* dx;
};

/** Adds what one output pixel of 16 images contributes, for one word of output channels. */
void add_position(const Gradient& g, const Chunk& chunk, const float* tables, size_t word, size_t groups, size_t oy,
                  size_t ox, float* sums) {
  const ConvShape& s = g.shape;
  const auto lookup_sum_f32 = kernels().lookup_sum_f32;
  const uint64_t* signs = g.signs + word * s.filter_size() + chunk.first_channel;
  // Neighbouring taps of one kernel row are neighbours in the sums too, if this chunk has all channels.
  const bool whole = chunk.channels == s.in_channels && s.dilation == 1;
  const size_t steps = whole ? 1 : s.kernel_width, run = (whole ? s.kernel_width : 1) * chunk.channels;
  for (size_t ky = 0; ky < s.kernel_height; ++ky)
    for (size_t kx = 0; kx < steps; ++kx) {
      const size_t pixel = (oy * s.stride + ky * s.dilation) * s.padded_width() + ox * s.stride + kx * s.dilation;
      lookup_sum_f32(signs + (ky * s.kernel_width + kx) * s.in_channels, run, tables, groups,
                     sums + pixel * chunk.channels * kLookupLanes, true);
    }
}

/** What leaves `write_images` in one piece for each image: enough for whole pages, little enough for the L1 cache. */
constexpr size_t kRunFloats = 256;

/** One run of pixels of one image, from `values` to `dx`, with the straight-through mask. */
void write_run(const Gradient& g, const Chunk& chunk, const float* values, size_t pixels, size_t at) {
  const bool whole = chunk.channels == g.shape.in_channels;
  const size_t pieces = whole ? 1 : pixels, piece = whole ? pixels * chunk.channels : chunk.channels;
  for (size_t i = 0; i < pieces; ++i, values += piece, at += g.shape.in_channels) {
    if (g.x == nullptr)
      std::memcpy(g.dx + at, values, piece * sizeof(float));
    else
      kernels().cancel_f32(values, g.x + at, piece, g.threshold, g.dx + at);
  }
}

/**
 * From lanes of images to NHWC. By way of a buffer: images often lie a multiple of 4 KiB apart, and pixels of 16 of
 * them written at once would push each other out of the L1 cache.
 */
void write_images(const Gradient& g, const Chunk& chunk, const float* sums) {
  const ConvShape& s = g.shape;
  const size_t image_size = s.height * s.width * s.in_channels;
  const size_t most = std::max<size_t>(1, kRunFloats / chunk.channels);
  // A line of the cache between rows keeps these apart in turn.
  const size_t stride = most * chunk.channels + kLookupLanes;
  Scratch<float> runs(kLookupLanes * stride);
  for (size_t y = 0; y < s.height; ++y)
    for (size_t x = 0; x < s.width; x += most) {
      const size_t pixels = std::min(most, s.width - x);
      const size_t padded = (y + s.padding) * s.padded_width() + x + s.padding;
      kernels().transpose_f32(sums + padded * chunk.channels * kLookupLanes, pixels * chunk.channels, chunk.images,
                              kLookupLanes, runs.data(), stride);
      const size_t at = (y * s.width + x) * s.in_channels + chunk.first_channel;
      for (size_t n = 0; n < chunk.images; ++n)
        write_run(g, chunk, runs.data() + n * stride, pixels, (chunk.first_image + n) * image_size + at);
    }
}

void sum_chunk(const Gradient& g, const Chunk& chunk) {
  const ConvShape& s = g.shape;
  const KernelTable& table = kernels();
  const size_t sum_count = s.padded_height() * s.padded_width() * chunk.channels * kLookupLanes;
  Scratch<float> sums(sum_count);
  Scratch<float> rows(kLookupValueRows * kLookupLanes);
  Scratch<float> tables(kLookupTableFloats);
  std::memset(sums.data(), 0, sum_count * sizeof(float));
  const size_t dy_image = s.out_pixels() * s.out_channels;
  for (size_t word = 0; word < words_for(s.out_channels); ++word) {
    const size_t channel = word * kWordBits, channels = std::min(kWordBits, s.out_channels - channel);
    const size_t groups = lookup_groups_for(channels);
    std::memset(rows.data(), 0, kLookupValueRows * kLookupLanes * sizeof(float));
    for (size_t pixel = 0; pixel < s.out_pixels(); ++pixel) {
      const float* dy = g.dy + chunk.first_image * dy_image + pixel * s.out_channels + channel;
      table.transpose_f32(dy, chunk.images, channels, dy_image, rows.data(), kLookupLanes);
      table.lookup_build_f32(rows.data(), groups, tables.data());
      add_position(g, chunk, tables.data(), word, groups, pixel / s.out_width(), pixel % s.out_width(), sums.data());
    }
  }
  write_images(g, chunk, sums.data());
}

void multiply(const ConvShape& shape, const float* dy, const float* weights, const float* x, float threshold,
              float* dx) {
  Scratch<float> signs(shape.weight_count());
  sign_forward(weights, shape.weight_count(), signs.data());
  conv_f32_input_gradient(shape, dy, signs.data(), dx);
  if (x != nullptr) cancel_gradient(x, dx, shape.input_size(), threshold, dx);
}

}  // namespace

void conv_b1_input_gradient(const ConvShape& shape, const float* dy, const float* weights, const float* x,
                            float threshold, float* dx) {
  if (shape.groups > 1) return grouped_b1_input_gradient(shape, dy, weights, x, threshold, dx);
  if (shape.batch < kFewestImages) return multiply(shape, dy, weights, x, threshold, dx);
  const size_t k = shape.filter_size(), out_words = words_for(shape.out_channels);
  Scratch<uint64_t> rows(k * out_words);
  Scratch<uint64_t> signs(k * out_words);
  pack_weight_rows(shape, weights, rows.data());
  for (size_t word = 0; word < out_words; ++word)
    for (size_t i = 0; i < k; ++i) signs[word * k + i] = rows[i * out_words + word];

  const Gradient gradient = {shape, dy, signs.data(), x, threshold, dx};
  const size_t threads = ThreadPool::shared().thread_count();
  const size_t image_groups = (shape.batch + kLookupLanes - 1) / kLookupLanes;
  // Split the channels too where the images alone would leave threads idle.
  size_t parts = 1;
  while ((image_groups * parts) % threads != 0 && image_groups * parts < 8 * threads &&
         shape.in_channels / (parts + 1) >= kFewestChannels)
    ++parts;

  ThreadPool::shared().parallel(image_groups * parts, [&](size_t begin, size_t end) {
    for (size_t item = begin; item < end; ++item) {
      const size_t part = item % parts, image = item / parts * kLookupLanes;
      const size_t first = shape.in_channels * part / parts, last = shape.in_channels * (part + 1) / parts;
      sum_chunk(gradient, {image, std::min(kLookupLanes, shape.batch - image), first, last - first});
    }
  });
}

}  // namespace signum
