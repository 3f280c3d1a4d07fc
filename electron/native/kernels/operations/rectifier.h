#pragma once
// PReLU, and ReActNet's RPReLU: y = v > 0 ? v : v · slope, plus `after`, where v = x - before, each by channel.

#include "../core/kernel_table.h"
#include "batch_norm.h"

namespace signum {

void rectifier_forward(const NormShape& shape, const RectifierChannels& by, const float* x, float* y);

/** As in PyTorch, 0 counts as negative. `by.after` is not read. */
void rectifier_gradient(const NormShape& shape, const RectifierChannels& by, const float* x, const float* dy, float* dx,
                        float* dslope, float* dbefore, float* dafter);

}  // namespace signum
