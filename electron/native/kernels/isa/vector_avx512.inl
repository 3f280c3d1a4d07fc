// Sixteen floats in a ZMM register. See vector_scalar.inl for what each name means.

using F32 = __m512;
using Mask = __mmask16;
constexpr size_t kLanes = 16;
constexpr size_t kGemmRows = 12;
constexpr size_t kGemmVectors = 2;

inline __mmask16 tail_mask(size_t lanes) { return static_cast<__mmask16>((uint32_t{1} << lanes) - 1); }

inline F32 load(const float* p) { return _mm512_loadu_ps(p); }
inline void store(float* p, F32 v) { _mm512_storeu_ps(p, v); }
inline F32 load_some(const float* p, size_t lanes) { return _mm512_maskz_loadu_ps(tail_mask(lanes), p); }
inline void store_some(float* p, F32 v, size_t lanes) { _mm512_mask_storeu_ps(p, tail_mask(lanes), v); }
inline F32 broadcast(float v) { return _mm512_set1_ps(v); }
inline F32 add(F32 a, F32 b) { return _mm512_add_ps(a, b); }
inline F32 sub(F32 a, F32 b) { return _mm512_sub_ps(a, b); }
inline F32 mul(F32 a, F32 b) { return _mm512_mul_ps(a, b); }
inline F32 div(F32 a, F32 b) { return _mm512_div_ps(a, b); }
inline F32 max(F32 a, F32 b) { return _mm512_max_ps(a, b); }
inline F32 min(F32 a, F32 b) { return _mm512_min_ps(a, b); }
inline F32 root(F32 a) { return _mm512_sqrt_ps(a); }
inline F32 magnitude(F32 a) { return _mm512_abs_ps(a); }
inline F32 with_sign_of(F32 a, F32 sign) {
  const __m512 sign_bit = _mm512_set1_ps(-0.0f);
  return _mm512_or_ps(_mm512_andnot_ps(sign_bit, a), _mm512_and_ps(sign_bit, sign));
}
inline F32 fma(F32 a, F32 b, F32 c) { return _mm512_fmadd_ps(a, b, c); }
inline Mask greater(F32 a, F32 b) { return _mm512_cmp_ps_mask(a, b, _CMP_GT_OQ); }
inline Mask at_most(F32 a, F32 b) { return _mm512_cmp_ps_mask(a, b, _CMP_LE_OQ); }
inline Mask equal(F32 a, F32 b) { return _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ); }
inline F32 select(Mask m, F32 yes, F32 no) { return _mm512_mask_blend_ps(m, no, yes); }
inline F32 round_even(F32 a) { return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
inline F32 power_of_two(F32 n) {
  const __m512i exponent = _mm512_add_epi32(_mm512_cvtps_epi32(n), _mm512_set1_epi32(127));
  return _mm512_castsi512_ps(_mm512_slli_epi32(exponent, 23));
}
inline F32 load_bytes(const uint8_t* p, size_t lanes) {
  const __m128i bytes = _mm_maskz_loadu_epi8(tail_mask(lanes), p);
  return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(bytes));
}
inline void store_bytes(uint8_t* p, F32 v, size_t lanes) {
  _mm_mask_storeu_epi8(p, tail_mask(lanes), _mm512_cvtepi32_epi8(_mm512_cvtps_epi32(v)));
}
/** Pairs of rows are interleaved by floats, then by pairs of floats, then by quarters, twice. */
inline void transpose_square(F32 (&rows)[kLanes]) {
  F32 pairs[kLanes], quads[kLanes];
  for (size_t i = 0; i < kLanes; i += 2) {
    pairs[i] = _mm512_unpacklo_ps(rows[i], rows[i + 1]);
    pairs[i + 1] = _mm512_unpackhi_ps(rows[i], rows[i + 1]);
  }
  for (size_t i = 0; i < kLanes; i += 4)
    for (size_t j = 0; j < 2; ++j) {
      quads[i + 2 * j] = _mm512_shuffle_ps(pairs[i + j], pairs[i + j + 2], _MM_SHUFFLE(1, 0, 1, 0));
      quads[i + 2 * j + 1] = _mm512_shuffle_ps(pairs[i + j], pairs[i + j + 2], _MM_SHUFFLE(3, 2, 3, 2));
    }
  // Quarter q of quads[4 · k + i] is column 4 · q + i of rows 4 · k to 4 · k + 3.
  for (size_t i = 0; i < 4; ++i) {
    const F32 low_even = _mm512_shuffle_f32x4(quads[i], quads[i + 4], _MM_SHUFFLE(2, 0, 2, 0));
    const F32 low_odd = _mm512_shuffle_f32x4(quads[i], quads[i + 4], _MM_SHUFFLE(3, 1, 3, 1));
    const F32 high_even = _mm512_shuffle_f32x4(quads[i + 8], quads[i + 12], _MM_SHUFFLE(2, 0, 2, 0));
    const F32 high_odd = _mm512_shuffle_f32x4(quads[i + 8], quads[i + 12], _MM_SHUFFLE(3, 1, 3, 1));
    rows[i] = _mm512_shuffle_f32x4(low_even, high_even, _MM_SHUFFLE(2, 0, 2, 0));
    rows[i + 4] = _mm512_shuffle_f32x4(low_odd, high_odd, _MM_SHUFFLE(2, 0, 2, 0));
    rows[i + 8] = _mm512_shuffle_f32x4(low_even, high_even, _MM_SHUFFLE(3, 1, 3, 1));
    rows[i + 12] = _mm512_shuffle_f32x4(low_odd, high_odd, _MM_SHUFFLE(3, 1, 3, 1));
  }
}
