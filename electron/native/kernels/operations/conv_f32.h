#pragma once
// Convolution with 32-bit weights and its gradients, NHWC and HWIO. A dense layer is the convolution of one pixel
// (`ConvShape::dense`). Padding holds 0.

#include "conv_shape.h"

namespace signum {

/** y = conv(x, weights) + bias; `bias` may be null. Every output is summed in the order kernel row, column, channel. */
void conv_f32_forward(const ConvShape& shape, const float* x, const float* weights, const float* bias, float* y);

void conv_f32_input_gradient(const ConvShape& shape, const float* dy, const float* weights, float* dx);

void conv_f32_weight_gradient(const ConvShape& shape, const float* x, const float* dy, float* dw);

/** db[c] = sum over rows of dy: the gradient of a bias. */
void bias_gradient(const float* dy, size_t rows, size_t channels, float* db);

}  // namespace signum
