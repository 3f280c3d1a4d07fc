// The plain product of signs: one word at a time, ones counted by adding neighbours in pairs, nibbles and bytes. The
// x86-64 baseline has no popcount instruction, and the compiler's stand-in for it is a call.

static inline uint32_t popcount64(uint64_t x) {
  x -= (x >> 1) & 0x5555555555555555u;
  x = (x & 0x3333333333333333u) + ((x >> 2) & 0x3333333333333333u);
  x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
  return static_cast<uint32_t>((x * 0x0101010101010101u) >> 56);
}

static size_t gemm_b1_panel_bytes(size_t n, size_t k) { return n * words_for(k) * sizeof(uint64_t); }

static void gemm_b1_pack(const uint64_t* filters, size_t stride_words, size_t n, size_t k, void* panels) {
  uint64_t* to = static_cast<uint64_t*>(panels);
  const size_t words = words_for(k);
  for (size_t j = 0; j < n; ++j)
    for (size_t w = 0; w < words; ++w) *to++ = filters[j * stride_words + w];
}

static void gemm_b1(const uint64_t* rows, size_t row_stride_words, size_t m, const void* panels, size_t n, size_t k,
                    float* out, size_t out_stride) {
  const size_t words = words_for(k);
  for (size_t i = 0; i < m; ++i) {
    const uint64_t* row = rows + i * row_stride_words;
    const uint64_t* filter = static_cast<const uint64_t*>(panels);
    for (size_t j = 0; j < n; ++j, filter += words) {
      uint64_t different = 0;
      for (size_t w = 0; w < words; ++w) different += popcount64(row[w] ^ filter[w]);
      out[i * out_stride + j] = static_cast<float>(static_cast<int64_t>(k) - 2 * static_cast<int64_t>(different));
    }
  }
}
