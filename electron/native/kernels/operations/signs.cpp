#include "signs.h"

#include <cstring>

#include "../core/bits.h"
#include "../core/kernel_table.h"

namespace signum {

namespace {

/** An array of halves may start between two words. */
uint64_t word_at(const uint32_t* halves, size_t word) {
  uint64_t value;
  std::memcpy(&value, halves + 2 * word, sizeof value);
  return value;
}

}  // namespace

void pack_signs(const float* values, size_t count, uint64_t* words) {
  // A million take 50 µs from the cache and 250 from memory, which a second thread does not make faster.
  kernels().pack_b1_f32(values, count, words);
}

size_t count_flips(const uint32_t* signs, const uint32_t* before, size_t count, uint16_t* counts) {
  size_t flips = 0;
  for (size_t begin = 0; begin < count; begin += kWordBits, counts += kWordBits) {
    uint64_t changed = word_at(signs, begin / kWordBits) ^ word_at(before, begin / kWordBits);
    // Flips are few, and most words without one.
    if (changed == 0) continue;
    if (count - begin < kWordBits) changed &= low_bits(count - begin);
    for (; changed != 0; changed &= changed - 1, ++flips) {
      uint16_t& times = counts[__builtin_ctzll(changed)];
      if (times != UINT16_MAX) ++times;
    }
  }
  return flips;
}

}  // namespace signum
