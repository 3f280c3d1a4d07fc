// Product of signs with VPOPCNTQ: eight filters a register, so that no sum ever crosses lanes.
//
// Per 512 bits: VPXORQ, VPOPCNTQ, VPADDQ. On Zen 4 (four vector pipes, 512-bit operations take two passes, popcount on
// two pipes) that is 1.5 cycles, 341 products a cycle; on Ice Lake (two 512-bit pipes) the same 1.5. Carry-save adders
// (VPTERNLOG) save no instruction here: each replaces one popcount and one addition by two logical operations.
//
// A panel holds 32 filters: word w of all 32, then word w + 1. Six rows by 32 filters take 24 of 32 registers.

constexpr size_t kPanelVectors = 4;
constexpr size_t kVectorFilters = 8;
constexpr size_t kPanelFilters = kPanelVectors * kVectorFilters;
constexpr size_t kTileRows = 6;

static size_t gemm_b1_panel_bytes(size_t n, size_t k) {
  return round_up(n, kPanelFilters) * words_for(k) * sizeof(uint64_t);
}

static void gemm_b1_pack(const uint64_t* filters, size_t stride_words, size_t n, size_t k, void* panels) {
  uint64_t* to = static_cast<uint64_t*>(panels);
  const size_t words = words_for(k);
  for (size_t first = 0; first < n; first += kPanelFilters)
    for (size_t w = 0; w < words; ++w)
      for (size_t j = 0; j < kPanelFilters; ++j) *to++ = first + j < n ? filters[(first + j) * stride_words + w] : 0;
}

template <size_t Rows, size_t Vectors>
static void gemm_b1_tile(const uint64_t* rows, size_t row_stride_words, const uint64_t* panel, size_t words, size_t k,
                         float* out, size_t out_stride, size_t columns) {
  __m512i popcounts_u64x8[Rows][Vectors];
  for (size_t i = 0; i < Rows; ++i)
    for (size_t v = 0; v < Vectors; ++v) popcounts_u64x8[i][v] = _mm512_setzero_si512();
  for (size_t w = 0; w < words; ++w, panel += kPanelFilters) {
    __m512i filters_u64x8[Vectors];
    for (size_t v = 0; v < Vectors; ++v) filters_u64x8[v] = _mm512_load_si512(panel + v * kVectorFilters);
    for (size_t i = 0; i < Rows; ++i) {
      const __m512i row_u64x8 = _mm512_set1_epi64(static_cast<long long>(rows[i * row_stride_words + w]));
      for (size_t v = 0; v < Vectors; ++v) {
        const __m512i different = _mm512_popcnt_epi64(_mm512_xor_si512(row_u64x8, filters_u64x8[v]));
        popcounts_u64x8[i][v] = _mm512_add_epi64(popcounts_u64x8[i][v], different);
      }
    }
  }
  const __m256 length = _mm256_set1_ps(static_cast<float>(k));
  const __m256 minus_two = _mm256_set1_ps(-2.0f);
  for (size_t i = 0; i < Rows; ++i)
    for (size_t v = 0; v < Vectors && v * kVectorFilters < columns; ++v) {
      const __m256 different = _mm256_cvtepi32_ps(_mm512_cvtepi64_epi32(popcounts_u64x8[i][v]));
      const __m256 dot = _mm256_fmadd_ps(minus_two, different, length);
      const size_t left = columns - v * kVectorFilters;
      const __mmask8 lanes = left >= kVectorFilters ? 0xff : static_cast<__mmask8>((1u << left) - 1);
      _mm256_mask_storeu_ps(out + i * out_stride + v * kVectorFilters, lanes, dot);
    }
}

template <size_t Vectors>
static void gemm_b1_panel(const uint64_t* rows, size_t row_stride_words, size_t m, const uint64_t* panel, size_t words,
                          size_t k, float* out, size_t out_stride, size_t columns) {
  size_t i = 0;
  for (; i + kTileRows <= m; i += kTileRows)
    gemm_b1_tile<kTileRows, Vectors>(rows + i * row_stride_words, row_stride_words, panel, words, k,
                                     out + i * out_stride, out_stride, columns);
  for (; i + 2 <= m; i += 2)
    gemm_b1_tile<2, Vectors>(rows + i * row_stride_words, row_stride_words, panel, words, k, out + i * out_stride,
                             out_stride, columns);
  for (; i < m; ++i)
    gemm_b1_tile<1, Vectors>(rows + i * row_stride_words, row_stride_words, panel, words, k, out + i * out_stride,
                             out_stride, columns);
}

static void gemm_b1(const uint64_t* rows, size_t row_stride_words, size_t m, const void* panels, size_t n, size_t k,
                    float* out, size_t out_stride) {
  const size_t words = words_for(k);
  const uint64_t* panel = static_cast<const uint64_t*>(panels);
  for (size_t first = 0; first < n; first += kPanelFilters, panel += words * kPanelFilters) {
    const size_t columns = n - first < kPanelFilters ? n - first : kPanelFilters;
    const auto run = columns > 16 ? gemm_b1_panel<4> : columns > 8 ? gemm_b1_panel<2> : gemm_b1_panel<1>;
    run(rows, row_stride_words, m, panel, words, k, out + first, out_stride, columns);
  }
}
