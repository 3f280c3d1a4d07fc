// Product of signs on AVX2, which has no popcount: PSHUFB looks up the popcount of a XOR b directly.
//
// The usual way XORs two registers, splits the result into nibbles and looks up the ones of each: eight operations for
// 256 products. Here a nibble of the row *chooses the table* (16 bytes: the ones of that nibble XOR each other nibble;
// all 16 tables are 256 bytes and stay in the L1 cache) and a nibble of each of 32 filters is the index: one PSHUFB and
// one PADDB for 128 products, twice as much an operation, as in T-MAC's tables for low-bit weights. Zen: two shuffles
// and four additions a cycle, 256 products; Intel since Ice Lake the same, before it one shuffle, 128.
//
// A panel holds 64 filters: nibble j of all 64, a byte each, then nibble j + 1. A byte sum of 63 nibbles is at most
// 252, so sums widen to 16 bits every 63 nibbles, and to 32 every 65,520 bits.

constexpr size_t kPanelFilters = 64;
constexpr size_t kTileRows = 4;
constexpr size_t kNibblesPerByteSum = 63;
constexpr size_t kNibblesPerWordSum = 260 * kNibblesPerByteSum;

struct NibbleTables {
  alignas(64) uint8_t ones[16][16];
};

static constexpr NibbleTables make_nibble_tables() {
  NibbleTables tables{};
  for (unsigned a = 0; a < 16; ++a)
    for (unsigned b = 0; b < 16; ++b) {
      const unsigned x = a ^ b;
      tables.ones[a][b] = static_cast<uint8_t>((x & 1) + (x >> 1 & 1) + (x >> 2 & 1) + (x >> 3 & 1));
    }
  return tables;
}

static constexpr NibbleTables kNibbleTables = make_nibble_tables();

static constexpr size_t nibbles_for(size_t k) { return (k + 3) / 4; }

static size_t gemm_b1_panel_bytes(size_t n, size_t k) { return round_up(n, kPanelFilters) * nibbles_for(k); }

/** Sixteen rows of 16 bytes become columns: four rounds of interleaving row i with row i + 8. */
static inline void transpose_u8_16x16(__m128i* rows) {
  for (size_t round = 0; round < 4; ++round) {
    __m128i next[16];
    for (size_t i = 0; i < 8; ++i) {
      next[2 * i] = _mm_unpacklo_epi8(rows[i], rows[i + 8]);
      next[2 * i + 1] = _mm_unpackhi_epi8(rows[i], rows[i + 8]);
    }
    for (size_t i = 0; i < 16; ++i) rows[i] = next[i];
  }
}

static void gemm_b1_pack(const uint64_t* filters, size_t stride_words, size_t n, size_t k, void* panels) {
  uint8_t* panel = static_cast<uint8_t*>(panels);
  const size_t nibbles = nibbles_for(k);
  const __m128i low_u8x16 = _mm_set1_epi8(15);
  for (size_t first = 0; first < n; first += kPanelFilters, panel += nibbles * kPanelFilters)
    for (size_t w = 0; w < words_for(k); ++w)
      for (size_t part = 0; part < kPanelFilters; part += 16) {
        __m128i nibbles_u8x16[16];
        for (size_t j = 0; j < 16; ++j) {
          const size_t filter = first + part + j;
          const uint64_t word = filter < n ? filters[filter * stride_words + w] : 0;
          const __m128i bytes = _mm_cvtsi64_si128(static_cast<long long>(word));
          nibbles_u8x16[j] = _mm_and_si128(_mm_unpacklo_epi8(bytes, _mm_srli_epi16(bytes, 4)), low_u8x16);
        }
        transpose_u8_16x16(nibbles_u8x16);
        const size_t count = nibbles - w * 16 < 16 ? nibbles - w * 16 : 16;
        for (size_t q = 0; q < count; ++q)
          _mm_store_si128(reinterpret_cast<__m128i*>(panel + (w * 16 + q) * kPanelFilters + part), nibbles_u8x16[q]);
      }
}

/** Nibbles of a row as byte offsets into `kNibbleTables`. `offsets` holds 16 a word. */
static void expand_nibbles(const uint64_t* row, size_t words, uint8_t* offsets) {
  const __m128i high_u8x16 = _mm_set1_epi8(static_cast<char>(0xf0));
  for (size_t w = 0; w < words; ++w) {
    const __m128i word = _mm_cvtsi64_si128(static_cast<long long>(row[w]));
    const __m128i low = _mm_and_si128(_mm_slli_epi16(word, 4), high_u8x16);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(offsets + 16 * w),
                     _mm_unpacklo_epi8(low, _mm_and_si128(word, high_u8x16)));
  }
}

/**
 * Stops GCC from loading filters again for every row and from copying each sum to a second register and back, which
 * together made the loop a third slower.
 */
template <size_t Vectors>
static inline void keep_in_registers(__m256i* vectors) {
#if defined(__GNUC__)
  for (size_t v = 0; v < Vectors; ++v) __asm__("" : "+x"(vectors[v]));
#endif
}

