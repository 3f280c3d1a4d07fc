#include "peak.h"

#include "../core/bits.h"
#include "../core/kernel_table.h"
#include "../core/thread_pool.h"

namespace signum {
namespace {

/** @returns the number of threads that did `work`. */
template <typename Work>
size_t on_every_thread(const Work& work) {
  ThreadPool& pool = ThreadPool::shared();
  const size_t threads = pool.thread_count();
  pool.parallel(threads, [&](size_t begin, size_t end) {
    for (size_t thread = begin; thread < end; ++thread) work();
  });
  return threads;
}

}  // namespace

double peak_of_signs(size_t rounds) {
  uint64_t rows[kPeakRows], words[kPeakWords];
  // Any bits will do: no loop depends on them.
  for (size_t i = 0; i < kPeakRows; ++i) rows[i] = 0x9e3779b97f4a7c15u * (i + 1);
  for (size_t w = 0; w < kPeakWords; ++w) words[w] = 0xd1b54a32d192ed03u * (w + 1);
  const size_t threads = on_every_thread([&] { kernels().peak_b1(rows, words, rounds); });
  return double(threads) * double(rounds) * kPeakRows * kPeakWords * kWordBits;
}

double peak_of_floats(size_t rounds) {
  // Converges to 2: no overflow, and no denormal numbers, which are slow.
  const size_t threads = on_every_thread([&] { kernels().peak_f32(0.5f, 1.0f, rounds); });
  return double(threads) * double(rounds) * double(kernels().peak_f32_multiply_adds);
}

}  // namespace signum
