#pragma once
// Convolutions whose groups are so narrow that each tap is a product of whole rows of channels. See conv_grouped.h.

#include "conv_shape.h"

namespace signum {

/** How the input is read: as it is, or by its signs; and what stands around it. */
struct NarrowInput {
  bool signs;
  float padding_value;
};

/** `weights` are multiplied as they are: of a binary layer, their signs. `bias` may be null. */
void narrow_forward(const ConvShape& shape, const NarrowInput& input, const float* x, const float* weights,
                    const float* bias, float* y);
void narrow_input_gradient(const ConvShape& shape, const float* dy, const float* weights, float* dx);
void narrow_weight_gradient(const ConvShape& shape, const NarrowInput& input, const float* x, const float* dy,
                            float* dw);

}  // namespace signum
