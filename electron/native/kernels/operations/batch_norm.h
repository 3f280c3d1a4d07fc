#pragma once
// Batch normalisation as PyTorch defines it (biased variance inside the batch), for rows of channels: NHWC pixels or
// images of features. tanh and a 2×2 maximum can follow in the same pass; both gradients come back in one as well.

#include <cstddef>
#include <cstdint>

namespace signum {

/** Rows of channels; `rows` is batch · height · width. */
struct NormShape {
  size_t rows, channels;
};

/** Images before a 2×2 maximum with stride 2; an odd last row or column is dropped. */
struct NormPoolShape {
  size_t batch, height, width, channels;
  size_t pooled_size() const { return batch * (height / 2) * (width / 2) * channels; }
  size_t size() const { return batch * height * width * channels; }
};

enum class Activation { none, tanh };

/** What normalises a channel: y = (x - mean) / sqrt(variance + epsilon) · gamma + beta. */
struct NormParameters {
  const float* mean;
  const float* variance;
  const float* gamma;
  const float* beta;
  float epsilon;
};

/** Mean and biased variance of each channel. */
void batch_moments(const NormShape& shape, const float* x, float* mean, float* variance);

/** y = activation(normalise(x)), with the batch's statistics or, for evaluation, the running ones. */
void batch_norm_forward(const NormShape& shape, const NormParameters& norm, Activation activation, const float* x,
                        float* y);

/**
 * The same and the largest of each 2×2 window. `choice`: which pixel of the window it was, 0 to 3 in reading order, the
 * first one at ties. `x_chosen`: x at that pixel, for the gradient.
 */
void batch_norm_pool_forward(const NormPoolShape& shape, const NormParameters& norm, Activation activation,
                             const float* x, float* y, uint8_t* choice, float* x_chosen);

/** dx, dgamma, dbeta for the batch's own statistics. `y` is what forward gave; not read for `Activation::none`. */
void batch_norm_gradient(const NormShape& shape, const NormParameters& norm, Activation activation, const float* x,
                         const float* y, const float* dy, float* dx, float* dgamma, float* dbeta);

void batch_norm_pool_gradient(const NormPoolShape& shape, const NormParameters& norm, Activation activation,
                              const float* x, const float* y, const uint8_t* choice, const float* x_chosen,
                              const float* dy, float* dx, float* dgamma, float* dbeta);

}  // namespace signum
