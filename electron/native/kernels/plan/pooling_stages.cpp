#include <algorithm>
#include <limits>

#include "../operations/conv_f32.h"
#include "pool_window.h"

namespace signum {

ImageShape PoolWindow::output(const ImageShape& input) const {
  return {(input.height + 2 * padding - kernel) / stride + 1, (input.width + 2 * padding - kernel) / stride + 1,
          input.channels};
}

namespace {

class FloatPooling : public Stage {
 public:
  FloatPooling(const ImageShape& input, const PoolWindow& window, FloatPool kind)
      : Stage(window.output(input), false), input_(input), window_(window), kind_(kind) {}
  void run(size_t images, const Values& from, const Values& to) const override {
    const size_t channels = input_.channels;
    const bool largest = kind_ == FloatPool::largest;
    const float pixels = static_cast<float>(window_.kernel * window_.kernel);
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
          // Divided, not multiplied by the share, as in training: a ninth is no float.
          for (size_t c = 0; !largest && c < channels; ++c) out[c] /= pixels;
        }
    }
  }

 private:
  ImageShape input_;
  PoolWindow window_;
  FloatPool kind_;
};

class GlobalMean : public Stage {
 public:
  explicit GlobalMean(const ImageShape& input) : Stage({1, 1, input.channels}, false), input_(input) {}
  // Summed as operations/native/global-pooling.ts does, so that both have the same bits.
  void run(size_t images, const Values& from, const Values& to) const override {
    const size_t pixels = input_.height * input_.width, channels = input_.channels;
    for (size_t n = 0; n < images; ++n) {
      float* mean = to.floats + n * channels;
      bias_gradient(from.floats + n * input_.size(), pixels, channels, mean);
      for (size_t c = 0; c < channels; ++c) mean[c] /= static_cast<float>(pixels);
    }
  }

 private:
  ImageShape input_;
};

}  // namespace

std::unique_ptr<Stage> float_pooling(const ImageShape& input, const PoolWindow& window, FloatPool kind) {
  return std::make_unique<FloatPooling>(input, window, kind);
}

std::unique_ptr<Stage> global_mean(const ImageShape& input) { return std::make_unique<GlobalMean>(input); }

}  // namespace signum
