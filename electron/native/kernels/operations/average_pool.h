#pragma once
// The mean of each window, NHWC, and its gradient.

#include "max_pool.h"

namespace signum {

/** Values of a window add up in reading order; windows may be of any size. */
void average_pool_forward(const PoolShape& shape, const float* x, float* y);

/** dx is written whole; windows that overlap add up. */
void average_pool_gradient(const PoolShape& shape, const float* dy, float* dx);

}  // namespace signum
