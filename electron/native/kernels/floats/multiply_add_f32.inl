// Rows of channels times rows of channels: what a depthwise convolution does for one tap of one output row. An operand
// whose stride is 0 is one row for all and stays in registers.

template <size_t Vectors>
static inline void multiply_add_columns(const MultiplyAddRows& r, size_t c) {
  if (r.out_stride == 0) {
    F32 sum[Vectors];
    for (size_t v = 0; v < Vectors; ++v) sum[v] = load(r.out + c + v * kLanes);
    for (size_t i = 0; i < r.rows; ++i)
      for (size_t v = 0; v < Vectors; ++v) {
        const size_t at = c + v * kLanes;
        sum[v] = fma(load(r.a + i * r.a_stride + at), load(r.b + i * r.b_stride + at), sum[v]);
      }
    for (size_t v = 0; v < Vectors; ++v) store(r.out + c + v * kLanes, sum[v]);
    return;
  }
  F32 b[Vectors];
  for (size_t v = 0; v < Vectors; ++v) b[v] = load(r.b + c + v * kLanes);
  for (size_t i = 0; i < r.rows; ++i)
    for (size_t v = 0; v < Vectors; ++v) {
      float* out = r.out + i * r.out_stride + c + v * kLanes;
      store(out, fma(load(r.a + i * r.a_stride + c + v * kLanes), b[v], load(out)));
    }
}

static void multiply_add_rows_f32(const MultiplyAddRows& r) {
  size_t c = 0;
  for (; c + 4 * kLanes <= r.channels; c += 4 * kLanes) multiply_add_columns<4>(r, c);
  for (; c + kLanes <= r.channels; c += kLanes) multiply_add_columns<1>(r, c);
  if (c == r.channels) return;
  const size_t lanes = r.channels - c;
  for (size_t i = 0; i < r.rows; ++i) {
    float* out = r.out + i * r.out_stride + c;
    const F32 product = fma(load_some(r.a + i * r.a_stride + c, lanes), load_some(r.b + i * r.b_stride + c, lanes),
                            load_some(out, lanes));
    store_some(out, product, lanes);
  }
}
