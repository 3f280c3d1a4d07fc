/**
 * e^x for x from -87 to 88, within 1.5 units in the last place. x = n · ln 2 + r with |r| <= ln 2 / 2; ln 2 in two
 * parts so that n · high is exact; polynomial of Cephes' expf.
 */
static inline F32 exponential(F32 x) {
  const F32 n = round_even(mul(x, broadcast(1.44269504088896341f)));
  const F32 r = fma(n, broadcast(2.12194440e-4f), fma(n, broadcast(-0.693359375f), x));
  F32 p = broadcast(1.9875691500e-4f);
  p = fma(p, r, broadcast(1.3981999507e-3f));
  p = fma(p, r, broadcast(8.3334519073e-3f));
  p = fma(p, r, broadcast(4.1665795894e-2f));
  p = fma(p, r, broadcast(1.6666665459e-1f));
  p = fma(p, r, broadcast(5.0000001201e-1f));
  return mul(add(fma(p, mul(r, r), r), broadcast(1.0f)), power_of_two(n));
}
