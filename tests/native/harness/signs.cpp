#include "../../../electron/native/kernels/operations/signs.h"

#include "../../../electron/native/kernels/core/bits.h"
#include "check.h"
#include "tests.h"

namespace harness {
namespace {

using namespace signum;

Array<uint32_t> packed(const Array<float>& values) {
  Array<uint64_t> words(words_for(values.size()), ~uint64_t{0});
  pack_signs(values.data(), values.size(), words.data());
  Array<uint32_t> halves(2 * words.size());
  for (size_t w = 0; w < words.size(); ++w) {
    halves[2 * w] = static_cast<uint32_t>(words[w]);
    halves[2 * w + 1] = static_cast<uint32_t>(words[w] >> 32);
  }
  return halves;
}

void test_row(const std::string& where, size_t count) {
  const Array<float> values = floats(count);
  const Array<uint32_t> signs = packed(values);
  std::vector<uint32_t> wanted(2 * words_for(count));
  for (size_t i = 0; i < count; ++i) wanted[i / 32] |= static_cast<uint32_t>(values[i] >= 0) << (i % 32);
  expect_equal("a row of " + std::to_string(count) + " signs on " + where, signs, wanted);
}

void test_flips(const std::string& where, size_t count) {
  const Array<float> before = floats(count), after = floats(count);
  Array<uint16_t> counts(count);
  std::vector<uint16_t> wanted(count);
  size_t flips = 0;
  for (size_t i = 0; i < count; ++i) {
    counts[i] = wanted[i] = static_cast<uint16_t>(between(65534, 65535));
    if (before[i] >= 0 == after[i] >= 0) continue;
    wanted[i] = 65535;
    ++flips;
  }
  Array<uint32_t> signs = packed(after);
  // Whatever stands past the end.
  if (count % 64 != 0) signs[signs.size() - 1] |= 1u << 31;
  const size_t found = count_flips(signs.data(), packed(before).data(), count, counts.data());
  const std::string what = std::to_string(count) + " signs on " + where;
  report(found == flips, "the number of flips among " + what);
  expect_equal("flips of each of " + what, counts, wanted);
}

}  // namespace

void test_packed_signs(const std::string& where) {
  for (size_t count : {size_t{1}, size_t{31}, size_t{64}, between(65, 400), size_t{200'000} + between(0, 100)}) {
    test_row(where, count);
    test_flips(where, count);
  }
}

}  // namespace harness
