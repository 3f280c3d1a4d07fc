// y = x · scale + shift by channel (batch normalisation once its statistics are known) with tanh after it, and back.
// `Tail` kernels see fewer than kLanes channels.

template <bool Tanh>
static inline F32 activate(F32 z) {
  if constexpr (Tanh)
    return tanh_of(z);
  else
    return z;
}

/** Gradient before the activation, from the gradient and the value after it. */
template <bool Tanh>
static inline F32 deactivate(F32 dy, F32 y) {
  if constexpr (Tanh)
    return mul(dy, fma(mul(broadcast(-1.0f), y), y, broadcast(1.0f)));
  else
    return dy;
}

template <bool Tanh>
static void affine_all(const float* x, size_t rows, size_t channels, const float* scale, const float* shift, float* y) {
  for (size_t r = 0; r < rows; ++r, x += channels, y += channels) {
    size_t c = 0;
    for (; c + kLanes <= channels; c += kLanes)
      store(y + c, activate<Tanh>(fma(load(x + c), load(scale + c), load(shift + c))));
    if (c == channels) continue;
    const size_t lanes = channels - c;
    const F32 z = fma(load_some(x + c, lanes), load_some(scale + c, lanes), load_some(shift + c, lanes));
    store_some(y + c, activate<Tanh>(z), lanes);
  }
}

static void affine_f32(const float* x, size_t rows, size_t channels, const float* scale, const float* shift, bool tanh,
                       float* y) {
  (tanh ? affine_all<true> : affine_all<false>)(x, rows, channels, scale, shift, y);
}

template <bool Tanh>
static void affine_gradient_sums(const float* dy, const float* y, const float* x, size_t rows, size_t channels,
                                 const float* mean, float* sums, float* products) {
  size_t c = 0;
  for (; c + kLanes <= channels; c += kLanes) {
    F32 sum = load(sums + c), product = load(products + c);
    const F32 centre = load(mean + c);
    for (size_t r = 0; r < rows; ++r) {
      const size_t at = r * channels + c;
      const F32 dz = deactivate<Tanh>(load(dy + at), load(y + at));
      sum = add(sum, dz);
      product = fma(dz, sub(load(x + at), centre), product);
    }
    store(sums + c, sum);
    store(products + c, product);
  }
  if (c == channels) return;
  const size_t lanes = channels - c;
  F32 sum = load_some(sums + c, lanes), product = load_some(products + c, lanes);
  const F32 centre = load_some(mean + c, lanes);
  for (size_t r = 0; r < rows; ++r) {
    const size_t at = r * channels + c;
    const F32 dz = deactivate<Tanh>(load_some(dy + at, lanes), load_some(y + at, lanes));
    sum = add(sum, dz);
    product = fma(dz, sub(load_some(x + at, lanes), centre), product);
  }
  store_some(sums + c, sum, lanes);
  store_some(products + c, product, lanes);
}

static void affine_gradient_sums_f32(const float* dy, const float* y, const float* x, size_t rows, size_t channels,
                                     const float* mean, bool tanh, float* sums, float* products) {
  const auto run = tanh ? affine_gradient_sums<true> : affine_gradient_sums<false>;
  run(dy, y, x, rows, channels, mean, sums, products);
}

template <bool Tanh>
static void affine_gradient(const float* dy, const float* y, const float* x, size_t rows, size_t channels,
                            const float* a, const float* b, const float* k, float* dx) {
  for (size_t r = 0; r < rows; ++r, dy += channels, y += channels, x += channels, dx += channels) {
    size_t c = 0;
    for (; c + kLanes <= channels; c += kLanes) {
      const F32 dz = deactivate<Tanh>(load(dy + c), load(y + c));
      store(dx + c, fma(load(a + c), dz, fma(load(k + c), load(x + c), load(b + c))));
    }
    if (c == channels) continue;
    const size_t lanes = channels - c;
    const F32 dz = deactivate<Tanh>(load_some(dy + c, lanes), load_some(y + c, lanes));
    const F32 rest = fma(load_some(k + c, lanes), load_some(x + c, lanes), load_some(b + c, lanes));
    store_some(dx + c, fma(load_some(a + c, lanes), dz, rest), lanes);
  }
}

static void affine_gradient_f32(const float* dy, const float* y, const float* x, size_t rows, size_t channels,
                                const float* a, const float* b, const float* k, bool tanh, float* dx) {
  (tanh ? affine_gradient<true> : affine_gradient<false>)(dy, y, x, rows, channels, a, b, k, dx);
}
