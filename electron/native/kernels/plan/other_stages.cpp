#include <algorithm>
#include <limits>

#include "../core/bits.h"
#include "../core/kernel_table.h"
#include "stage.h"

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

ImageShape PoolWindow::output(const ImageShape& input) const {
  return {(input.height + 2 * padding - kernel) / stride + 1, (input.width + 2 * padding - kernel) / stride + 1,
          input.channels};
}

namespace {

/** Calls `visit(pixel)` for each pixel of the image inside the window of output pixel (y, x). */
template <typename Visit>
void each_pixel(const ImageShape& input, const PoolWindow& window, size_t y, size_t x, const Visit& visit) {
  for (size_t ky = 0; ky < window.kernel; ++ky)
    for (size_t kx = 0; kx < window.kernel; ++kx) {
      const size_t row = y * window.stride + ky, column = x * window.stride + kx;
      if (row < window.padding || row >= input.height + window.padding) continue;
      if (column < window.padding || column >= input.width + window.padding) continue;
      visit((row - window.padding) * input.width + column - window.padding);
    }
}

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

class FloatPooling : public Stage {
 public:
  FloatPooling(const ImageShape& input, const PoolWindow& window, FloatPool kind)
      : Stage(window.output(input), false), input_(input), window_(window), kind_(kind) {}
  void run(size_t images, const Values& from, const Values& to) const override {
    const size_t channels = input_.channels;
    const bool largest = kind_ == FloatPool::largest;
    const float share = 1 / static_cast<float>(window_.kernel * window_.kernel);
    float* out = to.floats;
    for (size_t n = 0; n < images; ++n) {
      const float* image = from.floats + n * input_.size();
      for (size_t y = 0; y < output_.height; ++y)
        for (size_t x = 0; x < output_.width; ++x, out += channels) {
          std::fill_n(out, channels, largest ? -std::numeric_limits<float>::infinity() : 0.0f);
          each_pixel(input_, window_, y, x, [&](size_t pixel) {
            const float* values = image + pixel * channels;
            for (size_t c = 0; c < channels; ++c) out[c] = largest ? std::max(out[c], values[c]) : out[c] + values[c];
          });
          for (size_t c = 0; !largest && c < channels; ++c) out[c] *= share;
        }
    }
  }

 private:
  ImageShape input_;
  PoolWindow window_;
  FloatPool kind_;
};

class Affine : public Stage {
 public:
  Affine(const ImageShape& shape, std::vector<float> scale, std::vector<float> shift)
      : Stage(shape, false), scale_(std::move(scale)), shift_(std::move(shift)) {}
  void run(size_t images, const Values& from, const Values& to) const override {
    kernels().affine_f32(from.floats, images * output_.height * output_.width, output_.channels, scale_.data(),
                         shift_.data(), false, to.floats);
  }

 private:
  std::vector<float> scale_, shift_;
};

class FlattenStage : public Stage {
 public:
  explicit FlattenStage(const ImageShape& input) : Stage({1, 1, input.size()}, false) {}
  void run(size_t images, const Values& from, const Values& to) const override {
    std::copy_n(from.floats, images * output_.size(), to.floats);
  }
};

class ActivationStage : public Stage {
 public:
  ActivationStage(const ImageShape& shape, ActivationKind kind) : Stage(shape, false), kind_(kind) {}
  void run(size_t images, const Values& from, const Values& to) const override {
    const size_t count = images * output_.size();
    if (kind_ == ActivationKind::tanh) return kernels().tanh_f32(from.floats, count, to.floats);
    const float most = kind_ == ActivationKind::relu ? std::numeric_limits<float>::infinity() : 1.0f;
    const float least = kind_ == ActivationKind::relu ? 0.0f : -1.0f;
    for (size_t i = 0; i < count; ++i) to.floats[i] = std::min(std::max(from.floats[i], least), most);
  }

 private:
  ActivationKind kind_;
};

}  // namespace

std::unique_ptr<Stage> comparison(const ImageShape& shape, Thresholds thresholds) {
  return std::make_unique<Comparison>(shape, std::move(thresholds));
}

std::unique_ptr<Stage> bit_pooling(const ImageShape& input, const PoolWindow& window, const uint8_t* smallest) {
  return std::make_unique<BitPooling>(input, window, smallest);
}

std::unique_ptr<Stage> float_pooling(const ImageShape& input, const PoolWindow& window, FloatPool kind) {
  return std::make_unique<FloatPooling>(input, window, kind);
}

std::unique_ptr<Stage> affine(const ImageShape& shape, std::vector<float> scale, std::vector<float> shift) {
  return std::make_unique<Affine>(shape, std::move(scale), std::move(shift));
}

std::unique_ptr<Stage> flatten(const ImageShape& input) { return std::make_unique<FlattenStage>(input); }

std::unique_ptr<Stage> activation(const ImageShape& shape, ActivationKind kind) {
  return std::make_unique<ActivationStage>(shape, kind);
}

}  // namespace signum
