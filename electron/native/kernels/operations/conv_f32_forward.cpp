#include <algorithm>

#include "../core/bits.h"
#include "../core/kernel_table.h"
#include "../core/thread_pool.h"
#include "conv_f32.h"
#include "conv_grouped.h"
#include "float_image.h"
#include "weight_panels.h"

namespace signum {
namespace {

constexpr size_t kBlockPositions = 96;
// A block of patches (96 · 384 floats) and a panel of weights (384 · 32) fit the L2 cache.
constexpr size_t kBlockDepth = 384;

}  // namespace

void conv_f32_forward(const ConvShape& shape, const float* x, const float* weights, const float* bias, float* y) {
  if (shape.groups > 1) return grouped_f32_forward(shape, x, weights, bias, y);
  const size_t depth = shape.filter_size(), outputs = shape.out_channels;
  const FloatImage image(shape, x);
  Scratch<ptrdiff_t> elements(depth);
  image.element_offsets(elements.data());
  const WeightPanels panels(weights, depth, outputs);
  const KernelTable& table = kernels();

  parallel_blocks(shape.positions(), table.gemm_rows, [&](size_t begin, size_t end) {
    Scratch<ptrdiff_t> patches(kBlockPositions);
    for (size_t first = begin; first < end; first += kBlockPositions) {
      const size_t count = std::min(kBlockPositions, end - first);
      image.patch_offsets(first, count, patches.data());
      for (size_t k = 0; k < depth; k += kBlockDepth)
        for (size_t column = 0; column < outputs; column += panels.columns())
          table.gemm_f32({image.data(), patches.data(), elements.data() + k, count, std::min(kBlockDepth, depth - k),
                          panels.at(k, column), panels.stride(), std::min(panels.columns(), outputs - column),
                          y + first * outputs + column, outputs, bias == nullptr ? nullptr : bias + column, k > 0});
    }
  });
}

}  // namespace signum
