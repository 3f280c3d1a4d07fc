// Column sums over rows of channels (NHWC: a row is a pixel). Four vectors of channels go down the rows together, so
// that each cache line is used whole while it is there.

template <size_t Vectors>
static void moments_of(const float* x, size_t rows, size_t stride, const float* origin, float* sums, float* squares) {
  F32 from[Vectors], sum[Vectors], square[Vectors];
  for (size_t v = 0; v < Vectors; ++v) {
    from[v] = load(origin + v * kLanes);
    sum[v] = load(sums + v * kLanes);
    square[v] = load(squares + v * kLanes);
  }
  for (size_t r = 0; r < rows; ++r, x += stride)
    for (size_t v = 0; v < Vectors; ++v) {
      const F32 d = sub(load(x + v * kLanes), from[v]);
      sum[v] = add(sum[v], d);
      square[v] = fma(d, d, square[v]);
    }
  for (size_t v = 0; v < Vectors; ++v) {
    store(sums + v * kLanes, sum[v]);
    store(squares + v * kLanes, square[v]);
  }
}

static void moments_f32(const float* x, size_t rows, size_t channels, const float* origin, float* sums,
                        float* squares) {
  size_t c = 0;
  for (; c + 4 * kLanes <= channels; c += 4 * kLanes)
    moments_of<4>(x + c, rows, channels, origin + c, sums + c, squares + c);
  for (; c + kLanes <= channels; c += kLanes) moments_of<1>(x + c, rows, channels, origin + c, sums + c, squares + c);
  if (c == channels) return;
  const size_t lanes = channels - c;
  const F32 from = load_some(origin + c, lanes);
  F32 sum = load_some(sums + c, lanes), square = load_some(squares + c, lanes);
  for (size_t r = 0; r < rows; ++r) {
    const F32 d = sub(load_some(x + r * channels + c, lanes), from);
    sum = add(sum, d);
    square = fma(d, d, square);
  }
  store_some(sums + c, sum, lanes);
  store_some(squares + c, square, lanes);
}

static void column_sums_f32(const float* x, size_t rows, size_t channels, float* sums) {
  size_t c = 0;
  for (; c + kLanes <= channels; c += kLanes) {
    F32 sum = load(sums + c);
    for (size_t r = 0; r < rows; ++r) sum = add(sum, load(x + r * channels + c));
    store(sums + c, sum);
  }
  if (c == channels) return;
  const size_t lanes = channels - c;
  F32 sum = load_some(sums + c, lanes);
  for (size_t r = 0; r < rows; ++r) sum = add(sum, load_some(x + r * channels + c, lanes));
  store_some(sums + c, sum, lanes);
}
