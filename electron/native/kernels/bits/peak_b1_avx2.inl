// The most products of signs: the fastest way that AVX2 has of XORing and counting, explained in gemm_b1_avx2.inl, with
// the tables of all rows in registers. One PSHUFB and one PADDB for 128 products; XOR, two PSHUFBs and two PADDBs with
// their shifts and masks would do half as many.

constexpr size_t kWordNibbles = 16;
/** Each adds at most 4 · 16 to a byte. */
constexpr size_t kPositionsPerByteSum = 3;

static uint64_t peak_b1(const uint64_t* rows, const uint64_t* words, size_t rounds) {
  // Nibble q of every word, then nibble q + 1.
  alignas(64) uint8_t nibbles[kWordNibbles][kPeakWords];
  for (size_t q = 0; q < kWordNibbles; ++q)
    for (size_t w = 0; w < kPeakWords; ++w) nibbles[q][w] = words[w] >> 4 * q & 15;
  __m256i sums_u64x4 = _mm256_setzero_si256();
  for (size_t round = 0; round < rounds; ++round) {
    forget_memory();
    for (size_t begin = 0; begin < kWordNibbles; begin += kPositionsPerByteSum) {
      const size_t end = begin + kPositionsPerByteSum < kWordNibbles ? begin + kPositionsPerByteSum : kWordNibbles;
      __m256i ones_u8x32[kPeakRows];
      for (size_t i = 0; i < kPeakRows; ++i) ones_u8x32[i] = _mm256_setzero_si256();
      for (size_t q = begin; q < end; ++q) {
        __m256i tables[kPeakRows];
        for (size_t i = 0; i < kPeakRows; ++i)
          tables[i] = _mm256_broadcastsi128_si256(
              _mm_load_si128(reinterpret_cast<const __m128i*>(kNibbleTables.ones[rows[i] >> 4 * q & 15])));
        for (size_t w = 0; w < kPeakWords; w += 32) {
          const __m256i words_u8x32 = _mm256_load_si256(reinterpret_cast<const __m256i*>(nibbles[q] + w));
          for (size_t i = 0; i < kPeakRows; ++i)
            ones_u8x32[i] = _mm256_add_epi8(ones_u8x32[i], _mm256_shuffle_epi8(tables[i], words_u8x32));
          // Else GCC unrolls this loop until its sums no longer fit.
          keep_in_registers<kPeakRows>(ones_u8x32);
        }
      }
      for (size_t i = 0; i < kPeakRows; ++i)
        sums_u64x4 = _mm256_add_epi64(sums_u64x4, _mm256_sad_epu8(ones_u8x32[i], _mm256_setzero_si256()));
    }
  }
  alignas(32) uint64_t sums[4];
  _mm256_store_si256(reinterpret_cast<__m256i*>(sums), sums_u64x4);
  return sums[0] + sums[1] + sums[2] + sums[3];
}
