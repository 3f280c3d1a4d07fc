/**
 * tanh within 2 units in the last place. Near zero 1 - 2 / (e^2x + 1) would cancel, so below 0.625 a polynomial in x²
 * (Cephes' tanhf) takes over. From 9.02 on the nearest float is 1. NaN stays NaN.
 */
static inline F32 tanh_of(F32 x) {
  const F32 size = magnitude(x);
  const F32 square = mul(x, x);
  F32 p = broadcast(-5.70498872745e-3f);
  p = fma(p, square, broadcast(2.06390887954e-2f));
  p = fma(p, square, broadcast(-5.37397155531e-2f));
  p = fma(p, square, broadcast(1.33314422036e-1f));
  p = fma(p, square, broadcast(-3.33332819422e-1f));
  const F32 small = fma(mul(p, square), x, x);
  const F32 clamped = min(size, broadcast(9.02f));
  const F32 e = exponential(add(clamped, clamped));
  const F32 large = sub(broadcast(1.0f), div(broadcast(2.0f), add(e, broadcast(1.0f))));
  // The sign last, so that tanh(-0.0) is -0.0.
  const F32 result = with_sign_of(select(at_most(size, broadcast(0.625f)), small, large), x);
  return select(equal(x, x), result, x);
}

static void tanh_f32(const float* x, size_t count, float* y) {
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) store(y + i, tanh_of(load(x + i)));
  if (i < count) store_some(y + i, tanh_of(load_some(x + i, count - i)), count - i);
}
