#include <algorithm>
#include <limits>

#include "../core/kernel_table.h"
#include "stage.h"

namespace signum {
namespace {

class Affine : public Stage {
 public:
  Affine(const ImageShape& shape, ChannelScale by) : Stage(shape, false), by_(std::move(by)) {}
  void run(size_t images, const Values& from, const Values& to) const override {
    by_.apply(from.floats, images * output_.height * output_.width, to.floats);
  }

 private:
  ChannelScale by_;
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
    const float* x = from.floats;
    float* y = to.floats;
    for (size_t i = 0; i < count; ++i) y[i] = std::min(std::max(x[i], least), most);
  }

 private:
  ActivationKind kind_;
};

class RectifierStage : public Stage {
 public:
  RectifierStage(const ImageShape& shape, std::vector<float> before, std::vector<float> slope, std::vector<float> after)
      : Stage(shape, false), before_(std::move(before)), slope_(std::move(slope)), after_(std::move(after)) {}
  void run(size_t images, const Values& from, const Values& to) const override {
    kernels().rectifier_f32(from.floats, images * output_.height * output_.width, output_.channels,
                            {before_.data(), slope_.data(), after_.data()}, to.floats);
  }

 private:
  std::vector<float> before_, slope_, after_;
};

}  // namespace

std::unique_ptr<Stage> affine(const ImageShape& shape, ChannelScale by) {
  return std::make_unique<Affine>(shape, std::move(by));
}

std::unique_ptr<Stage> flatten(const ImageShape& input) { return std::make_unique<FlattenStage>(input); }

std::unique_ptr<Stage> activation(const ImageShape& shape, ActivationKind kind) {
  return std::make_unique<ActivationStage>(shape, kind);
}

std::unique_ptr<Stage> rectifier(const ImageShape& shape, std::vector<float> before, std::vector<float> slope,
                                 std::vector<float> after) {
  return std::make_unique<RectifierStage>(shape, std::move(before), std::move(slope), std::move(after));
}

}  // namespace signum
