#pragma once
// Operations on every value alone, and the two that end a training step.

#include <cstddef>
#include <cstdint>

namespace signum {

void tanh_forward(const float* x, size_t count, float* y);
/** dx = dy · (1 - y²) with y = tanh(x). */
void tanh_gradient(const float* y, const float* dy, size_t count, float* dx);

/** sign(x) as floats: +1 for x >= 0 (and -0.0), else -1. */
void sign_forward(const float* x, size_t count, float* y);
/** dx = dy where |x| <= threshold, else 0: the straight-through estimator. */
void cancel_gradient(const float* x, const float* dy, size_t count, float threshold, float* dx);

/**
 * Mean cross-entropy of softmax(logits) and its gradient. labels: one class a row, 0 to classes - 1.
 * Returns the loss; `dlogits` may be null.
 */
double softmax_cross_entropy(const float* logits, const int32_t* labels, size_t rows, size_t classes, float* dlogits);

struct AdamSettings {
  double learning_rate, beta1, beta2, epsilon;
  /** 1 for the first step. */
  int64_t step;
};

/** One step of Adam (Kingma & Ba 2015, in PyTorch's order of operations), in place. */
void adam_update(const AdamSettings& settings, size_t count, const float* gradient, float* weights, float* first,
                 float* second);

}  // namespace signum
