#include <algorithm>
#include <limits>

#include "../core/kernel_table.h"
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

class Border : public Stage {
 public:
  Border(const ImageShape& input, size_t size, float value)
      : Stage({input.height + 2 * size, input.width + 2 * size, input.channels}, false),
        input_(input),
        size_(size),
        value_(value) {}
  void run(size_t images, const Values& from, const Values& to) const override {
    const size_t row = input_.width * input_.channels, channels = input_.channels;
    std::fill_n(to.floats, images * output_.size(), value_);
    for (size_t n = 0; n < images; ++n)
      for (size_t y = 0; y < input_.height; ++y)
        std::copy_n(from.floats + (n * input_.height + y) * row, row,
                    to.floats + ((n * output_.height + y + size_) * output_.width + size_) * channels);
  }

 private:
  ImageShape input_;
  size_t size_;
  float value_;
};

}  // namespace

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

std::unique_ptr<Stage> border(const ImageShape& input, size_t size, float value) {
  return std::make_unique<Border>(input, size, value);
}

}  // namespace signum
