#include "weight_panels.h"

#include <algorithm>
#include <cstring>

#include "../core/kernel_table.h"
#include "../core/thread_pool.h"

namespace signum {

namespace {
constexpr size_t kWidestInPlace = 128;
}

WeightPanels::WeightPanels(const float* values, size_t rows, size_t columns)
    : rows_(rows), panel_columns_(kernels().gemm_columns), stride_(columns), values_(values) {
  if (columns <= kWidestInPlace) return;
  const size_t panels = (columns + panel_columns_ - 1) / panel_columns_;
  copy_ = std::make_unique<Scratch<float>>(panels * rows * panel_columns_);
  stride_ = panel_columns_;
  float* to = copy_->data();
  ThreadPool::shared().parallel(panels, [&](size_t begin, size_t end) {
    for (size_t panel = begin; panel < end; ++panel) {
      const size_t first = panel * panel_columns_, count = std::min(panel_columns_, columns - first);
      for (size_t r = 0; r < rows; ++r)
        std::memcpy(to + (panel * rows + r) * panel_columns_, values + r * columns + first, count * sizeof(float));
    }
  });
  values_ = to;
}

const float* WeightPanels::at(size_t row, size_t column) const {
  if (copy_ == nullptr) return values_ + row * stride_ + column;
  return values_ + (column / panel_columns_ * rows_ + row) * panel_columns_;
}

}  // namespace signum
