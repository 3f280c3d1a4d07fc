#include "average_pool.h"

#include <cstring>

#include "../core/thread_pool.h"

namespace signum {

void average_pool_forward(const PoolShape& shape, const float* x, float* y) {
  const size_t channels = shape.channels;
  const float pixels = static_cast<float>(shape.kernel * shape.kernel);
  ThreadPool::shared().parallel(shape.output_size() / channels, [&](size_t begin, size_t end) {
    for (size_t output = begin; output < end; ++output) {
      const float* window = x + shape.window_start(output) * channels;
      float* mean = y + output * channels;
      std::memcpy(mean, window, channels * sizeof(float));
      for (size_t i = 1; i < shape.kernel * shape.kernel; ++i) {
        const float* pixel = window + shape.in_window(i) * channels;
        for (size_t c = 0; c < channels; ++c) mean[c] += pixel[c];
      }
      for (size_t c = 0; c < channels; ++c) mean[c] /= pixels;
    }
  });
}

void average_pool_gradient(const PoolShape& shape, const float* dy, float* dx) {
  const size_t channels = shape.channels, image_size = shape.height * shape.width * channels;
  const size_t outputs = shape.out_height() * shape.out_width();
  const float pixels = static_cast<float>(shape.kernel * shape.kernel);
  ThreadPool::shared().parallel(shape.batch, [&](size_t begin, size_t end) {
    for (size_t image = begin; image < end; ++image) {
      // One image at a time stays in the cache while its windows add up.
      std::memset(dx + image * image_size, 0, image_size * sizeof(float));
      for (size_t output = image * outputs; output < (image + 1) * outputs; ++output) {
        float* window = dx + shape.window_start(output) * channels;
        const float* given = dy + output * channels;
        for (size_t i = 0; i < shape.kernel * shape.kernel; ++i) {
          float* pixel = window + shape.in_window(i) * channels;
          for (size_t c = 0; c < channels; ++c) pixel[c] += given[c] / pixels;
        }
      }
    }
  });
}

}  // namespace signum
