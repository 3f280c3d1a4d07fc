// One float at a time: the vector of machines without vectors. Every vector_*.inl defines the same names.

using F32 = float;
using Mask = bool;
constexpr size_t kLanes = 1;
constexpr size_t kGemmRows = 4;
constexpr size_t kGemmVectors = 4;

inline F32 load(const float* p) { return *p; }
inline void store(float* p, F32 v) { *p = v; }
inline F32 load_some(const float* p, size_t) { return *p; }
inline void store_some(float* p, F32 v, size_t) { *p = v; }
inline F32 broadcast(float v) { return v; }
inline F32 add(F32 a, F32 b) { return a + b; }
inline F32 sub(F32 a, F32 b) { return a - b; }
inline F32 mul(F32 a, F32 b) { return a * b; }
inline F32 div(F32 a, F32 b) { return a / b; }
inline F32 max(F32 a, F32 b) { return a > b ? a : b; }
inline F32 min(F32 a, F32 b) { return a < b ? a : b; }
inline F32 root(F32 a) { return __builtin_sqrtf(a); }
inline F32 magnitude(F32 a) { return __builtin_fabsf(a); }
inline F32 with_sign_of(F32 a, F32 sign) { return __builtin_copysignf(a, sign); }
/** a · b + c, rounded once as on every other instruction set, so that products are the same numbers everywhere. */
inline F32 fma(F32 a, F32 b, F32 c) { return __builtin_fmaf(a, b, c); }
inline Mask greater(F32 a, F32 b) { return a > b; }
inline Mask at_most(F32 a, F32 b) { return a <= b; }
inline Mask equal(F32 a, F32 b) { return a == b; }
inline F32 select(Mask m, F32 yes, F32 no) { return m ? yes : no; }
inline F32 round_even(F32 a) { return __builtin_rintf(a); }
/** 2^n for a whole n from -126 to 127. */
inline F32 power_of_two(F32 n) {
  const int32_t bits = (static_cast<int32_t>(n) + 127) << 23;
  float result;
  std::memcpy(&result, &bits, sizeof result);
  return result;
}
/** Whole numbers 0 to 255, one byte each. */
inline F32 load_bytes(const uint8_t* p, size_t) { return *p; }
inline void store_bytes(uint8_t* p, F32 v, size_t) { *p = static_cast<uint8_t>(v); }
/** Rows of a square of kLanes by kLanes become its columns. */
inline void transpose_square(F32 (&)[kLanes]) {}
