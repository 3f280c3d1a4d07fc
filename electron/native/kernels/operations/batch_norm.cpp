#include "batch_norm.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>

#include "../core/kernel_table.h"
#include "../core/scratch.h"
#include "../core/thread_pool.h"

namespace signum {
namespace {

// Sums run in floats over a block and in doubles over the blocks, so that a million rows round no worse than these.
constexpr size_t kBlockRows = 256;

using BlockSums = std::function<void(size_t first, size_t rows, float* first_sums, float* second_sums)>;

/** Two sums a channel over all rows, block by block: the blocks do not depend on the thread count. */
void sum_blocks(const NormShape& shape, const BlockSums& sum_block, double* first_sums, double* second_sums) {
  const size_t blocks = (shape.rows + kBlockRows - 1) / kBlockRows, channels = shape.channels;
  Scratch<float> partial(2 * blocks * channels);
  std::memset(partial.data(), 0, 2 * blocks * channels * sizeof(float));
  ThreadPool::shared().parallel(blocks, [&](size_t begin, size_t end) {
    for (size_t b = begin; b < end; ++b) {
      float* sums = partial.data() + 2 * b * channels;
      sum_block(b * kBlockRows, std::min(kBlockRows, shape.rows - b * kBlockRows), sums, sums + channels);
    }
  });
  std::fill_n(first_sums, channels, 0.0);
  std::fill_n(second_sums, channels, 0.0);
  for (size_t b = 0; b < blocks; ++b)
    for (size_t c = 0; c < channels; ++c) {
      first_sums[c] += partial[2 * b * channels + c];
      second_sums[c] += partial[(2 * b + 1) * channels + c];
    }
}

/** y = x · scale + shift. */
void fold(size_t channels, const NormParameters& norm, float* scale, float* shift) {
  for (size_t c = 0; c < channels; ++c) {
    scale[c] = static_cast<float>(norm.gamma[c] / std::sqrt(double(norm.variance[c]) + norm.epsilon));
    shift[c] = static_cast<float>(norm.beta[c] - double(norm.mean[c]) * scale[c]);
  }
}

/**
 * dx = a · dz + b + k · x, from sum(dz) and sum(dz · (x - mean)) over all rows; dz is the gradient after the affine
 * map. (Ioffe & Szegedy 2015, section 3, with the terms of x collected.)
 */
struct GradientFactors {
  GradientFactors(const NormShape& shape, const NormParameters& norm, const double* sums, const double* products,
                  float* dgamma, float* dbeta)
      : a(shape.channels), b(shape.channels), k(shape.channels) {
    const double rows = static_cast<double>(shape.rows);
    for (size_t c = 0; c < shape.channels; ++c) {
      const double inverse = 1 / std::sqrt(double(norm.variance[c]) + norm.epsilon);
      const double slope = -norm.gamma[c] * inverse * inverse * inverse * products[c] / rows;
      dgamma[c] = static_cast<float>(products[c] * inverse);
      dbeta[c] = static_cast<float>(sums[c]);
      a[c] = static_cast<float>(norm.gamma[c] * inverse);
      k[c] = static_cast<float>(slope);
      b[c] = static_cast<float>(-norm.gamma[c] * inverse * sums[c] / rows - slope * norm.mean[c]);
    }
  }
  Scratch<float> a, b, k;
};

}  // namespace

void batch_moments(const NormShape& shape, const float* x, float* mean, float* variance) {
  const size_t channels = shape.channels;
  Scratch<double> sums(channels), squares(channels);
  // Distances from the first row: a large common offset would drown the variance in rounding.
  sum_blocks(
      shape,
      [&](size_t first, size_t rows, float* sum, float* square) {
        kernels().moments_f32(x + first * channels, rows, channels, x, sum, square);
      },
      sums.data(), squares.data());
  const double rows = static_cast<double>(shape.rows);
  for (size_t c = 0; c < channels; ++c) {
    const double distance = sums[c] / rows;
    mean[c] = static_cast<float>(x[c] + distance);
    variance[c] = static_cast<float>(std::max(0.0, squares[c] / rows - distance * distance));
  }
}

void batch_norm_forward(const NormShape& shape, const NormParameters& norm, Activation activation, const float* x,
                        float* y) {
  const size_t channels = shape.channels;
  Scratch<float> scale(channels), shift(channels);
  fold(channels, norm, scale.data(), shift.data());
  ThreadPool::shared().parallel(shape.rows, [&](size_t begin, size_t end) {
    kernels().affine_f32(x + begin * channels, end - begin, channels, scale.data(), shift.data(),
                         activation == Activation::tanh, y + begin * channels);
  });
}

void batch_norm_pool_forward(const NormPoolShape& shape, const NormParameters& norm, Activation activation,
                             const float* x, float* y, uint8_t* choice, float* x_chosen) {
  const size_t row = shape.width * shape.channels, pooled_height = shape.height / 2;
  const size_t pooled_row = shape.width / 2 * shape.channels;
  Scratch<float> scale(shape.channels), shift(shape.channels);
  fold(shape.channels, norm, scale.data(), shift.data());
  ThreadPool::shared().parallel(shape.batch * pooled_height, [&](size_t begin, size_t end) {
    for (size_t index = begin; index < end; ++index) {
      const float* upper = x + (index / pooled_height * shape.height + index % pooled_height * 2) * row;
      const size_t to = index * pooled_row;
      kernels().affine_pool_f32({upper, upper + row, shape.width / 2, shape.channels}, scale.data(), shift.data(),
                                activation == Activation::tanh, y + to, choice + to, x_chosen + to);
    }
  });
}

void batch_norm_gradient(const NormShape& shape, const NormParameters& norm, Activation activation, const float* x,
                         const float* y, const float* dy, float* dx, float* dgamma, float* dbeta) {
  const size_t channels = shape.channels;
  const bool tanh = activation == Activation::tanh;
  if (!tanh) y = dy;
  Scratch<double> sums(channels), products(channels);
  sum_blocks(
      shape,
      [&](size_t first, size_t rows, float* sum, float* product) {
        const size_t at = first * channels;
        kernels().affine_gradient_sums_f32(dy + at, y + at, x + at, rows, channels, norm.mean, tanh, sum, product);
      },
      sums.data(), products.data());
  GradientFactors factors(shape, norm, sums.data(), products.data(), dgamma, dbeta);
  ThreadPool::shared().parallel(shape.rows, [&](size_t begin, size_t end) {
    const size_t at = begin * channels;
    kernels().affine_gradient_f32(dy + at, y + at, x + at, end - begin, channels, factors.a.data(), factors.b.data(),
                                  factors.k.data(), tanh, dx + at);
  });
}

void batch_norm_pool_gradient(const NormPoolShape& shape, const NormParameters& norm, Activation activation,
                              const float* x, const float* y, const uint8_t* choice, const float* x_chosen,
                              const float* dy, float* dx, float* dgamma, float* dbeta) {
  const size_t channels = shape.channels, row = shape.width * channels;
  const bool tanh = activation == Activation::tanh;
  const size_t pooled_height = shape.height / 2, pooled_row = shape.width / 2 * channels;
  const NormShape all = {shape.batch * shape.height * shape.width, channels};
  const NormShape pooled = {shape.pooled_size() / channels, channels};
  if (!tanh) y = dy;
  Scratch<double> sums(channels), products(channels);
  // Only chosen pixels have a gradient before the normalisation, so the sums need the pooled size alone.
  sum_blocks(
      pooled,
      [&](size_t first, size_t rows, float* sum, float* product) {
        const size_t at = first * channels;
        kernels().affine_gradient_sums_f32(dy + at, y + at, x_chosen + at, rows, channels, norm.mean, tanh, sum,
                                           product);
      },
      sums.data(), products.data());
  GradientFactors factors(all, norm, sums.data(), products.data(), dgamma, dbeta);
  const float *a = factors.a.data(), *b = factors.b.data(), *k = factors.k.data();
  ThreadPool::shared().parallel(shape.batch * pooled_height, [&](size_t begin, size_t end) {
    for (size_t index = begin; index < end; ++index) {
      const size_t image = index / pooled_height, pooled_y = index % pooled_height;
      const size_t at = (image * shape.height + 2 * pooled_y) * row, from = index * pooled_row;
      kernels().affine_pool_gradient_f32({x + at, x + at + row, shape.width / 2, channels}, dy + from, y + from,
                                         choice + from, a, b, k, tanh, dx + at, dx + at + row);
      const bool last_row = pooled_y + 1 == pooled_height;
      const size_t dropped = shape.width % 2 * channels, column = row - dropped;
      // What the windows leave out has no dz of its own.
      for (size_t line = 0; dropped > 0 && line < 2; ++line)
        for (size_t c = 0; c < channels; ++c) {
          const size_t i = at + line * row + column + c;
          dx[i] = std::fma(k[c], x[i], b[c]);
        }
      for (size_t i = 0; last_row && shape.height % 2 == 1 && i < row; ++i)
        dx[at + 2 * row + i] = std::fma(k[i % channels], x[at + 2 * row + i], b[i % channels]);
    }
  });
}

}  // namespace signum
