#pragma once
// Rows of bits become columns, in blocks of 64 × 64.

#include "../core/bits.h"

namespace signum {

/** In place: bit j of word i and bit i of word j change places. */
void transpose_b1_64x64(uint64_t* block);

/**
 * `to` gets `columns` rows of `words_for(rows)` words, `to_stride` apart; bits past `rows` are zero. `from` has `rows`
 * rows of `columns` bits, `from_stride` words apart.
 */
void transpose_b1(const uint64_t* from, size_t rows, size_t columns, size_t from_stride, uint64_t* to,
                  size_t to_stride);

}  // namespace signum
