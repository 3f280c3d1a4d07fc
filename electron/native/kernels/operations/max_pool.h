#pragma once
// The largest value of each window, NHWC, and its gradient.

#include <cstddef>
#include <cstdint>

namespace signum {

struct PoolShape {
  size_t batch, height, width, channels, kernel, stride;
  size_t out_height() const { return (height - kernel) / stride + 1; }
  size_t out_width() const { return (width - kernel) / stride + 1; }
  size_t output_size() const { return batch * out_height() * out_width() * channels; }
  size_t input_size() const { return batch * height * width * channels; }
  /** Index of the pixel at the upper left of an output's window. */
  size_t window_start(size_t output) const {
    const size_t x = output % out_width(), y = output / out_width() % out_height();
    const size_t image = output / (out_width() * out_height());
    return (image * height + y * stride) * width + x * stride;
  }
  /** How many pixels after that one the window's i-th in reading order stands. */
  size_t in_window(size_t i) const { return i / kernel * width + i % kernel; }
};

/** Kernels are at most this wide, so that a choice fits a byte. */
constexpr size_t kLargestPoolKernel = 16;

/** `choice`: which pixel of the window, in reading order, the first one at ties. */
void max_pool_forward(const PoolShape& shape, const float* x, float* y, uint8_t* choice);

/** dx is written whole; windows that overlap add up. */
void max_pool_gradient(const PoolShape& shape, const uint8_t* choice, const float* dy, float* dx);

enum class BitPool { any, all };

/** Pooling of packed pixels (`words_for(channels)` words each): OR is the largest of ±1, AND the smallest. */
void max_pool_b1(const PoolShape& shape, BitPool kind, const uint64_t* x, uint64_t* y);

}  // namespace signum
