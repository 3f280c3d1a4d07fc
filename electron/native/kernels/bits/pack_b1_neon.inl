/** Four comparisons keep one bit each and are added up; NEON has no instruction that gathers signs. */
static inline uint64_t signs_of_4(const float* values) {
  const uint32_t weights[4] = {1, 2, 4, 8};
  const uint32x4_t reached = vcgeq_f32(vld1q_f32(values), vdupq_n_f32(0.0f));
  return vaddvq_u32(vandq_u32(reached, vld1q_u32(weights)));
}

static void pack_b1_f32(const float* values, size_t count, uint64_t* words) {
  for (size_t begin = 0; begin < count; begin += kWordBits) {
    const size_t bits = count - begin < kWordBits ? count - begin : kWordBits;
    uint64_t word = 0;
    size_t bit = 0;
    for (; bit + 4 <= bits; bit += 4) word |= signs_of_4(values + begin + bit) << bit;
    for (; bit < bits; ++bit) word |= static_cast<uint64_t>(values[begin + bit] >= 0) << bit;
    *words++ = word;
  }
}
