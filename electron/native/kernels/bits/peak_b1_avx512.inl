// The most products of signs: VPXORQ, VPOPCNTQ and VPADDQ on registers; one load serves all rows.

static uint64_t peak_b1(const uint64_t* rows, const uint64_t* words, size_t rounds) {
  __m512i sums_u64x8[kPeakRows];
  for (size_t i = 0; i < kPeakRows; ++i) sums_u64x8[i] = _mm512_setzero_si512();
  for (size_t round = 0; round < rounds; ++round) {
    forget_memory();
    __m512i rows_u64x8[kPeakRows];
    for (size_t i = 0; i < kPeakRows; ++i) rows_u64x8[i] = _mm512_set1_epi64(static_cast<long long>(rows[i]));
    for (size_t w = 0; w < kPeakWords; w += 8) {
      const __m512i words_u64x8 = _mm512_loadu_si512(words + w);
      for (size_t i = 0; i < kPeakRows; ++i)
        sums_u64x8[i] =
            _mm512_add_epi64(sums_u64x8[i], _mm512_popcnt_epi64(_mm512_xor_si512(rows_u64x8[i], words_u64x8)));
    }
  }
  uint64_t total = 0;
  for (size_t i = 0; i < kPeakRows; ++i) {
    alignas(64) uint64_t sums[8];
    _mm512_store_si512(sums, sums_u64x8[i]);
    for (const uint64_t sum : sums) total += sum;
  }
  return total;
}