/** Sums of at most `kNibblesPerWordSum` nibbles, 16 bits each, added to `sums`. */
template <size_t Rows, size_t Vectors>
static void count_nibbles(const uint8_t* const* offsets, const uint8_t* panel, size_t begin, size_t end,
                          uint16_t (*sums)[kPanelFilters]) {
  const uint8_t* tables = kNibbleTables.ones[0];
  while (begin < end) {
    const size_t stop = end - begin < kNibblesPerByteSum ? end : begin + kNibblesPerByteSum;
    __m256i ones_u8x32[Rows][Vectors];
    for (size_t i = 0; i < Rows; ++i)
      for (size_t v = 0; v < Vectors; ++v) ones_u8x32[i][v] = _mm256_setzero_si256();
    for (size_t q = begin; q < stop; ++q) {
      __m256i filters_u8x32[Vectors];
      for (size_t v = 0; v < Vectors; ++v)
        filters_u8x32[v] = _mm256_load_si256(reinterpret_cast<const __m256i*>(panel + q * kPanelFilters + 32 * v));
      keep_in_registers<Vectors>(filters_u8x32);
      for (size_t i = 0; i < Rows; ++i) {
        const __m256i table =
            _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(tables + offsets[i][q])));
        for (size_t v = 0; v < Vectors; ++v)
          ones_u8x32[i][v] = _mm256_add_epi8(ones_u8x32[i][v], _mm256_shuffle_epi8(table, filters_u8x32[v]));
        keep_in_registers<Vectors>(ones_u8x32[i]);
      }
    }
    for (size_t i = 0; i < Rows; ++i)
      for (size_t v = 0; v < Vectors; ++v) {
        __m256i* wide = reinterpret_cast<__m256i*>(sums[i] + 32 * v);
        const __m256i low = _mm256_cvtepu8_epi16(_mm256_castsi256_si128(ones_u8x32[i][v]));
        const __m256i high = _mm256_cvtepu8_epi16(_mm256_extracti128_si256(ones_u8x32[i][v], 1));
        _mm256_store_si256(wide, _mm256_add_epi16(_mm256_load_si256(wide), low));
        _mm256_store_si256(wide + 1, _mm256_add_epi16(_mm256_load_si256(wide + 1), high));
      }
    begin = stop;
  }
}

template <size_t Rows, size_t Vectors>
static void gemm_b1_tile(const uint64_t* rows, size_t row_stride_words, const uint8_t* panel, size_t k, float* out,
                         size_t out_stride, size_t columns) {
  const size_t nibbles = nibbles_for(k);
  const size_t words = words_for(k);
  const __m256 minus_two = _mm256_set1_ps(-2.0f);
  for (size_t begin = 0; begin < nibbles; begin += kNibblesPerWordSum) {
    const size_t end = nibbles - begin < kNibblesPerWordSum ? nibbles : begin + kNibblesPerWordSum;
    constexpr size_t kChunkWords = 64;
    alignas(32) uint16_t sums[Rows][kPanelFilters] = {};
    alignas(32) uint8_t offsets[Rows][kChunkWords * 16];
    const uint8_t* chunk[Rows];
    for (size_t i = 0; i < Rows; ++i) chunk[i] = offsets[i];
    for (size_t w = begin / 16; w * 16 < end; w += kChunkWords) {
      const size_t chunk_words = words - w < kChunkWords ? words - w : kChunkWords;
      for (size_t i = 0; i < Rows; ++i) expand_nibbles(rows + i * row_stride_words + w, chunk_words, offsets[i]);
      const size_t from = w * 16 < begin ? begin - w * 16 : 0;
      const size_t to = end - w * 16 < chunk_words * 16 ? end - w * 16 : chunk_words * 16;
      count_nibbles<Rows, Vectors>(chunk, panel + w * 16 * kPanelFilters, from, to, sums);
    }
    const __m256 base = _mm256_set1_ps(static_cast<float>(k));
    for (size_t i = 0; i < Rows; ++i)
      for (size_t j = 0; j < columns; j += 8) {
        const __m128i narrow = _mm_load_si128(reinterpret_cast<const __m128i*>(sums[i] + j));
        const __m256 ones = _mm256_cvtepi32_ps(_mm256_cvtepu16_epi32(narrow));
        float* to = out + i * out_stride + j;
        const size_t left = columns - j < 8 ? columns - j : 8;
        const __m256 start = begin == 0 ? base : load_some(to, left);
        store_some(to, _mm256_fmadd_ps(minus_two, ones, start), left);
      }
  }
}

template <size_t Vectors>
static void gemm_b1_panel(const uint64_t* rows, size_t row_stride_words, size_t m, const uint8_t* panel, size_t k,
                          float* out, size_t out_stride, size_t columns) {
  size_t i = 0;
  for (; i + kTileRows <= m; i += kTileRows)
    gemm_b1_tile<kTileRows, Vectors>(rows + i * row_stride_words, row_stride_words, panel, k, out + i * out_stride,
                                     out_stride, columns);
  for (; i < m; ++i)
    gemm_b1_tile<1, Vectors>(rows + i * row_stride_words, row_stride_words, panel, k, out + i * out_stride, out_stride,
                             columns);
}

static void gemm_b1(const uint64_t* rows, size_t row_stride_words, size_t m, const void* panels, size_t n, size_t k,
                    float* out, size_t out_stride) {
  const uint8_t* panel = static_cast<const uint8_t*>(panels);
  for (size_t first = 0; first < n; first += kPanelFilters, panel += nibbles_for(k) * kPanelFilters) {
    const size_t columns = n - first < kPanelFilters ? n - first : kPanelFilters;
    const auto run = columns > 32 ? gemm_b1_panel<2> : gemm_b1_panel<1>;
    run(rows, row_stride_words, m, panel, k, out + first, out_stride, columns);
  }
}
