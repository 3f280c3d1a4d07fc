// The most products of signs: one word at a time, counted as gemm_b1_scalar.inl does.

static uint64_t peak_b1(const uint64_t* rows, const uint64_t* words, size_t rounds) {
  uint64_t total = 0;
  for (size_t round = 0; round < rounds; ++round) {
    forget_memory();
    for (size_t w = 0; w < kPeakWords; ++w)
      for (size_t i = 0; i < kPeakRows; ++i) total += popcount64(rows[i] ^ words[w]);
  }
  return total;
}
