// Eight floats in a YMM register. See vector_scalar.inl for what each name means.

using F32 = __m256;
using Mask = __m256;
constexpr size_t kLanes = 8;
constexpr size_t kGemmRows = 6;
constexpr size_t kGemmVectors = 2;

alignas(64) static const int32_t kTailMask[16] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};
inline __m256i tail_mask(size_t lanes) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kTailMask + 8 - lanes));
}

inline F32 load(const float* p) { return _mm256_loadu_ps(p); }
inline void store(float* p, F32 v) { _mm256_storeu_ps(p, v); }
inline F32 load_some(const float* p, size_t lanes) { return _mm256_maskload_ps(p, tail_mask(lanes)); }
inline void store_some(float* p, F32 v, size_t lanes) { _mm256_maskstore_ps(p, tail_mask(lanes), v); }
inline F32 broadcast(float v) { return _mm256_set1_ps(v); }
inline F32 add(F32 a, F32 b) { return _mm256_add_ps(a, b); }
inline F32 sub(F32 a, F32 b) { return _mm256_sub_ps(a, b); }
inline F32 mul(F32 a, F32 b) { return _mm256_mul_ps(a, b); }
inline F32 div(F32 a, F32 b) { return _mm256_div_ps(a, b); }
inline F32 max(F32 a, F32 b) { return _mm256_max_ps(a, b); }
inline F32 min(F32 a, F32 b) { return _mm256_min_ps(a, b); }
inline F32 root(F32 a) { return _mm256_sqrt_ps(a); }
inline F32 magnitude(F32 a) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a); }
inline F32 with_sign_of(F32 a, F32 sign) {
  const __m256 sign_bit = _mm256_set1_ps(-0.0f);
  return _mm256_or_ps(_mm256_andnot_ps(sign_bit, a), _mm256_and_ps(sign_bit, sign));
}
inline F32 fma(F32 a, F32 b, F32 c) { return _mm256_fmadd_ps(a, b, c); }
inline Mask greater(F32 a, F32 b) { return _mm256_cmp_ps(a, b, _CMP_GT_OQ); }
inline Mask at_most(F32 a, F32 b) { return _mm256_cmp_ps(a, b, _CMP_LE_OQ); }
inline Mask equal(F32 a, F32 b) { return _mm256_cmp_ps(a, b, _CMP_EQ_OQ); }
inline F32 select(Mask m, F32 yes, F32 no) { return _mm256_blendv_ps(no, yes, m); }
inline F32 round_even(F32 a) { return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
inline F32 power_of_two(F32 n) {
  const __m256i exponent = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));
  return _mm256_castsi256_ps(_mm256_slli_epi32(exponent, 23));
}
inline F32 load_bytes(const uint8_t* p, size_t lanes) {
  uint64_t bytes = 0;
  std::memcpy(&bytes, p, lanes);
  return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_cvtsi64_si128(static_cast<long long>(bytes))));
}
inline void store_bytes(uint8_t* p, F32 v, size_t lanes) {
  const __m256i wide = _mm256_cvtps_epi32(v);
  const __m128i words = _mm_packus_epi32(_mm256_castsi256_si128(wide), _mm256_extracti128_si256(wide, 1));
  const uint64_t bytes = static_cast<uint64_t>(_mm_cvtsi128_si64(_mm_packus_epi16(words, words)));
  std::memcpy(p, &bytes, lanes);
}
/** Pairs of rows are interleaved by floats, then by pairs of floats, then by halves. */
inline void transpose_square(F32 (&rows)[kLanes]) {
  F32 pairs[kLanes], quads[kLanes];
  for (size_t i = 0; i < kLanes; i += 2) {
    pairs[i] = _mm256_unpacklo_ps(rows[i], rows[i + 1]);
    pairs[i + 1] = _mm256_unpackhi_ps(rows[i], rows[i + 1]);
  }
  for (size_t i = 0; i < kLanes; i += 4)
    for (size_t j = 0; j < 2; ++j) {
      quads[i + 2 * j] = _mm256_shuffle_ps(pairs[i + j], pairs[i + j + 2], _MM_SHUFFLE(1, 0, 1, 0));
      quads[i + 2 * j + 1] = _mm256_shuffle_ps(pairs[i + j], pairs[i + j + 2], _MM_SHUFFLE(3, 2, 3, 2));
    }
  for (size_t i = 0; i < 4; ++i) {
    rows[i] = _mm256_permute2f128_ps(quads[i], quads[i + 4], 0x20);
    rows[i + 4] = _mm256_permute2f128_ps(quads[i], quads[i + 4], 0x31);
  }
}
