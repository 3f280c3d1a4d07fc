// Four floats in a NEON register. See vector_scalar.inl for what each name means.

using F32 = float32x4_t;
using Mask = uint32x4_t;
constexpr size_t kLanes = 4;
constexpr size_t kGemmRows = 6;
constexpr size_t kGemmVectors = 4;

inline F32 load(const float* p) { return vld1q_f32(p); }
inline void store(float* p, F32 v) { vst1q_f32(p, v); }
inline F32 load_some(const float* p, size_t lanes) {
  float values[4] = {};
  std::memcpy(values, p, lanes * sizeof(float));
  return vld1q_f32(values);
}
inline void store_some(float* p, F32 v, size_t lanes) {
  float values[4];
  vst1q_f32(values, v);
  std::memcpy(p, values, lanes * sizeof(float));
}
inline F32 broadcast(float v) { return vdupq_n_f32(v); }
inline F32 add(F32 a, F32 b) { return vaddq_f32(a, b); }
inline F32 sub(F32 a, F32 b) { return vsubq_f32(a, b); }
inline F32 mul(F32 a, F32 b) { return vmulq_f32(a, b); }
inline F32 div(F32 a, F32 b) { return vdivq_f32(a, b); }
inline F32 max(F32 a, F32 b) { return vmaxq_f32(a, b); }
inline F32 min(F32 a, F32 b) { return vminq_f32(a, b); }
inline F32 root(F32 a) { return vsqrtq_f32(a); }
inline F32 magnitude(F32 a) { return vabsq_f32(a); }
inline F32 with_sign_of(F32 a, F32 sign) { return vbslq_f32(vdupq_n_u32(0x80000000u), sign, a); }
inline F32 fma(F32 a, F32 b, F32 c) { return vfmaq_f32(c, a, b); }
inline Mask greater(F32 a, F32 b) { return vcgtq_f32(a, b); }
inline Mask at_most(F32 a, F32 b) { return vcleq_f32(a, b); }
inline Mask equal(F32 a, F32 b) { return vceqq_f32(a, b); }
inline F32 select(Mask m, F32 yes, F32 no) { return vbslq_f32(m, yes, no); }
inline F32 round_even(F32 a) { return vrndnq_f32(a); }
inline F32 power_of_two(F32 n) {
  const int32x4_t exponent = vaddq_s32(vcvtnq_s32_f32(n), vdupq_n_s32(127));
  return vreinterpretq_f32_s32(vshlq_n_s32(exponent, 23));
}
inline F32 load_bytes(const uint8_t* p, size_t lanes) {
  uint32_t bytes = 0;
  std::memcpy(&bytes, p, lanes);
  const uint8x8_t narrow = vreinterpret_u8_u32(vdup_n_u32(bytes));
  return vcvtq_f32_u32(vmovl_u16(vget_low_u16(vmovl_u8(narrow))));
}
inline void store_bytes(uint8_t* p, F32 v, size_t lanes) {
  const uint16x4_t words = vmovn_u32(vcvtnq_u32_f32(v));
  const uint32_t bytes = vget_lane_u32(vreinterpret_u32_u8(vmovn_u16(vcombine_u16(words, words))), 0);
  std::memcpy(p, &bytes, lanes);
}
inline void transpose_square(F32 (&rows)[kLanes]) {
  const float32x4x2_t low = vzipq_f32(rows[0], rows[2]), high = vzipq_f32(rows[1], rows[3]);
  const float32x4x2_t first = vzipq_f32(low.val[0], high.val[0]), second = vzipq_f32(low.val[1], high.val[1]);
  rows[0] = first.val[0];
  rows[1] = first.val[1];
  rows[2] = second.val[0];
  rows[3] = second.val[1];
}
