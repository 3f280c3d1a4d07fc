// The most products of signs: EOR, CNT and ADD for 128 of them, widened as in gemm_b1_neon.inl.

constexpr size_t kPeakBlockWords = 32;

static uint64_t peak_b1(const uint64_t* rows, const uint64_t* words, size_t rounds) {
  uint64x2_t sums_u64x2 = vdupq_n_u64(0);
  for (size_t round = 0; round < rounds; ++round) {
    forget_memory();
    for (size_t begin = 0; begin < kPeakWords; begin += kPeakBlockWords) {
      uint8x16_t ones_u8x16[kPeakRows];
      for (size_t i = 0; i < kPeakRows; ++i) ones_u8x16[i] = vdupq_n_u8(0);
      for (size_t w = begin; w < begin + kPeakBlockWords; w += 2) {
        const uint64x2_t pair = vld1q_u64(words + w);
        for (size_t i = 0; i < kPeakRows; ++i) {
          const uint64x2_t different = veorq_u64(pair, vdupq_n_u64(rows[i]));
          ones_u8x16[i] = vaddq_u8(ones_u8x16[i], vcntq_u8(vreinterpretq_u8_u64(different)));
        }
      }
      for (size_t i = 0; i < kPeakRows; ++i)
        sums_u64x2 = vaddq_u64(sums_u64x2, vpaddlq_u32(vpaddlq_u16(vpaddlq_u8(ones_u8x16[i]))));
    }
  }
  return vgetq_lane_u64(sums_u64x2, 0) + vgetq_lane_u64(sums_u64x2, 1);
}
