// A tile of C stays in registers while the whole depth goes by: `Rows` broadcasts and `Vectors` loads feed
// Rows · Vectors fused multiply-adds. Every element of C is summed in the order of depth on every instruction set, so
// the numbers are the same everywhere.
//
// Whether the last vector is a part of one is known when this is compiled, and every sum is named by a constant: else
// compilers keep the sums in memory before and after the loop, a third of the time of a first layer's shallow product.

/** Vector `v` of a row of which the last has `last_lanes`. */
template <size_t Vectors, bool Partial>
static inline F32 gemm_load(const float* row, size_t v, size_t last_lanes) {
  if (Partial && v + 1 == Vectors) return load_some(row + v * kLanes, last_lanes);
  return load(row + v * kLanes);
}

template <size_t Vectors, bool Partial>
static inline void gemm_store(float* row, size_t v, F32 sums, size_t last_lanes) {
  if (Partial && v + 1 == Vectors)
    store_some(row + v * kLanes, sums, last_lanes);
  else
    store(row + v * kLanes, sums);
}

/** What the sum of row `row` and vector `v` starts from. */
template <size_t Vectors, bool Partial>
static inline F32 gemm_start(const GemmPanel& panel, const float* c, size_t row, size_t v, size_t last_lanes) {
  if (panel.accumulate) return gemm_load<Vectors, Partial>(c + row * panel.c_stride, v, last_lanes);
  if (panel.bias != nullptr) return gemm_load<Vectors, Partial>(panel.bias, v, last_lanes);
  return broadcast(0.0f);
}

/** `Sums` count the `Rows` rows of `Vectors` sums one after another. */
template <size_t Rows, size_t Vectors, bool Partial, size_t... Sums>
static inline void gemm_f32_tile(const GemmPanel& panel, size_t row, size_t last_lanes, std::index_sequence<Sums...>) {
  const float* a[Rows];
  for (size_t i = 0; i < Rows; ++i) a[i] = panel.a + panel.row_offsets[row + i];
  float* c = panel.c + row * panel.c_stride;
  F32 sums[] = {gemm_start<Vectors, Partial>(panel, c, Sums / Vectors, Sums % Vectors, last_lanes)...};
  const float* b = panel.b;
  for (size_t k = 0; k < panel.depth; ++k, b += panel.b_stride) {
    const ptrdiff_t offset = panel.depth_offsets[k];
    F32 columns[Vectors];
    for (size_t v = 0; v < Vectors; ++v) columns[v] = gemm_load<Vectors, Partial>(b, v, last_lanes);
    ((sums[Sums] = fma(broadcast(a[Sums / Vectors][offset]), columns[Sums % Vectors], sums[Sums])), ...);
  }
  (gemm_store<Vectors, Partial>(c + Sums / Vectors * panel.c_stride, Sums % Vectors, sums[Sums], last_lanes), ...);
}

template <size_t Rows, size_t Vectors, bool Partial>
static void gemm_f32_tile(const GemmPanel& panel, size_t row, size_t last_lanes) {
  gemm_f32_tile<Rows, Vectors, Partial>(panel, row, last_lanes, std::make_index_sequence<Rows * Vectors>());
}

template <size_t Vectors, bool Partial>
static void gemm_f32_tiles(const GemmPanel& panel, size_t last_lanes) {
  size_t row = 0;
  for (; row + kGemmRows <= panel.rows; row += kGemmRows)
    gemm_f32_tile<kGemmRows, Vectors, Partial>(panel, row, last_lanes);
  for (; row + 2 <= panel.rows; row += 2) gemm_f32_tile<2, Vectors, Partial>(panel, row, last_lanes);
  if (row < panel.rows) gemm_f32_tile<1, Vectors, Partial>(panel, row, last_lanes);
}

template <size_t Vectors>
static void gemm_f32_rows(const GemmPanel& panel, size_t last_lanes) {
  if (last_lanes < kLanes) return gemm_f32_tiles<Vectors, true>(panel, last_lanes);
  gemm_f32_tiles<Vectors, false>(panel, last_lanes);
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
