// Sums of ±float where the signs are bits: no multiplication, and one addition for five terms.
//
// The "method of the four Russians": for five rows d0..d4 of 16 floats, all 32 signed sums are built with one addition
// each; then a word of 64 signs costs 13 additions of a table row instead of 64 multiply-adds. One row of table is one
// register of AVX-512 (two of AVX2), so the limit is one load a row: 64 · 16 / 13 = 79 products a load, where a fused
// multiply-add gives 16. The 13 tables take 25 KiB and stay in the L1 cache; groups of six bits would not.
// The 5-bit indices come from shifts of the word, which leaves the load ports to the tables. Where fewer than 64 rows
// hold values, the groups past them are neither built nor added.
//
// Order of summation: even groups one after another onto what is there, odd groups likewise from 0, then both sums.

constexpr size_t kLookupVectors = kLookupLanes / kLanes;
constexpr size_t kLookupTable = kLookupTableRows * kLookupLanes;

/** One vector of a group's table: entry 0 has every sign negative, and each set bit adds twice its row. */
static inline void lookup_build_vector(const float* values, float* table) {
  constexpr size_t kept = 8;
  static_assert(kLookupTableRows == 4 * kept, "two more members than are kept in registers");
  F32 rows[kept] = {broadcast(0.0f)};
  for (size_t member = 0; member < kLookupGroupBits; ++member)
    rows[0] = sub(rows[0], load(values + member * kLookupLanes));
  F32 twice[kLookupGroupBits];
  for (size_t member = 0; member < kLookupGroupBits; ++member) {
    const F32 value = load(values + member * kLookupLanes);
    twice[member] = add(value, value);
  }
  for (size_t row = 1; row < kept; ++row) {
    const size_t highest = row >= 4 ? 2 : row >= 2 ? 1 : 0;
    rows[row] = add(rows[row - (size_t{1} << highest)], twice[highest]);
  }
  for (size_t row = 0; row < kept; ++row) {
    const F32 third = add(rows[row], twice[3]);
    store(table + row * kLookupLanes, rows[row]);
    store(table + (kept + row) * kLookupLanes, third);
    store(table + (2 * kept + row) * kLookupLanes, add(rows[row], twice[4]));
    store(table + (3 * kept + row) * kLookupLanes, add(third, twice[4]));
  }
}

static void lookup_build_f32(const float* values, size_t groups, float* tables) {
  for (size_t group = 0; group < groups; ++group)
    for (size_t v = 0; v < kLookupVectors; ++v)
      lookup_build_vector(values + group * kLookupGroupBits * kLookupLanes + v * kLanes,
                          tables + group * kLookupTable + v * kLanes);
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

template <size_t Groups, bool Accumulate>
static void lookup_sum(const uint64_t* words, size_t count, const float* tables, float* out) {
  for (size_t i = 0; i < count; ++i, out += kLookupLanes) {
    F32 sums[2][kLookupVectors];
    for (size_t v = 0; v < kLookupVectors; ++v) {
      sums[0][v] = Accumulate ? load(out + v * kLanes) : broadcast(0.0f);
      sums[1][v] = broadcast(0.0f);
    }
    lookup_word(words[i], tables, sums, std::make_index_sequence<Groups>());
    for (size_t v = 0; v < kLookupVectors; ++v) store(out + v * kLanes, add(sums[0][v], sums[1][v]));
  }
}

using LookupSum = void (*)(const uint64_t* words, size_t count, const float* tables, float* out);

template <bool Accumulate, size_t... GroupsLessOne>
static LookupSum lookup_sum_of(size_t groups, std::index_sequence<GroupsLessOne...>) {
  static constexpr LookupSum sums[] = {lookup_sum<GroupsLessOne + 1, Accumulate>...};
  return sums[groups - 1];
}

static void lookup_sum_f32(const uint64_t* words, size_t count, const float* tables, size_t groups, float* out,
                           bool accumulate) {
  constexpr auto each = std::make_index_sequence<kLookupGroups>();
  (accumulate ? lookup_sum_of<true>(groups, each) : lookup_sum_of<false>(groups, each))(words, count, tables, out);
}
