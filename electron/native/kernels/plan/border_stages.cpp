#include <algorithm>

#include "../core/bits.h"
#include "stage.h"

namespace signum {
namespace {

/** Copies rows of `width` times `pixel` elements into images that `sides` enlarge. */
template <typename Element>
void place_rows(const ImageShape& input, const Sides& sides, size_t pixel, size_t images, const Element* from,
                Element* to) {
  const ImageShape output = sides.output(input);
  const size_t row = input.width * pixel;
  for (size_t n = 0; n < images; ++n)
    for (size_t y = 0; y < input.height; ++y)
      std::copy_n(from + (n * input.height + y) * row, row,
                  to + ((n * output.height + y + sides.top) * output.width + sides.left) * pixel);
}

class Border : public Stage {
 public:
  Border(const ImageShape& input, const Sides& sides, float value)
      : Stage(sides.output(input), false), input_(input), sides_(sides), value_(value) {}
  void run(size_t images, const Values& from, const Values& to) const override {
    std::fill_n(to.floats, images * output_.size(), value_);
    place_rows(input_, sides_, input_.channels, images, from.floats, to.floats);
  }

 private:
  ImageShape input_;
  Sides sides_;
  float value_;
};

class BitBorder : public Stage {
 public:
  BitBorder(const ImageShape& input, const Sides& sides, const uint8_t* ones)
      : Stage(sides.output(input), true), input_(input), sides_(sides), pixel_(words_for(input.channels)) {
    for (size_t c = 0; c < input.channels; ++c)
      pixel_[c / kWordBits] |= static_cast<uint64_t>(ones[c] != 0) << (c % kWordBits);
  }
  void run(size_t images, const Values& from, const Values& to) const override {
    for (size_t pixel = 0; pixel < images * output_.height * output_.width; ++pixel)
      std::copy(pixel_.begin(), pixel_.end(), to.words + pixel * pixel_.size());
    place_rows(input_, sides_, pixel_.size(), images, from.words, to.words);
  }

 private:
  ImageShape input_;
  Sides sides_;
  std::vector<uint64_t> pixel_;
};

}  // namespace

std::unique_ptr<Stage> border(const ImageShape& input, const Sides& sides, float value) {
  return std::make_unique<Border>(input, sides, value);
}

std::unique_ptr<Stage> bit_border(const ImageShape& input, const Sides& sides, const uint8_t* ones) {
  return std::make_unique<BitBorder>(input, sides, ones);
}

}  // namespace signum
