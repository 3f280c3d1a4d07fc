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

/** Calls `visit(output, pixel of the window in reading order, x index)` for every value that a window looks at. */
void each_pooled(const PoolShape& s, const std::function<void(size_t output, size_t pixel, size_t x)>& visit) {
  for (size_t i = 0; i < s.output_size(); ++i) {
    const size_t c = i % s.channels, column = i / s.channels % s.out_width();
    const size_t row = i / s.channels / s.out_width() % s.out_height();
    const size_t image = i / s.channels / s.out_width() / s.out_height();
    for (size_t k = 0; k < s.kernel * s.kernel; ++k) {
      const size_t y = row * s.stride + k / s.kernel, across = column * s.stride + k % s.kernel;
      visit(i, k, ((image * s.height + y) * s.width + across) * s.channels + c);
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

Pooled max_pool(const PoolShape& shape, const Values& x) {
  Pooled pooled = {Values(shape.output_size()), std::vector<uint8_t>(shape.output_size())};
  each_pooled(shape, [&](size_t output, size_t pixel, size_t at) {
    if (pixel > 0 && x[at] <= pooled.largest[output]) return;
    pooled.largest[output] = x[at];
    pooled.choice[output] = static_cast<uint8_t>(pixel);
  });
  return pooled;
}

Values max_pool_gradient(const PoolShape& shape, const std::vector<uint8_t>& choice, const Values& dy) {
  Values dx(shape.input_size());
  each_pooled(shape, [&](size_t output, size_t pixel, size_t at) {
    if (pixel == choice[output]) dx[at] += dy[output];
  });
  return dx;
}

Values average_pool(const PoolShape& shape, const Values& x) {
  Values means(shape.output_size());
  const double pixels = static_cast<double>(shape.kernel * shape.kernel);
  each_pooled(shape, [&](size_t output, size_t, size_t at) { means[output] += x[at] / pixels; });
  return means;
}

Values average_pool_gradient(const PoolShape& shape, const Values& dy) {
  Values dx(shape.input_size());
  const double pixels = static_cast<double>(shape.kernel * shape.kernel);
  each_pooled(shape, [&](size_t output, size_t, size_t at) { dx[at] += dy[output] / pixels; });
  return dx;
}

Values rectify(const NormShape& shape, const RectifierChannels& by, const float* x) {
  Values y(shape.rows * shape.channels);
  for (size_t i = 0; i < y.size(); ++i) {
    const size_t c = i % shape.channels;
    const double v = double(x[i]) - by.before[c];
    y[i] = (v > 0 ? v : v * by.slope[c]) + by.after[c];
  }
  return y;
}

RectifierGradient rectify_gradient(const NormShape& shape, const RectifierChannels& by, const float* x,
                                   const Values& dy) {
  RectifierGradient g = {Values(dy.size()), Values(shape.channels), Values(shape.channels), Values(shape.channels)};
  for (size_t i = 0; i < dy.size(); ++i) {
    const size_t c = i % shape.channels;
    const double v = double(x[i]) - by.before[c];
    g.dx[i] = v > 0 ? dy[i] : dy[i] * by.slope[c];
    g.dslope[c] += v > 0 ? 0 : dy[i] * v;
    g.dbefore[c] -= g.dx[i];
    g.dafter[c] += dy[i];
  }
  return g;
}

}  // namespace signum::reference
