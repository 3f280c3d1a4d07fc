// The same with a 2×2 maximum after it. tanh rises, so it is taken of the largest value only: one in four.
// Ties go to the first pixel in reading order, as in PyTorch.

/** Loads and stores of whole vectors, or of the last `lanes` channels. */
struct WholeVectors {
  static F32 get(const float* p, size_t) { return load(p); }
  static void put(float* p, F32 v, size_t) { store(p, v); }
};
struct PartialVectors {
  static F32 get(const float* p, size_t lanes) { return load_some(p, lanes); }
  static void put(float* p, F32 v, size_t lanes) { store_some(p, v, lanes); }
};

template <bool Tanh, typename Access>
static inline void pool_vector(const float* const* window, size_t c, size_t lanes, const float* scale,
                               const float* shift, float* y, uint8_t* choice, float* x_chosen) {
  const F32 by = Access::get(scale + c, lanes), plus = Access::get(shift + c, lanes);
  F32 x = Access::get(window[0] + c, lanes);
  F32 largest = fma(x, by, plus);
  F32 chosen = broadcast(0.0f);
  for (size_t i = 1; i < 4; ++i) {
    const F32 other = Access::get(window[i] + c, lanes);
    const F32 z = fma(other, by, plus);
    const Mask higher = greater(z, largest);
    largest = select(higher, z, largest);
    x = select(higher, other, x);
    chosen = select(higher, broadcast(static_cast<float>(i)), chosen);
  }
  Access::put(y + c, activate<Tanh>(largest), lanes);
  Access::put(x_chosen + c, x, lanes);
  store_bytes(choice + c, chosen, lanes);
}

template <bool Tanh>
static void affine_pool(const PoolRow& row, const float* scale, const float* shift, float* y, uint8_t* choice,
                        float* x_chosen) {
  const size_t channels = row.channels;
  for (size_t p = 0; p < row.pixels; ++p, y += channels, choice += channels, x_chosen += channels) {
    const float* upper = row.upper + 2 * p * channels;
    const float* lower = row.lower + 2 * p * channels;
    const float* window[4] = {upper, upper + channels, lower, lower + channels};
    size_t c = 0;
    for (; c + kLanes <= channels; c += kLanes)
      pool_vector<Tanh, WholeVectors>(window, c, kLanes, scale, shift, y, choice, x_chosen);
    if (c < channels) pool_vector<Tanh, PartialVectors>(window, c, channels - c, scale, shift, y, choice, x_chosen);
  }
}

static void affine_pool_f32(const PoolRow& row, const float* scale, const float* shift, bool tanh, float* y,
                            uint8_t* choice, float* x_chosen) {
  (tanh ? affine_pool<true> : affine_pool<false>)(row, scale, shift, y, choice, x_chosen);
}

template <bool Tanh, typename Access>
static inline void pool_gradient_vector(const float* const* window, float* const* dx, size_t c, size_t lanes,
                                        const float* dy, const float* y, const uint8_t* choice, const float* a,
                                        const float* b, const float* k) {
  const F32 dz = deactivate<Tanh>(Access::get(dy + c, lanes), Access::get(y + c, lanes));
  const F32 reached = mul(Access::get(a + c, lanes), dz);
  const F32 chosen = load_bytes(choice + c, lanes);
  const F32 slope = Access::get(k + c, lanes), base = Access::get(b + c, lanes);
  for (size_t i = 0; i < 4; ++i) {
    const F32 rest = fma(slope, Access::get(window[i] + c, lanes), base);
    const Mask here = equal(chosen, broadcast(static_cast<float>(i)));
    Access::put(dx[i] + c, select(here, add(rest, reached), rest), lanes);
  }
}

template <bool Tanh>
static void affine_pool_gradient(const PoolRow& row, const float* dy, const float* y, const uint8_t* choice,
                                 const float* a, const float* b, const float* k, float* dx_upper, float* dx_lower) {
  const size_t channels = row.channels;
  for (size_t p = 0; p < row.pixels; ++p, dy += channels, y += channels, choice += channels) {
    const size_t at = 2 * p * channels;
    const float* window[4] = {row.upper + at, row.upper + at + channels, row.lower + at, row.lower + at + channels};
    float* dx[4] = {dx_upper + at, dx_upper + at + channels, dx_lower + at, dx_lower + at + channels};
    size_t c = 0;
    for (; c + kLanes <= channels; c += kLanes)
      pool_gradient_vector<Tanh, WholeVectors>(window, dx, c, kLanes, dy, y, choice, a, b, k);
    if (c < channels) pool_gradient_vector<Tanh, PartialVectors>(window, dx, c, channels - c, dy, y, choice, a, b, k);
  }
}

static void affine_pool_gradient_f32(const PoolRow& row, const float* dy, const float* y, const uint8_t* choice,
                                     const float* a, const float* b, const float* k, bool tanh, float* dx_upper,
                                     float* dx_lower) {
  const auto run = tanh ? affine_pool_gradient<true> : affine_pool_gradient<false>;
  run(row, dy, y, choice, a, b, k, dx_upper, dx_lower);
}
