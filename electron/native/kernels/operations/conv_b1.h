#pragma once
// Binary convolution and its gradients: inputs and weights count by their signs, sums are exact whole numbers.

#include <cstdint>

#include "conv_shape.h"

namespace signum {

/** What padding holds: -1, 0 or +1. */
enum class PaddingValue { minus_one = -1, zero = 0, plus_one = 1 };

/**
 * y = conv(sign(x), sign(weights)) + bias.
 * x: NHWC floats. weights: HWIO floats. bias: `out_channels` floats or null. y: NHWC floats. `filter_size` < 2^24.
 */
void conv_b1_forward(const ConvShape& shape, PaddingValue padding, const float* x, const float* weights,
                     const float* bias, float* y);

/**
 * dx = gradient towards sign(x), times |x| <= threshold where `x` is given (the straight-through estimator).
 * dy: NHWC floats of the output's shape. x: null for no cancellation.
 */
void conv_b1_input_gradient(const ConvShape& shape, const float* dy, const float* weights, const float* x,
                            float threshold, float* dx);

/** dw = gradient towards sign(weights), HWIO; by the straight-through estimator also towards the latent weights. */
void conv_b1_weight_gradient(const ConvShape& shape, PaddingValue padding, const float* x, const float* dy, float* dw);

}  // namespace signum
