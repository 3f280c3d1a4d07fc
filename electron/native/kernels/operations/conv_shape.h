#pragma once
// The numbers that describe a convolution over NHWC images with HWIO weights, as in shared/bits/convolution.ts.
// A dense layer is the convolution of one pixel.

#include <cstddef>

namespace signum {

struct ConvShape {
  size_t batch, height, width, in_channels, out_channels;
  size_t kernel_height, kernel_width, stride, dilation, padding;
  /** Divides both channel counts. */
  size_t groups = 1;

  size_t padded_height() const { return height + 2 * padding; }
  size_t padded_width() const { return width + 2 * padding; }
  size_t out_height() const { return slide(padded_height(), kernel_height); }
  size_t out_width() const { return slide(padded_width(), kernel_width); }
  size_t out_pixels() const { return out_height() * out_width(); }
  size_t positions() const { return batch * out_pixels(); }
  size_t taps() const { return kernel_height * kernel_width; }
  /** Weights of one filter. */
  size_t filter_size() const { return taps() * (in_channels / groups); }
  size_t input_size() const { return batch * height * width * in_channels; }
  size_t output_size() const { return positions() * out_channels; }
  size_t weight_count() const { return filter_size() * out_channels; }
  bool is_dense() const { return taps() == 1 && stride == 1 && padding == 0; }

  static ConvShape dense(size_t batch, size_t inputs, size_t outputs) {
    return {batch, 1, 1, inputs, outputs, 1, 1, 1, 1, 0, 1};
  }

 private:
  size_t slide(size_t side, size_t kernel) const { return (side - dilation * (kernel - 1) - 1) / stride + 1; }
};

/** Where an output pixel lies. */
struct Position {
  size_t image, y, x;
};

inline Position position_of(const ConvShape& shape, size_t index) {
  const size_t width = shape.out_width(), pixels = shape.out_pixels();
  const size_t pixel = index % pixels;
  return {index / pixels, pixel / width, pixel % width};
}

/** Output pixels one after another; a division for each would cost as much as a short row of products. */
class PositionWalk {
 public:
  PositionWalk(const ConvShape& shape, size_t first)
      : width_(shape.out_width()), height_(shape.out_height()), at_(position_of(shape, first)) {}
  const Position& operator*() const { return at_; }
  void operator++() {
    if (++at_.x < width_) return;
    at_.x = 0;
    if (++at_.y < height_) return;
    at_.y = 0;
    ++at_.image;
  }

 private:
  size_t width_, height_;
  Position at_;
};

/** Whether the tap (ky, kx) of an output pixel reads the image rather than its padding. */
inline bool tap_inside(const ConvShape& s, const Position& at, size_t ky, size_t kx) {
  const size_t y = at.y * s.stride + ky * s.dilation, x = at.x * s.stride + kx * s.dilation;
  return y >= s.padding && y < s.padding + s.height && x >= s.padding && x < s.padding + s.width;
}

}  // namespace signum
