#pragma once
// The right-hand side of a float product, in columns of the width that `gemm_f32` takes at once.

#include <memory>

#include "../core/scratch.h"

namespace signum {

/**
 * A row-major matrix as panels of columns. A narrow one is used where it lies; a wide one is copied panel by panel,
 * because rows far apart would touch a new memory page each.
 */
class WeightPanels {
 public:
  WeightPanels(const float* values, size_t rows, size_t columns);

  /** Columns of one panel. */
  size_t columns() const { return panel_columns_; }
  /** From one row of a panel to the next. */
  size_t stride() const { return stride_; }
  /** `column` is a multiple of `columns()`. */
  const float* at(size_t row, size_t column) const;

 private:
  size_t rows_;
  size_t panel_columns_;
  size_t stride_;
  std::unique_ptr<Scratch<float>> copy_;
  const float* values_;
};

}  // namespace signum
