#include "max_pool.h"

#include <algorithm>
#include <cstring>

#include "../core/bits.h"
#include "../core/thread_pool.h"

namespace signum {
void max_pool_forward(const PoolShape& shape, const float* x, float* y, uint8_t* choice) {
  const size_t channels = shape.channels;
  ThreadPool::shared().parallel(shape.output_size() / channels, [&](size_t begin, size_t end) {
    for (size_t output = begin; output < end; ++output) {
      const float* window = x + shape.window_start(output) * channels;
      float* largest = y + output * channels;
      uint8_t* chosen = choice + output * channels;
      std::memcpy(largest, window, channels * sizeof(float));
      std::memset(chosen, 0, channels);
      for (size_t i = 1; i < shape.kernel * shape.kernel; ++i) {
        const float* pixel = window + shape.in_window(i) * channels;
        for (size_t c = 0; c < channels; ++c) {
          const bool higher = pixel[c] > largest[c];
          largest[c] = higher ? pixel[c] : largest[c];
          chosen[c] = higher ? static_cast<uint8_t>(i) : chosen[c];
        }
      }
    }
  });
}

void max_pool_gradient(const PoolShape& shape, const uint8_t* choice, const float* dy, float* dx) {
  const size_t channels = shape.channels, image_size = shape.height * shape.width * channels;
  const size_t outputs = shape.out_height() * shape.out_width();
  ThreadPool::shared().parallel(shape.batch, [&](size_t begin, size_t end) {
    std::memset(dx + begin * image_size, 0, (end - begin) * image_size * sizeof(float));
    for (size_t output = begin * outputs; output < end * outputs; ++output) {
      float* window = dx + shape.window_start(output) * channels;
      for (size_t c = 0; c < channels; ++c) {
        const size_t i = choice[output * channels + c];
        window[shape.in_window(i) * channels + c] += dy[output * channels + c];
      }
    }
  });
}

void max_pool_b1(const PoolShape& shape, BitPool kind, const uint64_t* x, uint64_t* y) {
  const size_t words = words_for(shape.channels), outputs = shape.output_size() / shape.channels;
  for (size_t output = 0; output < outputs; ++output) {
    const uint64_t* window = x + shape.window_start(output) * words;
    for (size_t w = 0; w < words; ++w) {
      uint64_t bits = window[w];
      for (size_t i = 1; i < shape.kernel * shape.kernel; ++i) {
        const uint64_t pixel = window[shape.in_window(i) * words + w];
        bits = kind == BitPool::any ? bits | pixel : bits & pixel;
      }
      y[output * words + w] = bits;
    }
  }
}

}  // namespace signum
