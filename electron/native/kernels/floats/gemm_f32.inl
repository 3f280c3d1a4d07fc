// A tile of C stays in registers while the whole depth goes by: `Rows` broadcasts and `Vectors` loads feed
// Rows · Vectors fused multiply-adds. Every element of C is summed in the order of depth on every instruction set, so
// the numbers are the same everywhere.

template <size_t Rows, size_t Vectors>
static void gemm_f32_tile(const GemmPanel& panel, size_t row, size_t last_lanes) {
  const float* a[Rows];
  for (size_t i = 0; i < Rows; ++i) a[i] = panel.a + panel.row_offsets[row + i];
  float* c = panel.c + row * panel.c_stride;
  const bool partial = last_lanes < kLanes;
  F32 sums[Rows][Vectors];
  for (size_t v = 0; v < Vectors; ++v) {
    const bool some = partial && v + 1 == Vectors;
    F32 start = broadcast(0.0f);
    if (panel.bias != nullptr && !panel.accumulate)
      start = some ? load_some(panel.bias + v * kLanes, last_lanes) : load(panel.bias + v * kLanes);
    for (size_t i = 0; i < Rows; ++i) {
      sums[i][v] = start;
      if (panel.accumulate) {
        const float* from = c + i * panel.c_stride + v * kLanes;
        sums[i][v] = some ? load_some(from, last_lanes) : load(from);
      }
    }
  }
  const float* b = panel.b;
  if (!partial) {
    for (size_t k = 0; k < panel.depth; ++k, b += panel.b_stride) {
      const ptrdiff_t offset = panel.depth_offsets[k];
      F32 columns[Vectors];
      for (size_t v = 0; v < Vectors; ++v) columns[v] = load(b + v * kLanes);
      for (size_t i = 0; i < Rows; ++i) {
        const F32 value = broadcast(a[i][offset]);
        for (size_t v = 0; v < Vectors; ++v) sums[i][v] = fma(value, columns[v], sums[i][v]);
      }
    }
  } else {
    for (size_t k = 0; k < panel.depth; ++k, b += panel.b_stride) {
      const ptrdiff_t offset = panel.depth_offsets[k];
      F32 columns[Vectors];
      for (size_t v = 0; v + 1 < Vectors; ++v) columns[v] = load(b + v * kLanes);
      columns[Vectors - 1] = load_some(b + (Vectors - 1) * kLanes, last_lanes);
      for (size_t i = 0; i < Rows; ++i) {
        const F32 value = broadcast(a[i][offset]);
        for (size_t v = 0; v < Vectors; ++v) sums[i][v] = fma(value, columns[v], sums[i][v]);
      }
    }
  }
  for (size_t i = 0; i < Rows; ++i)
    for (size_t v = 0; v < Vectors; ++v) {
      float* to = c + i * panel.c_stride + v * kLanes;
      if (partial && v + 1 == Vectors)
        store_some(to, sums[i][v], last_lanes);
      else
        store(to, sums[i][v]);
    }
}

template <size_t Vectors>
static void gemm_f32_rows(const GemmPanel& panel, size_t last_lanes) {
  size_t row = 0;
  for (; row + kGemmRows <= panel.rows; row += kGemmRows) gemm_f32_tile<kGemmRows, Vectors>(panel, row, last_lanes);
  for (; row + 2 <= panel.rows; row += 2) gemm_f32_tile<2, Vectors>(panel, row, last_lanes);
  if (row < panel.rows) gemm_f32_tile<1, Vectors>(panel, row, last_lanes);
}

static void gemm_f32(const GemmPanel& panel) {
  const size_t vectors = (panel.columns + kLanes - 1) / kLanes;
  const size_t last_lanes = panel.columns - (vectors - 1) * kLanes;
  if (vectors == 1) return gemm_f32_rows<1>(panel, last_lanes);
  if constexpr (kGemmVectors >= 4) {
    if (vectors == 3) return gemm_f32_rows<3>(panel, last_lanes);
    if (vectors == 4) return gemm_f32_rows<4>(panel, last_lanes);
  }
  gemm_f32_rows<2>(panel, last_lanes);
}
