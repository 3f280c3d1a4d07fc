#include "bit_image.h"

#include <cstring>

#include "../bits/bit_stream.h"
#include "../core/kernel_table.h"
#include "../core/scratch.h"
#include "../core/thread_pool.h"

namespace signum {

// One word more than needed: a run of bits may be read one word past its end.
BitImage::BitImage(const ConvShape& shape)
    : shape_(shape), stride_words_(words_for(shape.padded_width() * shape.in_channels) + 1) {}

void BitImage::fill_padding_rows(size_t image, bool padding_bit) {
  for (size_t y = 0; y < shape_.padded_height(); ++y) {
    if (y >= shape_.padding && y < shape_.padding + shape_.height) continue;
    uint64_t* to = const_cast<uint64_t*>(row(image, y));
    std::memset(to, 0, stride_words_ * sizeof(uint64_t));
    BitWriter writer(to);
    writer.fill(padding_bit, shape_.padded_width() * shape_.in_channels);
    writer.finish();
  }
}

void BitImage::pack(const float* values, bool padding_bit) {
  const size_t row_bits = shape_.width * shape_.in_channels;
  const size_t edge_bits = shape_.padding * shape_.in_channels;
  const auto pack_b1_f32 = kernels().pack_b1_f32;
  ThreadPool::shared().parallel(shape_.batch * shape_.height, [&](size_t begin, size_t end) {
    Scratch<uint64_t> signs(words_for(row_bits) + 1);
    for (size_t index = begin; index < end; ++index) {
      const size_t image = index / shape_.height, y = index % shape_.height;
      if (y == 0) fill_padding_rows(image, padding_bit);
      uint64_t* to = const_cast<uint64_t*>(row(image, y + shape_.padding));
      if (edge_bits == 0) {
        pack_b1_f32(values + index * row_bits, row_bits, to);
        to[words_for(row_bits)] = 0;
        continue;
      }
      pack_b1_f32(values + index * row_bits, row_bits, signs.data());
      signs[words_for(row_bits)] = 0;
      to[stride_words_ - 1] = 0;
      BitWriter writer(to);
      writer.fill(padding_bit, edge_bits);
      writer.append(signs.data(), 0, row_bits);
      writer.fill(padding_bit, edge_bits);
      writer.finish();
    }
  });
}

void BitImage::gather(const uint64_t* pixels, bool padding_bit) {
  const size_t pixel_words = words_for(shape_.in_channels);
  const size_t edge_bits = shape_.padding * shape_.in_channels;
  const bool aligned = shape_.in_channels % kWordBits == 0;
  for (size_t index = 0; index < shape_.batch * shape_.height; ++index) {
    const size_t image = index / shape_.height, y = index % shape_.height;
    if (y == 0) fill_padding_rows(image, padding_bit);
    const uint64_t* from = pixels + index * shape_.width * pixel_words;
    uint64_t* to = const_cast<uint64_t*>(row(image, y + shape_.padding));
    to[stride_words_ - 1] = 0;
    if (aligned && edge_bits == 0) {
      std::memcpy(to, from, shape_.width * pixel_words * sizeof(uint64_t));
      continue;
    }
    BitWriter writer(to);
    writer.fill(padding_bit, edge_bits);
    // Each pixel starts at a word, so no read goes past its last one.
    for (size_t x = 0; x < shape_.width; ++x) writer.append(from + x * pixel_words, 0, shape_.in_channels);
    writer.fill(padding_bit, edge_bits);
    writer.finish();
  }
}

void BitImage::patches(size_t first, size_t count, uint64_t* rows) const {
  const size_t words = words_for(shape_.filter_size());
  const size_t channels = shape_.in_channels;
  const bool runs = shape_.dilation == 1;
  const size_t run_bits = (runs ? shape_.kernel_width : 1) * channels;
  const size_t run_count = runs ? 1 : shape_.kernel_width;
  const bool aligned = channels % kWordBits == 0;
  PositionWalk walk(shape_, first);
  for (size_t i = 0; i < count; ++i, ++walk, rows += words) {
    const Position& at = *walk;
    BitWriter writer(rows);
    uint64_t* next = rows;
    for (size_t ky = 0; ky < shape_.kernel_height; ++ky) {
      const uint64_t* from = row(at.image, at.y * shape_.stride + ky * shape_.dilation);
      for (size_t run = 0; run < run_count; ++run) {
        const size_t bit = (at.x * shape_.stride + run * shape_.dilation) * channels;
        if (!aligned) {
          writer.append(from, bit, run_bits);
          continue;
        }
        std::memcpy(next, from + bit / kWordBits, run_bits / 8);
        next += run_bits / kWordBits;
      }
    }
    writer.finish();
  }
}

}  // namespace signum
