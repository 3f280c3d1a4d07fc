#pragma once
// Operations on every value alone, and the two that end a training step.

#include <cstddef>
#include <cstdint>

#include "../core/kernel_table.h"

namespace signum {

void tanh_forward(const float* x, size_t count, float* y);
/** dx = dy · (1 - y²) with y = tanh(x). */
void tanh_gradient(const float* y, const float* dy, size_t count, float* dx);

/** sign(x) as floats: +1 for x >= 0 (and -0.0), else -1. */
void sign_forward(const float* x, size_t count, float* y);
/** dx = dy where |x| <= threshold, else 0: the straight-through estimator. */
void cancel_gradient(const float* x, const float* dy, size_t count, float threshold, float* dx);

void add_values(const float* a, const float* b, size_t count, float* sums);

/** y = x, but at least `low` and at most `high`; NaN stays. */
void clamp_forward(const float* x, size_t count, float low, float high, float* y);
/** dx = dy where low < x < high, else 0. */
void clamp_gradient(const float* x, const float* dy, size_t count, float low, float high, float* dx);

/**
 * Cross-entropy of softmax(logits) for each row, and the gradient of its mean over the rows.
 * labels: one class a row, 0 to classes - 1.
 */
void softmax_cross_entropy(const float* logits, const int32_t* labels, size_t rows, size_t classes, float* losses,
                           float* dlogits);

struct AdamSettings {
  double learning_rate, beta1, beta2, epsilon;
  /** 1 for the first step. */
  int64_t step;
  /** Weights are kept in [-clip, clip]. */
  double clip;
};

AdamFactors adam_factors(const AdamSettings& settings);

/** Whether no value is infinite or NaN. */
bool all_finite(const float* values, size_t count);

/** One step of Adam (Kingma & Ba 2015, in PyTorch's order of operations). `to` may be `from`. */
void adam_update(const AdamFactors& factors, size_t count, const float* gradient, const AdamState& from,
                 const AdamState& to);

}  // namespace signum
