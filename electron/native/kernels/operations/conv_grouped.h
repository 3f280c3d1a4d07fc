#pragma once
// Convolutions in groups, NHWC with weights [kernel_height, kernel_width, in_channels / groups, out_channels]. Every
// group of output channels reads its group of input channels only; the operations of conv_f32.h and conv_b1.h come here
// when a shape has more than one group.
//
// Wide groups are ordinary convolutions, one after the other, with their channels gathered. Narrow ones (depthwise
// above all) have too few weights an output for a matrix product or a popcount: they go tap by tap over whole rows of
// channels, which is as fast as the rows can be read and written. There a sign is a float of ±1, so sums stay exact.

#include "conv_b1.h"
#include "conv_shape.h"

namespace signum {

/** Whether the groups go tap by tap. */
bool is_narrow(const ConvShape& shape);
/** The convolution of one group. */
ConvShape shape_of_group(const ConvShape& shape);

void grouped_f32_forward(const ConvShape& shape, const float* x, const float* weights, const float* bias, float* y);
void grouped_f32_input_gradient(const ConvShape& shape, const float* dy, const float* weights, float* dx);
void grouped_f32_weight_gradient(const ConvShape& shape, const float* x, const float* dy, float* dw);

void grouped_b1_forward(const ConvShape& shape, PaddingValue padding, const float* x, const float* weights,
                        const float* bias, float* y);
void grouped_b1_input_gradient(const ConvShape& shape, const float* dy, const float* weights, const float* x,
                               float threshold, float* dx);
void grouped_b1_weight_gradient(const ConvShape& shape, PaddingValue padding, const float* x, const float* dy,
                                float* dw);

}  // namespace signum
