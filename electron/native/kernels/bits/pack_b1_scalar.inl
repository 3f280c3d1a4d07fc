/** `x >= 0` as the specification says it: true for -0.0, false for NaN. */
static void pack_b1_f32(const float* values, size_t count, uint64_t* words) {
  for (size_t begin = 0; begin < count; begin += kWordBits) {
    uint64_t word = 0;
    for (size_t bit = 0; bit < kWordBits && begin + bit < count; ++bit)
      word |= static_cast<uint64_t>(values[begin + bit] >= 0) << bit;
    *words++ = word;
  }
}

static void threshold_b1_f32(const float* x, size_t rows, size_t channels, const float* thresholds,
                             const uint64_t* inverted, uint64_t* words) {
  for (size_t r = 0; r < rows; ++r, x += channels)
    for (size_t begin = 0; begin < channels; begin += kWordBits) {
      uint64_t word = inverted[begin / kWordBits];
      for (size_t bit = 0; bit < kWordBits && begin + bit < channels; ++bit)
        word ^= static_cast<uint64_t>(x[begin + bit] >= thresholds[begin + bit]) << bit;
      *words++ = word;
    }
}
