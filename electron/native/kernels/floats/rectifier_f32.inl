// PReLU between two shifts, by channel: y = v > 0 ? v : v · slope, plus `after`, where v = x - before. Each step is
// rounded on its own, as TensorFlow's separate operations do.

static inline F32 rectify(F32 x, F32 before, F32 slope, F32 after) {
  const F32 v = sub(x, before);
  return add(select(greater(v, broadcast(0.0f)), v, mul(v, slope)), after);
}

static void rectifier_f32(const float* x, size_t rows, size_t channels, const RectifierChannels& by, float* y) {
  for (size_t r = 0; r < rows; ++r, x += channels, y += channels) {
    size_t c = 0;
    for (; c + kLanes <= channels; c += kLanes)
      store(y + c, rectify(load(x + c), load(by.before + c), load(by.slope + c), load(by.after + c)));
    if (c == channels) continue;
    const size_t lanes = channels - c;
    store_some(y + c,
               rectify(load_some(x + c, lanes), load_some(by.before + c, lanes), load_some(by.slope + c, lanes),
                       load_some(by.after + c, lanes)),
               lanes);
  }
}

struct RectifierSums {
  F32 slope, input, output;
};

/** The gradient before the rectifier; what it gives to the parameters is added to `sums`. */
static inline F32 rectify_gradient(F32 dy, F32 x, F32 before, F32 slope, RectifierSums& sums) {
  const F32 v = sub(x, before), zero = broadcast(0.0f);
  const Mask positive = greater(v, zero);
  const F32 dx = select(positive, dy, mul(dy, slope));
  sums.slope = add(sums.slope, select(positive, zero, mul(dy, v)));
  sums.input = add(sums.input, dx);
  sums.output = add(sums.output, dy);
  return dx;
}

/** `sums`: those for the slopes, then of dx, then of dy. */
static void rectifier_gradient_f32(const float* dy, const float* x, size_t rows, size_t channels,
                                   const RectifierChannels& by, float* dx, float* sums) {
  float *slopes = sums, *inputs = sums + channels, *outputs = sums + 2 * channels;
  size_t c = 0;
  for (; c + kLanes <= channels; c += kLanes) {
    const F32 before = load(by.before + c), slope = load(by.slope + c);
    RectifierSums sum = {load(slopes + c), load(inputs + c), load(outputs + c)};
    for (size_t at = c; at < rows * channels; at += channels)
      store(dx + at, rectify_gradient(load(dy + at), load(x + at), before, slope, sum));
    store(slopes + c, sum.slope);
    store(inputs + c, sum.input);
    store(outputs + c, sum.output);
  }
  if (c == channels) return;
  const size_t lanes = channels - c;
  const F32 before = load_some(by.before + c, lanes), slope = load_some(by.slope + c, lanes);
  RectifierSums sum = {load_some(slopes + c, lanes), load_some(inputs + c, lanes), load_some(outputs + c, lanes)};
  for (size_t at = c; at < rows * channels; at += channels)
    store_some(dx + at, rectify_gradient(load_some(dy + at, lanes), load_some(x + at, lanes), before, slope, sum),
               lanes);
  store_some(slopes + c, sum.slope, lanes);
  store_some(inputs + c, sum.input, lanes);
  store_some(outputs + c, sum.output, lanes);
}
