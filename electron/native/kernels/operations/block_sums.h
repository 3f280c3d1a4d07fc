#pragma once
// Sums over rows of channels: in floats over a block of rows and in doubles over the blocks, so that a million rows
// round no worse than a block. The blocks do not depend on the thread count.

#include <cstddef>
#include <functional>

namespace signum {

/** Adds what `rows` rows from row `first` on give to the sums of a block, which begin at 0. */
using BlockSums = std::function<void(size_t first, size_t rows, float* sums)>;

/** `totals`: as many sums as each block has. */
void sum_blocks(size_t rows, size_t sums, const BlockSums& sum_block, double* totals);

}  // namespace signum
