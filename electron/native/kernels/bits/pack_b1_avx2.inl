/** Eight signs by a comparison (not by the sign bit, which is set for -0.0) and MOVMSKPS. */
static inline uint64_t signs_of_8(const float* values) {
  const __m256 reached = _mm256_cmp_ps(_mm256_loadu_ps(values), _mm256_setzero_ps(), _CMP_GE_OQ);
  return static_cast<uint32_t>(_mm256_movemask_ps(reached));
}

static void pack_b1_f32(const float* values, size_t count, uint64_t* words) {
  size_t i = 0;
  for (; i + kWordBits <= count; i += kWordBits) {
    uint64_t word = 0;
    for (size_t byte = 0; byte < 8; ++byte) word |= signs_of_8(values + i + 8 * byte) << (8 * byte);
    *words++ = word;
  }
  if (i == count) return;
  uint64_t word = 0;
  size_t bit = 0;
  for (; i + 8 <= count; i += 8, bit += 8) word |= signs_of_8(values + i) << bit;
  for (; i < count; ++i, ++bit) word |= static_cast<uint64_t>(values[i] >= 0) << bit;
  *words = word;
}

static void threshold_b1_f32(const float* x, size_t rows, size_t channels, const float* thresholds,
                             const uint64_t* inverted, uint64_t* words) {
  for (size_t r = 0; r < rows; ++r, x += channels)
    for (size_t begin = 0; begin < channels; begin += kWordBits) {
      const size_t bits = channels - begin < kWordBits ? channels - begin : kWordBits;
      uint64_t word = inverted[begin / kWordBits];
      size_t bit = 0;
      for (; bit + 8 <= bits; bit += 8) {
        const __m256 values = _mm256_loadu_ps(x + begin + bit), limits = _mm256_loadu_ps(thresholds + begin + bit);
        const int reached = _mm256_movemask_ps(_mm256_cmp_ps(values, limits, _CMP_GE_OQ));
        word ^= static_cast<uint64_t>(static_cast<uint32_t>(reached)) << bit;
      }
      for (; bit < bits; ++bit) word ^= static_cast<uint64_t>(x[begin + bit] >= thresholds[begin + bit]) << bit;
      *words++ = word;
    }
}
