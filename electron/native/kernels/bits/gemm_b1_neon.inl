// Product of signs on NEON: CNT counts the ones of each byte, so a byte sum takes EOR, CNT and ADD for 128 products.
// A byte lane grows by at most 8 a word and is widened after 31 words (31 · 8 <= 255).
//
// A panel holds 8 filters, two a register: word w of all 8, then word w + 1.

constexpr size_t kPanelVectors = 4;
constexpr size_t kPanelFilters = 2 * kPanelVectors;
constexpr size_t kTileRows = 4;
constexpr size_t kWordsPerByteSum = 31;

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

template <size_t Rows>
static void gemm_b1_tile(const uint64_t* rows, size_t row_stride_words, const uint64_t* panel, size_t words, size_t k,
                         float* out, size_t out_stride, size_t columns) {
  uint64x2_t popcounts_u64x2[Rows][kPanelVectors];
  for (size_t i = 0; i < Rows; ++i)
    for (size_t v = 0; v < kPanelVectors; ++v) popcounts_u64x2[i][v] = vdupq_n_u64(0);
  for (size_t begin = 0; begin < words; begin += kWordsPerByteSum) {
    const size_t end = words - begin < kWordsPerByteSum ? words : begin + kWordsPerByteSum;
    uint8x16_t ones_u8x16[Rows][kPanelVectors];
    for (size_t i = 0; i < Rows; ++i)
      for (size_t v = 0; v < kPanelVectors; ++v) ones_u8x16[i][v] = vdupq_n_u8(0);
    for (size_t w = begin; w < end; ++w)
      for (size_t v = 0; v < kPanelVectors; ++v) {
        const uint64x2_t filters = vld1q_u64(panel + w * kPanelFilters + 2 * v);
        for (size_t i = 0; i < Rows; ++i) {
          const uint64x2_t different = veorq_u64(filters, vdupq_n_u64(rows[i * row_stride_words + w]));
          ones_u8x16[i][v] = vaddq_u8(ones_u8x16[i][v], vcntq_u8(vreinterpretq_u8_u64(different)));
        }
      }
    for (size_t i = 0; i < Rows; ++i)
      for (size_t v = 0; v < kPanelVectors; ++v)
        popcounts_u64x2[i][v] =
            vaddq_u64(popcounts_u64x2[i][v], vpaddlq_u32(vpaddlq_u16(vpaddlq_u8(ones_u8x16[i][v]))));
  }
  for (size_t i = 0; i < Rows; ++i)
    for (size_t j = 0; j < columns; ++j) {
      const uint64x2_t pair = popcounts_u64x2[i][j / 2];
      const uint64_t different = j % 2 == 0 ? vgetq_lane_u64(pair, 0) : vgetq_lane_u64(pair, 1);
      out[i * out_stride + j] = static_cast<float>(static_cast<int64_t>(k) - 2 * static_cast<int64_t>(different));
    }
}

static void gemm_b1(const uint64_t* rows, size_t row_stride_words, size_t m, const void* panels, size_t n, size_t k,
                    float* out, size_t out_stride) {
  const size_t words = words_for(k);
  const uint64_t* panel = static_cast<const uint64_t*>(panels);
  for (size_t first = 0; first < n; first += kPanelFilters, panel += words * kPanelFilters) {
    const size_t columns = n - first < kPanelFilters ? n - first : kPanelFilters;
    size_t i = 0;
    for (; i + kTileRows <= m; i += kTileRows)
      gemm_b1_tile<kTileRows>(rows + i * row_stride_words, row_stride_words, panel, words, k,
                              out + i * out_stride + first, out_stride, columns);
    for (; i < m; ++i)
      gemm_b1_tile<1>(rows + i * row_stride_words, row_stride_words, panel, words, k, out + i * out_stride + first,
                      out_stride, columns);
  }
}
