#pragma once
// A convolution's shape from the tensors of a call: images [n, h, w, c] with weights [h, w, in, out], or rows of
// features [n, in] with [in, out].

#include "../kernels/operations/conv_shape.h"
#include "call.h"

namespace signum::tensorflow {

/** How the window moves; the names of the attributes are those of the layers. */
struct Window {
  explicit Window(const Attributes& attributes);
  ConvShape shape(const Dimensions& x, const Dimensions& weights) const;
  size_t stride, dilation, padding;
};

constexpr const char* kStride = "stride: int = 1";
constexpr const char* kDilation = "dilation: int = 1";
constexpr const char* kPadding = "padding: int = 0";

/** Dimensions of the output. */
Dimensions output_dimensions(const ConvShape& shape, size_t rank);

}  // namespace signum::tensorflow
