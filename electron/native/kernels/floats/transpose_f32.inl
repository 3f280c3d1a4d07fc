// Squares of kLanes by kLanes are transposed in registers, so that whole vectors are read and written. Squares follow
// each other along the rows of the side whose rows lie further apart: images are often a multiple of 4 KiB apart, and
// more of their rows at once than the L1 cache has ways would push each other out half used.

/** As many rows as a vector has lanes, those past `rows` zeros, with lanes past `columns` zeros, transposed. */
static inline void transposed_square(const float* from, size_t rows, size_t columns, size_t from_stride,
                                     F32 (&square)[kLanes]) {
  const bool whole = columns >= kLanes;
  for (size_t r = 0; r < kLanes; ++r) {
    if (r < rows)
      square[r] = whole ? load(from + r * from_stride) : load_some(from + r * from_stride, columns);
    else
      square[r] = broadcast(0.0f);
  }
  transpose_square(square);
}

/** Calls `put(row, offset, values, lanes)` for the pieces of each row of the result, of which `lanes` count. */
template <typename Put>
static inline void transpose_rows(const float* from, size_t rows, size_t columns, size_t from_stride, size_t to_stride,
                                  const Put& put) {
  const auto square_at = [=](size_t r, size_t c) {
    const size_t high = rows - r < kLanes ? rows - r : kLanes, wide = columns - c < kLanes ? columns - c : kLanes;
    F32 square[kLanes];
    transposed_square(from + r * from_stride + c, high, wide, from_stride, square);
    for (size_t i = 0; i < wide; ++i) put(c + i, r, square[i], high);
  };
  if (from_stride > to_stride) {
    for (size_t r = 0; r < rows; r += kLanes)
      for (size_t c = 0; c < columns; c += kLanes) square_at(r, c);
  } else {
    for (size_t c = 0; c < columns; c += kLanes)
      for (size_t r = 0; r < rows; r += kLanes) square_at(r, c);
  }
}

static void transpose_f32(const float* from, size_t rows, size_t columns, size_t from_stride, float* to,
                          size_t to_stride) {
  transpose_rows(from, rows, columns, from_stride, to_stride, [=](size_t row, size_t offset, F32 values, size_t lanes) {
    float* at = to + row * to_stride + offset;
    if (lanes == kLanes)
      store(at, values);
    else
      store_some(at, values, lanes);
  });
}
