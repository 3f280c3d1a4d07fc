// Four by four blocks; the compiler turns the fixed loops into shuffles. Blocks of 16 columns keep both sides in cache.

static void transpose_f32(const float* from, size_t rows, size_t columns, size_t from_stride, float* to,
                          size_t to_stride) {
  constexpr size_t side = 4;
  size_t r = 0;
  for (; r + side <= rows; r += side) {
    size_t c = 0;
    for (; c + side <= columns; c += side) {
      float block[side][side];
      for (size_t i = 0; i < side; ++i)
        for (size_t j = 0; j < side; ++j) block[j][i] = from[(r + i) * from_stride + c + j];
      for (size_t j = 0; j < side; ++j)
        for (size_t i = 0; i < side; ++i) to[(c + j) * to_stride + r + i] = block[j][i];
    }
    for (; c < columns; ++c)
      for (size_t i = 0; i < side; ++i) to[c * to_stride + r + i] = from[(r + i) * from_stride + c];
  }
  for (; r < rows; ++r)
    for (size_t c = 0; c < columns; ++c) to[c * to_stride + r] = from[r * from_stride + c];
}
