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

/** What flows between two stages: floats or words. */
struct Values {
  float* floats;
  uint64_t* words;
  /** Where two ways meet: the floats of the other one. */
  const float* kept = nullptr;
};

class Stage {
 public:
  Stage(ImageShape output, bool bits) : output_(output), bits_(bits) {}
  virtual ~Stage() = default;
  /** Runs on the calling thread; `to` has room for `images` outputs, which lie apart from the inputs. */
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

/** y = x · scale + shift by channel, rounded once. */
struct ChannelScale {
  /** `y` may be `x`. */
  void apply(const float* x, size_t rows, float* y) const;
  std::vector<float> scale, shift;
};

struct PoolWindow {
  size_t kernel, stride, padding;
  /** A padded pixel counts as less than any value. */
  ImageShape output(const ImageShape& input) const;
};

/** Pixels added on each side of an image. */
struct Sides {
  size_t top, bottom, left, right;
  ImageShape output(const ImageShape& input) const {
    return {input.height + top + bottom, input.width + left + right, input.channels};
  }
};

enum class FloatPool { largest, mean };
enum class ActivationKind { tanh, relu, hardtanh };

/** The largest of each window of bits, or the smallest for channels where `smallest` is set. */
std::unique_ptr<Stage> bit_pooling(const ImageShape& input, const PoolWindow& window, const uint8_t* smallest);
std::unique_ptr<Stage> float_pooling(const ImageShape& input, const PoolWindow& window, FloatPool kind);
/** The mean of each channel over the whole image, as the channels of one pixel. */
std::unique_ptr<Stage> global_mean(const ImageShape& input);
std::unique_ptr<Stage> comparison(const ImageShape& shape, Thresholds thresholds);
std::unique_ptr<Stage> affine(const ImageShape& shape, ChannelScale by);
/** y = v > 0 ? v : v · slope, plus `after`, where v = x - before: a value a channel each, every step rounded. */
std::unique_ptr<Stage> rectifier(const ImageShape& shape, std::vector<float> before, std::vector<float> slope,
                                 std::vector<float> after);
/** The floats of an image as the channels of one pixel. */
std::unique_ptr<Stage> flatten(const ImageShape& input);
std::unique_ptr<Stage> activation(const ImageShape& shape, ActivationKind kind);
/** Pixels of `value` around every image of floats. */
std::unique_ptr<Stage> border(const ImageShape& input, const Sides& sides, float value);
/** The same around bits; each channel of a border's pixel is +1 where `ones` is set. */
std::unique_ptr<Stage> bit_border(const ImageShape& input, const Sides& sides, const uint8_t* ones);
/** From bits to the floats +1 and -1. */
std::unique_ptr<Stage> unpacking(const ImageShape& shape);
/** The same, into `images · shape.size()` values. */
void unpack(const ImageShape& shape, size_t images, const uint64_t* words, float* values);
/** The floats here plus those kept. */
std::unique_ptr<Stage> sum(const ImageShape& shape);
/** The channels of the floats here, then those of the floats kept. */
std::unique_ptr<Stage> concatenation(const ImageShape& here, const ImageShape& kept);

}  // namespace signum
