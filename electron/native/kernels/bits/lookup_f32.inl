// Sums of ±float where the signs are bits: no multiplication, and one addition for five terms.
//
// The "method of the four Russians": for five rows d0..d4 of 16 floats, all 32 signed sums are built with one addition
// each; then a word of 64 signs costs 13 additions of a table row instead of 64 multiply-adds. One row of table is one
// register of AVX-512 (two of AVX2), so the limit is one load a row: 64 · 16 / 13 = 79 products a load, where a fused
// multiply-add gives 16. The 13 tables take 25 KiB and stay in the L1 cache; groups of six bits would not.
// The 5-bit indices come from shifts of the word, which leaves the load ports to the tables.

constexpr size_t kLookupVectors = kLookupLanes / kLanes;
constexpr size_t kLookupTable = kLookupTableRows * kLookupLanes;

/** Signed sums of `members` rows; entry 0 has every sign negative, and each set bit adds twice its row. */
static void lookup_build_group(const float* values, size_t members, float* table) {
  for (size_t v = 0; v < kLookupVectors; ++v) {
    F32 all_negative = broadcast(0.0f);
    for (size_t member = 0; member < members; ++member)
      all_negative = sub(all_negative, load(values + member * kLookupLanes + v * kLanes));
    store(table + v * kLanes, all_negative);
    for (size_t member = 0; member < members; ++member) {
      const F32 value = load(values + member * kLookupLanes + v * kLanes);
      const F32 twice = add(value, value);
      for (size_t row = 0; row < (size_t{1} << member); ++row) {
        const size_t with = row | (size_t{1} << member);
        store(table + with * kLookupLanes + v * kLanes, add(load(table + row * kLookupLanes + v * kLanes), twice));
      }
    }
  }
}

static void lookup_build_f32(const float* values, float* tables) {
  for (size_t group = 0; group < kLookupGroups; ++group) {
    const size_t first = group * kLookupGroupBits;
    const size_t members = kWordBits - first < kLookupGroupBits ? kWordBits - first : kLookupGroupBits;
    lookup_build_group(values + first * kLookupLanes, members, tables + group * kLookupTable);
  }
}

/** Byte offset of a group's table row for a word. */
template <size_t Group>
static inline size_t lookup_offset(uint64_t word) {
  constexpr size_t row_shift = 6;  // 16 floats are 64 bytes
  constexpr size_t bit = Group * kLookupGroupBits;
  constexpr uint64_t mask = (kLookupTableRows - 1) << row_shift;
  if constexpr (bit < row_shift)
    return (word << (row_shift - bit)) & mask;
  else
    return (word >> (bit - row_shift)) & mask;
}

template <size_t Group>
static inline void lookup_add(uint64_t word, const float* tables, F32* sums) {
  const char* table = reinterpret_cast<const char*>(tables + Group * kLookupTable);
  const float* row = reinterpret_cast<const float*>(table + lookup_offset<Group>(word));
  for (size_t v = 0; v < kLookupVectors; ++v) sums[v] = add(sums[v], load(row + v * kLanes));
}

/** One word in all groups; even and odd groups are summed apart, so that additions need not wait for each other. */
template <size_t... Groups>
static inline void lookup_word(uint64_t word, const float* tables, F32 (&sums)[2][kLookupVectors],
                               std::index_sequence<Groups...>) {
  (lookup_add<Groups>(word, tables, sums[Groups % 2]), ...);
}

template <bool Accumulate>
static void lookup_sum_all(const uint64_t* words, size_t count, const float* tables, float* out) {
  for (size_t i = 0; i < count; ++i, out += kLookupLanes) {
    F32 sums[2][kLookupVectors];
    for (size_t v = 0; v < kLookupVectors; ++v) {
      sums[0][v] = Accumulate ? load(out + v * kLanes) : broadcast(0.0f);
      sums[1][v] = broadcast(0.0f);
    }
    lookup_word(words[i], tables, sums, std::make_index_sequence<kLookupGroups>());
    for (size_t v = 0; v < kLookupVectors; ++v) store(out + v * kLanes, add(sums[0][v], sums[1][v]));
  }
}

static void lookup_sum_some(const uint64_t* words, size_t count, const float* tables, size_t groups, float* out,
                            bool accumulate) {
  for (size_t i = 0; i < count; ++i, out += kLookupLanes) {
    uint64_t word = words[i];
    F32 sums[kLookupVectors];
    for (size_t v = 0; v < kLookupVectors; ++v) sums[v] = accumulate ? load(out + v * kLanes) : broadcast(0.0f);
    for (size_t group = 0; group < groups; ++group, word >>= kLookupGroupBits) {
      const float* row = tables + group * kLookupTable + (word & (kLookupTableRows - 1)) * kLookupLanes;
      for (size_t v = 0; v < kLookupVectors; ++v) sums[v] = add(sums[v], load(row + v * kLanes));
    }
    for (size_t v = 0; v < kLookupVectors; ++v) store(out + v * kLanes, sums[v]);
  }
}

static void lookup_sum_f32(const uint64_t* words, size_t count, const float* tables, size_t groups, float* out,
                           bool accumulate) {
  if (groups < kLookupGroups) return lookup_sum_some(words, count, tables, groups, out, accumulate);
  if (accumulate) return lookup_sum_all<true>(words, count, tables, out);
  lookup_sum_all<false>(words, count, tables, out);
}
