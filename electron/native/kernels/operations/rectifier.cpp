#include "rectifier.h"

#include "../core/scratch.h"
#include "../core/thread_pool.h"
#include "block_sums.h"

namespace signum {

void rectifier_forward(const NormShape& shape, const RectifierChannels& by, const float* x, float* y) {
  const size_t channels = shape.channels;
  ThreadPool::shared().parallel(shape.rows, [&](size_t begin, size_t end) {
    kernels().rectifier_f32(x + begin * channels, end - begin, channels, by, y + begin * channels);
  });
}

void rectifier_gradient(const NormShape& shape, const RectifierChannels& by, const float* x, const float* dy, float* dx,
                        float* dslope, float* dbefore, float* dafter) {
  const size_t channels = shape.channels;
  Scratch<double> sums(3 * channels);
  sum_blocks(
      shape.rows, 3 * channels,
      [&](size_t first, size_t rows, float* block) {
        const size_t at = first * channels;
        kernels().rectifier_gradient_f32(dy + at, x + at, rows, channels, by, dx + at, block);
      },
      sums.data());
  for (size_t c = 0; c < channels; ++c) {
    dslope[c] = static_cast<float>(sums[c]);
    dbefore[c] = static_cast<float>(-sums[channels + c]);
    dafter[c] = static_cast<float>(sums[2 * channels + c]);
  }
}

}  // namespace signum
