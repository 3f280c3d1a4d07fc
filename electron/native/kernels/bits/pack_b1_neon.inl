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

static void threshold_b1_f32(const float* x, size_t rows, size_t channels, const float* thresholds,
                             const uint64_t* inverted, uint64_t* words) {
  const uint32_t weights[4] = {1, 2, 4, 8};
  const uint32x4_t weights_u32x4 = vld1q_u32(weights);
  for (size_t r = 0; r < rows; ++r, x += channels)
    for (size_t begin = 0; begin < channels; begin += kWordBits) {
      const size_t bits = channels - begin < kWordBits ? channels - begin : kWordBits;
      uint64_t word = inverted[begin / kWordBits];
      size_t bit = 0;
      for (; bit + 4 <= bits; bit += 4) {
        const uint32x4_t reached = vcgeq_f32(vld1q_f32(x + begin + bit), vld1q_f32(thresholds + begin + bit));
        word ^= static_cast<uint64_t>(vaddvq_u32(vandq_u32(reached, weights_u32x4))) << bit;
      }
      for (; bit < bits; ++bit) word ^= static_cast<uint64_t>(x[begin + bit] >= thresholds[begin + bit]) << bit;
      *words++ = word;
    }
}
