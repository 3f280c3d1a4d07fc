#pragma once
// The packed layout in C++; shared/bits/layout.ts states it in full.

#include <cstddef>
#include <cstdint>

namespace signum {

constexpr size_t kWordBits = 64;

constexpr size_t words_for(size_t bits) { return (bits + kWordBits - 1) / kWordBits; }

constexpr size_t round_up(size_t value, size_t multiple) { return (value + multiple - 1) / multiple * multiple; }

/** The lowest `count` bits set; `count` is 0 to 64. */
constexpr uint64_t low_bits(size_t count) { return count >= kWordBits ? ~uint64_t{0} : (uint64_t{1} << count) - 1; }

}  // namespace signum
