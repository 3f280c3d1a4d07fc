#include "batch_norm.h"

#include <algorithm>
#include <cmath>

#include "../core/kernel_table.h"
#include "../core/scratch.h"
#include "../core/thread_pool.h"
#include "block_sums.h"

namespace signum {
namespace {

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
  Scratch<double> sums(2 * channels);
  // Distances from the first row: a large common offset would drown the variance in rounding.
  sum_blocks(
      shape.rows, 2 * channels,
      [&](size_t first, size_t rows, float* block) {
        kernels().moments_f32(x + first * channels, rows, channels, x, block, block + channels);
      },
      sums.data());
  const double rows = static_cast<double>(shape.rows);
  for (size_t c = 0; c < channels; ++c) {
    const double distance = sums[c] / rows;
    mean[c] = static_cast<float>(x[c] + distance);
    variance[c] = static_cast<float>(std::max(0.0, sums[channels + c] / rows - distance * distance));
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
  Scratch<double> sums(2 * channels);
  sum_blocks(
      shape.rows, 2 * channels,
      [&](size_t first, size_t rows, float* block) {
        const size_t at = first * channels;
        kernels().affine_gradient_sums_f32(dy + at, y + at, x + at, rows, channels, norm.mean, tanh, block,
                                           block + channels);
      },
      sums.data());
  GradientFactors factors(shape, norm, sums.data(), sums.data() + channels, dgamma, dbeta);
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
  Scratch<double> sums(2 * channels);
  // Only chosen pixels have a gradient before the normalisation, so the sums need the pooled size alone.
  sum_blocks(
      pooled.rows, 2 * channels,
      [&](size_t first, size_t rows, float* block) {
        const size_t at = first * channels;
        kernels().affine_gradient_sums_f32(dy + at, y + at, x_chosen + at, rows, channels, norm.mean, tanh, block,
                                           block + channels);
      },
      sums.data());
  GradientFactors factors(all, norm, sums.data(), sums.data() + channels, dgamma, dbeta);
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
