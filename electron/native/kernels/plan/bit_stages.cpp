#include <algorithm>

#include "../core/bits.h"
#include "../core/kernel_table.h"
#include "pool_window.h"

namespace signum {

size_t ImageShape::words() const { return height * width * words_for(channels); }

Thresholds::Thresholds(const float* from, const uint8_t* flags, size_t channels)
    : values(from, from + channels), inverted(words_for(channels)) {
  for (size_t c = 0; c < channels; ++c)
    inverted[c / kWordBits] |= static_cast<uint64_t>(flags[c] != 0) << (c % kWordBits);
}

void Thresholds::apply(const float* x, size_t rows, uint64_t* words) const {
  kernels().threshold_b1_f32(x, rows, values.size(), values.data(), inverted.data(), words);
}

void unpack(const ImageShape& shape, size_t images, const uint64_t* words, float* values) {
  const size_t pixel_words = words_for(shape.channels);
  for (size_t pixel = 0; pixel < images * shape.height * shape.width; ++pixel, words += pixel_words)
    for (size_t c = 0; c < shape.channels; ++c)
      *values++ = (words[c / kWordBits] >> (c % kWordBits) & 1) ? 1.0f : -1.0f;
}

namespace {

class Comparison : public Stage {
 public:
  Comparison(const ImageShape& shape, Thresholds thresholds) : Stage(shape, true), thresholds_(std::move(thresholds)) {}
  void run(size_t images, const Values& from, const Values& to) const override {
    thresholds_.apply(from.floats, images * output_.height * output_.width, to.words);
  }

 private:
  Thresholds thresholds_;
};

class BitPooling : public Stage {
 public:
  BitPooling(const ImageShape& input, const PoolWindow& window, const uint8_t* smallest)
      : Stage(window.output(input), true), input_(input), window_(window), smallest_(words_for(input.channels)) {
    for (size_t c = 0; c < input.channels; ++c)
      smallest_[c / kWordBits] |= static_cast<uint64_t>(smallest[c] != 0) << (c % kWordBits);
  }
  // The smallest is the largest of the opposites: flip these channels before and after.
  void run(size_t images, const Values& from, const Values& to) const override {
    const size_t words = smallest_.size();
    uint64_t* out = to.words;
    for (size_t n = 0; n < images; ++n) {
      const uint64_t* image = from.words + n * input_.words();
      for (size_t y = 0; y < output_.height; ++y)
        for (size_t x = 0; x < output_.width; ++x, out += words) {
          std::fill_n(out, words, 0);
          each_pixel(input_, window_, y, x, [&](size_t pixel) {
            for (size_t w = 0; w < words; ++w) out[w] |= image[pixel * words + w] ^ smallest_[w];
          });
          for (size_t w = 0; w < words; ++w) out[w] ^= smallest_[w];
        }
    }
  }

 private:
  ImageShape input_;
  PoolWindow window_;
  std::vector<uint64_t> smallest_;
};

class Unpacking : public Stage {
 public:
  explicit Unpacking(const ImageShape& shape) : Stage(shape, false) {}
  void run(size_t images, const Values& from, const Values& to) const override {
    unpack(output_, images, from.words, to.floats);
  }
};

}  // namespace

std::unique_ptr<Stage> comparison(const ImageShape& shape, Thresholds thresholds) {
  return std::make_unique<Comparison>(shape, std::move(thresholds));
}

std::unique_ptr<Stage> bit_pooling(const ImageShape& input, const PoolWindow& window, const uint8_t* smallest) {
  return std::make_unique<BitPooling>(input, window, smallest);
}

std::unique_ptr<Stage> unpacking(const ImageShape& shape) { return std::make_unique<Unpacking>(shape); }

}  // namespace signum
