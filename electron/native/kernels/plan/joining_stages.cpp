#include <algorithm>

#include "stage.h"

namespace signum {
namespace {

class Sum : public Stage {
 public:
  explicit Sum(const ImageShape& shape) : Stage(shape, false) {}
  void run(size_t images, const Values& from, const Values& to) const override {
    const size_t count = images * output_.size();
    // Pointers of its own, because node-gyp compiles without strict aliasing: a float might be part of `to`.
    const float *here = from.floats, *kept = from.kept;
    float* sums = to.floats;
    for (size_t i = 0; i < count; ++i) sums[i] = here[i] + kept[i];
  }
};

class Concatenation : public Stage {
 public:
  Concatenation(const ImageShape& here, const ImageShape& kept)
      : Stage({here.height, here.width, here.channels + kept.channels}, false), here_(here.channels) {}
  void run(size_t images, const Values& from, const Values& to) const override {
    const size_t kept = output_.channels - here_;
    float* out = to.floats;
    for (size_t pixel = 0; pixel < images * output_.height * output_.width; ++pixel) {
      out = std::copy_n(from.floats + pixel * here_, here_, out);
      out = std::copy_n(from.kept + pixel * kept, kept, out);
    }
  }

 private:
  size_t here_;
};

}  // namespace

std::unique_ptr<Stage> sum(const ImageShape& shape) { return std::make_unique<Sum>(shape); }

std::unique_ptr<Stage> concatenation(const ImageShape& here, const ImageShape& kept) {
  return std::make_unique<Concatenation>(here, kept);
}

}  // namespace signum
