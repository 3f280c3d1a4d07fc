#pragma once
// What every operation means, in the shortest loops that say it and in doubles. Nothing here is fast; the tests hold
// the kernels of each instruction set against it.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "../operations/batch_norm.h"
#include "../operations/conv_b1.h"
#include "../operations/conv_shape.h"
#include "../operations/max_pool.h"
#include "../operations/rectifier.h"

namespace signum::reference {

using Values = std::vector<double>;

/** +1 for x >= 0, -0.0 included; -1 else, NaN included. */
inline double sign(double x) { return x >= 0 ? 1 : -1; }

Values signs(const float* x, size_t count);
Values doubles(const float* x, size_t count);

/** NHWC convolution with HWIO weights; what lies outside the image is `padding_value`. */
Values convolve(const ConvShape& shape, double padding_value, const Values& x, const Values& weights);
Values convolve_input_gradient(const ConvShape& shape, const Values& dy, const Values& weights);
Values convolve_weight_gradient(const ConvShape& shape, double padding_value, const Values& x, const Values& dy);

struct Moments {
  Values mean, variance;
};
Moments moments(const NormShape& shape, const float* x);

Values normalise(const NormShape& shape, const NormParameters& norm, Activation activation, const float* x);

struct NormGradient {
  Values dx, dgamma, dbeta;
};
/** dz: the gradient after the affine map, before any activation. */
NormGradient normalise_gradient(const NormShape& shape, const NormParameters& norm, const float* x, const Values& dz);

struct Pooled {
  Values largest;
  std::vector<uint8_t> choice;
};
/** The first of the largest in reading order. */
Pooled max_pool(const PoolShape& shape, const Values& x);
Values max_pool_gradient(const PoolShape& shape, const std::vector<uint8_t>& choice, const Values& dy);

Values average_pool(const PoolShape& shape, const Values& x);
Values average_pool_gradient(const PoolShape& shape, const Values& dy);

Values rectify(const NormShape& shape, const RectifierChannels& by, const float* x);

struct RectifierGradient {
  Values dx, dslope, dbefore, dafter;
};
RectifierGradient rectify_gradient(const NormShape& shape, const RectifierChannels& by, const float* x,
                                   const Values& dy);

}  // namespace signum::reference
