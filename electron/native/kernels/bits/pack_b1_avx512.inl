/** A comparison writes sixteen bits straight into a mask register. */
static inline uint64_t signs_of(const float* values, size_t count) {
  const __mmask16 lanes = tail_mask(count);
  return _mm512_mask_cmp_ps_mask(lanes, _mm512_maskz_loadu_ps(lanes, values), _mm512_setzero_ps(), _CMP_GE_OQ);
}

static void pack_b1_f32(const float* values, size_t count, uint64_t* words) {
  size_t i = 0;
  for (; i + kWordBits <= count; i += kWordBits) {
    uint64_t word = 0;
    for (size_t part = 0; part < 4; ++part) word |= signs_of(values + i + 16 * part, 16) << (16 * part);
    *words++ = word;
  }
  if (i == count) return;
  uint64_t word = 0;
  for (size_t bit = 0; i < count; i += 16, bit += 16)
    word |= signs_of(values + i, count - i < 16 ? count - i : 16) << bit;
  *words = word;
}

static void threshold_b1_f32(const float* x, size_t rows, size_t channels, const float* thresholds,
                             const uint64_t* inverted, uint64_t* words) {
  for (size_t r = 0; r < rows; ++r, x += channels)
    for (size_t begin = 0; begin < channels; begin += kWordBits) {
      const size_t bits = channels - begin < kWordBits ? channels - begin : kWordBits;
      uint64_t word = inverted[begin / kWordBits];
      for (size_t bit = 0; bit < bits; bit += 16) {
        const __mmask16 lanes = tail_mask(bits - bit < 16 ? bits - bit : 16);
        const __m512 values = _mm512_maskz_loadu_ps(lanes, x + begin + bit);
        const __m512 limits = _mm512_maskz_loadu_ps(lanes, thresholds + begin + bit);
        word ^= static_cast<uint64_t>(_mm512_mask_cmp_ps_mask(lanes, values, limits, _CMP_GE_OQ)) << bit;
      }
      *words++ = word;
    }
}
