#include "reference.h"

#include <cmath>
#include <functional>

namespace signum::reference {
namespace {

/** Calls `visit(x index or -1 outside, weight index, y index)` for every product of a convolution. */
void each_product(const ConvShape& s, const std::function<void(long x, size_t weight, size_t y)>& visit) {
  for (size_t p = 0; p < s.positions(); ++p) {
    const Position at = position_of(s, p);
    for (size_t ky = 0; ky < s.kernel_height; ++ky)
      for (size_t kx = 0; kx < s.kernel_width; ++kx)
        for (size_t c = 0; c < s.in_channels / s.groups; ++c) {
          const long y = static_cast<long>(at.y * s.stride + ky * s.dilation) - static_cast<long>(s.padding);
          const long x = static_cast<long>(at.x * s.stride + kx * s.dilation) - static_cast<long>(s.padding);
          const bool inside = y >= 0 && y < static_cast<long>(s.height) && x >= 0 && x < static_cast<long>(s.width);
          const long pixel = (static_cast<long>(at.image * s.height) + y) * static_cast<long>(s.width) + x;
          const size_t weight = (ky * s.kernel_width + kx) * (s.in_channels / s.groups) + c;
          for (size_t o = 0; o < s.out_channels; ++o) {
            const size_t channel = o / (s.out_channels / s.groups) * (s.in_channels / s.groups) + c;
            const long from = inside ? pixel * static_cast<long>(s.in_channels) + static_cast<long>(channel) : -1;
            visit(from, weight * s.out_channels + o, p * s.out_channels + o);
          }
        }
  }
}

}  // namespace

Values signs(const float* x, size_t count) {
  Values result(count);
  for (size_t i = 0; i < count; ++i) result[i] = sign(x[i]);
  return result;
}

Values doubles(const float* x, size_t count) { return Values(x, x + count); }

Values convolve(const ConvShape& shape, double padding_value, const Values& x, const Values& weights) {
  Values y(shape.output_size());
  each_product(shape, [&](long from, size_t weight, size_t to) {
    y[to] += (from < 0 ? padding_value : x[static_cast<size_t>(from)]) * weights[weight];
  });
  return y;
}

Values convolve_input_gradient(const ConvShape& shape, const Values& dy, const Values& weights) {
  Values dx(shape.input_size());
  each_product(shape, [&](long from, size_t weight, size_t to) {
    if (from >= 0) dx[static_cast<size_t>(from)] += dy[to] * weights[weight];
  });
  return dx;
}

Values convolve_weight_gradient(const ConvShape& shape, double padding_value, const Values& x, const Values& dy) {
  Values dw(shape.weight_count());
  each_product(shape, [&](long from, size_t weight, size_t to) {
    dw[weight] += (from < 0 ? padding_value : x[static_cast<size_t>(from)]) * dy[to];
  });
  return dw;
}

Moments moments(const NormShape& shape, const float* x) {
  Moments m = {Values(shape.channels), Values(shape.channels)};
  const double rows = static_cast<double>(shape.rows);
  for (size_t i = 0; i < shape.rows * shape.channels; ++i) m.mean[i % shape.channels] += x[i] / rows;
  for (size_t i = 0; i < shape.rows * shape.channels; ++i) {
    const double distance = x[i] - m.mean[i % shape.channels];
    m.variance[i % shape.channels] += distance * distance / rows;
  }
  return m;
}

Values normalise(const NormShape& shape, const NormParameters& norm, Activation activation, const float* x) {
  Values y(shape.rows * shape.channels);
  for (size_t i = 0; i < y.size(); ++i) {
    const size_t c = i % shape.channels;
    const double inverse = 1 / std::sqrt(double(norm.variance[c]) + norm.epsilon);
    y[i] = (double(x[i]) - norm.mean[c]) * inverse * norm.gamma[c] + norm.beta[c];
    if (activation == Activation::tanh) y[i] = std::tanh(y[i]);
  }
  return y;
}

NormGradient normalise_gradient(const NormShape& shape, const NormParameters& norm, const float* x, const Values& dz) {
  NormGradient g = {Values(dz.size()), Values(shape.channels), Values(shape.channels)};
  const auto normalised = [&](size_t i) {
    const size_t c = i % shape.channels;
    return (double(x[i]) - norm.mean[c]) / std::sqrt(double(norm.variance[c]) + norm.epsilon);
  };
  for (size_t i = 0; i < dz.size(); ++i) {
    g.dgamma[i % shape.channels] += dz[i] * normalised(i);
    g.dbeta[i % shape.channels] += dz[i];
  }
  const double rows = static_cast<double>(shape.rows);
  for (size_t i = 0; i < dz.size(); ++i) {
    const size_t c = i % shape.channels;
    const double inverse = 1 / std::sqrt(double(norm.variance[c]) + norm.epsilon);
    g.dx[i] = norm.gamma[c] * inverse * (dz[i] - g.dbeta[c] / rows - normalised(i) * g.dgamma[c] / rows);
  }
  return g;
}

Pooled max_pool(const PoolShape& s, const Values& x) {
  Pooled pooled = {Values(s.output_size()), std::vector<uint8_t>(s.output_size())};
  for (size_t i = 0; i < s.output_size(); ++i) {
    const size_t c = i % s.channels, column = i / s.channels % s.out_width();
    const size_t row = i / s.channels / s.out_width() % s.out_height();
    const size_t image = i / s.channels / s.out_width() / s.out_height();
    for (size_t k = 0; k < s.kernel * s.kernel; ++k) {
      const size_t y = row * s.stride + k / s.kernel, across = column * s.stride + k % s.kernel;
      const double value = x[((image * s.height + y) * s.width + across) * s.channels + c];
      if (k > 0 && value <= pooled.largest[i]) continue;
      pooled.largest[i] = value;
      pooled.choice[i] = static_cast<uint8_t>(k);
    }
  }
  return pooled;
}

Values max_pool_gradient(const PoolShape& s, const std::vector<uint8_t>& choice, const Values& dy) {
  Values dx(s.input_size());
  for (size_t i = 0; i < s.output_size(); ++i) {
    const size_t c = i % s.channels, column = i / s.channels % s.out_width();
    const size_t row = i / s.channels / s.out_width() % s.out_height();
    const size_t image = i / s.channels / s.out_width() / s.out_height();
    const size_t y = row * s.stride + choice[i] / s.kernel, across = column * s.stride + choice[i] % s.kernel;
    dx[((image * s.height + y) * s.width + across) * s.channels + c] += dy[i];
  }
  return dx;
}

}  // namespace signum::reference
