#include "block_sums.h"

#include <algorithm>
#include <cstring>

#include "../core/scratch.h"
#include "../core/thread_pool.h"

namespace signum {
namespace {

constexpr size_t kBlockRows = 256;

}  // namespace

void sum_blocks(size_t rows, size_t sums, const BlockSums& sum_block, double* totals) {
  const size_t blocks = (rows + kBlockRows - 1) / kBlockRows;
  Scratch<float> partial(blocks * sums);
  std::memset(partial.data(), 0, blocks * sums * sizeof(float));
  ThreadPool::shared().parallel(blocks, [&](size_t begin, size_t end) {
    for (size_t b = begin; b < end; ++b)
      sum_block(b * kBlockRows, std::min(kBlockRows, rows - b * kBlockRows), partial.data() + b * sums);
  });
  std::fill_n(totals, sums, 0.0);
  for (size_t b = 0; b < blocks; ++b)
    for (size_t i = 0; i < sums; ++i) totals[i] += partial[b * sums + i];
}

}  // namespace signum
