#pragma once
// Runs of bits at any place, appended to a row of words.

#include "../core/bits.h"

namespace signum {

/** Writes whole words; `finish` writes the last one with zeros past its end. */
class BitWriter {
 public:
  explicit BitWriter(uint64_t* words) : next_(words) {}

  /** `count` bits of `from`, the first at `first_bit`. May read one word past the last bit. */
  void append(const uint64_t* from, size_t first_bit, size_t count) {
    from += first_bit / kWordBits;
    const size_t shift = first_bit % kWordBits;
    for (; count >= kWordBits; count -= kWordBits, ++from) push(read(from, shift), kWordBits);
    if (count > 0) push(read(from, shift) & low_bits(count), count);
  }

  /** `count` equal bits. */
  void fill(bool bit, size_t count) {
    const uint64_t word = bit ? ~uint64_t{0} : 0;
    for (; count >= kWordBits; count -= kWordBits) push(word, kWordBits);
    if (count > 0) push(word & low_bits(count), count);
  }

  void finish() {
    if (filled_ > 0) *next_ = pending_;
  }

 private:
  static uint64_t read(const uint64_t* from, size_t shift) {
    return shift == 0 ? from[0] : (from[0] >> shift) | (from[1] << (kWordBits - shift));
  }

  /** `word` has no bits past `count`, which is 1 to 64. */
  void push(uint64_t word, size_t count) {
    pending_ |= word << filled_;
    if (filled_ + count < kWordBits) {
      filled_ += count;
      return;
    }
    *next_++ = pending_;
    const size_t written = kWordBits - filled_;
    pending_ = written == kWordBits ? 0 : word >> written;
    filled_ = filled_ + count - kWordBits;
  }

  uint64_t* next_;
  uint64_t pending_ = 0;
  size_t filled_ = 0;
};

}  // namespace signum
