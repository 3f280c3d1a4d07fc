// One value in, one value out; the rest of the last vector is left alone.

static void tanh_gradient_f32(const float* dy, const float* y, size_t count, float* dx) {
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) store(dx + i, deactivate<true>(load(dy + i), load(y + i)));
  if (i == count) return;
  const size_t lanes = count - i;
  store_some(dx + i, deactivate<true>(load_some(dy + i, lanes), load_some(y + i, lanes)), lanes);
}

static void cancel_f32(const float* dy, const float* x, size_t count, float threshold, float* dx) {
  const F32 limit = broadcast(threshold), zero = broadcast(0.0f);
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes)
    store(dx + i, select(at_most(magnitude(load(x + i)), limit), load(dy + i), zero));
  if (i == count) return;
  const size_t lanes = count - i;
  const Mask near = at_most(magnitude(load_some(x + i, lanes)), limit);
  store_some(dx + i, select(near, load_some(dy + i, lanes), zero), lanes);
}

/** PyTorch's order: the denominator is sqrt(v) / sqrt(1 - beta2^t) + epsilon. */
static inline F32 adam_vector(const AdamFactors& s, F32 w, F32& m, F32& v, F32 g) {
  m = fma(broadcast(s.beta1), m, mul(broadcast(s.one_minus_beta1), g));
  v = fma(broadcast(s.beta2), v, mul(broadcast(s.one_minus_beta2), mul(g, g)));
  const F32 denominator = add(div(root(v), broadcast(s.root_correction)), broadcast(s.epsilon));
  const F32 moved = sub(w, mul(broadcast(s.step_size), div(m, denominator)));
  return min(max(moved, broadcast(-s.clip)), broadcast(s.clip));
}

static void adam_f32(const AdamState& from, const float* gradient, size_t count, const AdamFactors& factors,
                     const AdamState& to) {
  const AdamFactors step = factors;
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    F32 m = load(from.first + i), v = load(from.second + i);
    store(to.weights + i, adam_vector(step, load(from.weights + i), m, v, load(gradient + i)));
    store(to.first + i, m);
    store(to.second + i, v);
  }
  if (i == count) return;
  const size_t lanes = count - i;
  F32 m = load_some(from.first + i, lanes), v = load_some(from.second + i, lanes);
  const F32 w = adam_vector(step, load_some(from.weights + i, lanes), m, v, load_some(gradient + i, lanes));
  store_some(to.weights + i, w, lanes);
  store_some(to.first + i, m, lanes);
  store_some(to.second + i, v, lanes);
}
