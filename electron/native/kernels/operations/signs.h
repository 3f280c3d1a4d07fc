#pragma once
// The signs of a whole tensor as one row of bits, and how often each of them changed: what a run records of its weights
// after every step.

#include <cstddef>
#include <cstdint>

namespace signum {

/** Signs of `count` values into `words_for(count)` words; bits past the end are zero. */
void pack_signs(const float* values, size_t count, uint64_t* words);

/**
 * Adds one to the count of every value whose sign is another than before; a count stays at its largest, 65,535. Rows
 * are `words_for(count)` words as 32-bit halves, which is how JavaScript holds them; bits past the end are not looked
 * at.
 *
 * Returns how many differ.
 */
size_t count_flips(const uint32_t* signs, const uint32_t* before, size_t count, uint16_t* counts);

}  // namespace signum
