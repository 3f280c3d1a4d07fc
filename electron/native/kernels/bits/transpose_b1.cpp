#include "transpose_b1.h"

namespace signum {

// Swaps the off-diagonal quarters, then those of each quarter, and so on: six rounds of 32 exchanges
// (Warren, Hacker's Delight, 7-3, for the least significant bit first).
void transpose_b1_64x64(uint64_t* block) {
  uint64_t mask = 0x00000000ffffffffu;
  for (size_t half = 32; half != 0; half >>= 1, mask ^= mask << half)
    for (size_t base = 0; base < kWordBits; base += 2 * half)
      for (size_t i = base; i < base + half; ++i) {
        const uint64_t change = ((block[i] >> half) ^ block[i + half]) & mask;
        block[i + half] ^= change;
        block[i] ^= change << half;
      }
}

void transpose_b1(const uint64_t* from, size_t rows, size_t columns, size_t from_stride, uint64_t* to,
                  size_t to_stride) {
  uint64_t block[kWordBits];
  for (size_t row = 0; row < rows; row += kWordBits)
    for (size_t column = 0; column < columns; column += kWordBits) {
      for (size_t i = 0; i < kWordBits; ++i)
        block[i] = row + i < rows ? from[(row + i) * from_stride + column / kWordBits] : 0;
      transpose_b1_64x64(block);
      for (size_t j = 0; j < kWordBits && column + j < columns; ++j)
        to[(column + j) * to_stride + row / kWordBits] = block[j];
    }
}

}  // namespace signum
