/** `x >= 0` as the specification says it: true for -0.0, false for NaN. */
static void pack_b1_f32(const float* values, size_t count, uint64_t* words) {
  for (size_t begin = 0; begin < count; begin += kWordBits) {
    uint64_t word = 0;
    for (size_t bit = 0; bit < kWordBits && begin + bit < count; ++bit)
      word |= static_cast<uint64_t>(values[begin + bit] >= 0) << bit;
    *words++ = word;
  }
}
