#pragma once
// Which pixels a pooling window looks at.

#include "stage.h"

namespace signum {

/** Calls `visit(pixel)` for each pixel of the image inside the window of output pixel (y, x). */
template <typename Visit>
void each_pixel(const ImageShape& input, const PoolWindow& window, size_t y, size_t x, const Visit& visit) {
  for (size_t ky = 0; ky < window.kernel; ++ky)
    for (size_t kx = 0; kx < window.kernel; ++kx) {
      const size_t row = y * window.stride + ky, column = x * window.stride + kx;
      if (row < window.padding || row >= input.height + window.padding) continue;
      if (column < window.padding || column >= input.width + window.padding) continue;
      visit((row - window.padding) * input.width + column - window.padding);
    }
}

}  // namespace signum
