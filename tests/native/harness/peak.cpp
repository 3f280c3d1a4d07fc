// A peak counts for nothing if its loop leaves work out: the results are those of all the work.
#include "../../../electron/native/kernels/operations/peak.h"

#include <cmath>

#include "../../../electron/native/kernels/core/kernel_table.h"
#include "../../../electron/native/kernels/core/thread_pool.h"
#include "check.h"
#include "tests.h"

namespace harness {
namespace {

using namespace signum;

constexpr size_t kRounds = 5;

void test_signs(const std::string& where) {
  Array<uint64_t> rows(kPeakRows), words(kPeakWords);
  const bool all_ones = between(0, 1) == 0;
  for (size_t i = 0; i < rows.size(); ++i)
    rows[i] = all_ones ? ~uint64_t{0} : uint64_t{generator()} << 32 | generator();
  for (size_t w = 0; w < words.size(); ++w) words[w] = all_ones ? 0 : uint64_t{generator()} << 32 | generator();
  uint64_t different = 0;
  for (size_t i = 0; i < rows.size(); ++i)
    for (size_t w = 0; w < words.size(); ++w)
      for (uint64_t bits = rows[i] ^ words[w]; bits != 0; bits &= bits - 1) ++different;
  report(kernels().peak_b1(rows.data(), words.data(), kRounds) == kRounds * different,
         "the peak of signs counts every bit on " + where);
  const double threads = double(ThreadPool::shared().thread_count());
  report(peak_of_signs(kRounds) == threads * kRounds * kPeakRows * kPeakWords * 64,
         "the peak of signs tells what all threads did on " + where);
}

void test_floats(const std::string& where) {
  const float factor = 0.75f, addend = 1.5f;
  const size_t chains = 12, lanes = kernels().peak_f32_multiply_adds / chains;
  float wanted = 0;
  for (size_t i = 0; i < chains; ++i) {
    float chain = static_cast<float>(i);
    for (size_t round = 0; round < kRounds; ++round) chain = std::fma(chain, factor, addend);
    for (size_t lane = 0; lane < lanes; ++lane) wanted += chain;
  }
  report(kernels().peak_f32(factor, addend, kRounds) == wanted, "the peak of floats does every chain on " + where);
  const double threads = double(ThreadPool::shared().thread_count());
  report(peak_of_floats(kRounds) == threads * kRounds * double(kernels().peak_f32_multiply_adds),
         "the peak of floats tells what all threads did on " + where);
}

}  // namespace

void test_peak(const std::string& where) {
  for (size_t i = 0; i < 4; ++i) test_signs(where);
  test_floats(where);
}

}  // namespace harness
