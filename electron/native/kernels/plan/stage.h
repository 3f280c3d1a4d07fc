#pragma once
// One step of a plan: from the values of a few images to the next ones. Bits are NHWC pixels, each at a word of its
// own; floats are NHWC.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "../operations/conv_b1.h"
#include "../operations/conv_shape.h"

namespace signum {

struct ImageShape {
  size_t height, width, channels;
  size_t size() const { return height * width * channels; }
  size_t words() const;
};

/** What flows between two stages; one of the two is used. */
struct Values {
  float* floats;
  uint64_t* words;
};

class Stage {
 public:
  Stage(ImageShape output, bool bits) : output_(output), bits_(bits) {}
  virtual ~Stage() = default;
  /** Runs on the calling thread; `to` has room for `images` outputs. */
  virtual void run(size_t images, const Values& from, const Values& to) const = 0;
  const ImageShape& output() const { return output_; }
  bool gives_bits() const { return bits_; }

 protected:
  ImageShape output_;
  bool bits_;
};

/** A comparison a channel: bit = (x >= value) != inverted. */
struct Thresholds {
  Thresholds(const float* values, const uint8_t* inverted, size_t channels);
  void apply(const float* x, size_t rows, uint64_t* words) const;
  std::vector<float> values;
  std::vector<uint64_t> inverted;
};

/** A stage whose sums can go straight into a comparison, without leaving the cache as floats. */
class ConvolutionStage : public Stage {
 public:
  using Stage::Stage;
  void compare(Thresholds thresholds) {
    thresholds_ = std::make_unique<Thresholds>(std::move(thresholds));
    bits_ = true;
  }

 protected:
  std::unique_ptr<Thresholds> thresholds_;
};

struct PoolWindow {
  size_t kernel, stride, padding;
  /** A padded pixel counts as less than any value. */
  ImageShape output(const ImageShape& input) const;
};

enum class FloatPool { largest, mean };
enum class ActivationKind { tanh, relu, hardtanh };

/** `bias` may be empty. */
std::unique_ptr<ConvolutionStage> float_convolution(const ConvShape& shape, std::vector<float> weights,
                                                    std::vector<float> bias);
/** `filters`: `out_channels` rows of `words_for(filter_size)` words. `bias` may be empty. */
std::unique_ptr<ConvolutionStage> binary_convolution(const ConvShape& shape, PaddingValue padding,
                                                     const std::vector<uint64_t>& filters, std::vector<float> bias);
std::unique_ptr<Stage> comparison(const ImageShape& shape, Thresholds thresholds);
/** The largest of each window of bits, or the smallest for channels where `smallest` is set. */
std::unique_ptr<Stage> bit_pooling(const ImageShape& input, const PoolWindow& window, const uint8_t* smallest);
std::unique_ptr<Stage> float_pooling(const ImageShape& input, const PoolWindow& window, FloatPool kind);
/** y = x · scale + shift by channel, rounded once. */
std::unique_ptr<Stage> affine(const ImageShape& shape, std::vector<float> scale, std::vector<float> shift);
/** The floats of an image as the channels of one pixel. */
std::unique_ptr<Stage> flatten(const ImageShape& input);
std::unique_ptr<Stage> activation(const ImageShape& shape, ActivationKind kind);
/** `size` pixels of `value` around every image of floats. */
std::unique_ptr<Stage> border(const ImageShape& input, size_t size, float value);
/** From bits to the floats +1 and -1. */
std::unique_ptr<Stage> unpacking(const ImageShape& shape);
/** The same, into `images · shape.size()` values. */
void unpack(const ImageShape& shape, size_t images, const uint64_t* words, float* values);

}  // namespace signum
