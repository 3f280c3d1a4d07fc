#pragma once
// The inner loops that differ by instruction set. Everything above them (shapes, blocking, threads) is written once, in
// operations/, and calls them through one table per instruction set.

#include <cstddef>
#include <cstdint>

#include "isa.h"

namespace signum {

/** Rows of a lookup table are this many floats wide: one AVX-512 register, two of AVX2, four of NEON. */
constexpr size_t kLookupLanes = 16;
/** A word of 64 bits is looked up as 12 groups of 5 bits and one of 4: 13 tables of 32 rows stay in the L1 cache. */
constexpr size_t kLookupGroupBits = 5;
constexpr size_t kLookupGroups = 13;
constexpr size_t kLookupTableRows = 32;
/** Rows that the tables of a whole word are built from; the last belongs to no bit and holds zeros. */
constexpr size_t kLookupValueRows = kLookupGroups * kLookupGroupBits;
constexpr size_t kLookupTableFloats = kLookupGroups * kLookupTableRows * kLookupLanes;
/** Groups of a word of which `bits` bits, 1 to 64, have a row. */
constexpr size_t lookup_groups_for(size_t bits) { return (bits + kLookupGroupBits - 1) / kLookupGroupBits; }

/** What `peak_b1` works on: 4 KiB in the L1 cache, and rows enough to keep the units busy. */
constexpr size_t kPeakRows = 4;
constexpr size_t kPeakWords = 512;

/** A product C (+)= A · B whose operand A is addressed by offsets, so that image patches need no copy. */
struct GemmPanel {
  const float* a;
  /** Element (i, k) of A is `a[row_offsets[i] + depth_offsets[k]]`. */
  const ptrdiff_t* row_offsets;
  const ptrdiff_t* depth_offsets;
  size_t rows;
  size_t depth;
  /** `depth` rows of `columns` floats, `b_stride` apart. `columns` is at most `gemm_columns` of the table. */
  const float* b;
  size_t b_stride;
  size_t columns;
  float* c;
  size_t c_stride;
  /** What C starts from: null for 0, else `columns` floats added to every row. Not used when `accumulate`. */
  const float* bias;
  /** Add to what C holds. */
  bool accumulate;
};

/** One row of pooled pixels: two rows of `2 · pixels` pixels become one of `pixels`, each of `channels` values. */
struct PoolRow {
  const float* upper;
  const float* lower;
  size_t pixels;
  size_t channels;
};

/** out[i][c] += a[i][c] · b[i][c] for `rows` rows; strides in floats. One of b and out may be one row: stride 0. */
struct MultiplyAddRows {
  const float* a;
  size_t a_stride;
  const float* b;
  size_t b_stride;
  float* out;
  size_t out_stride;
  size_t rows;
  size_t channels;
};

/** Rounded from doubles: 1 - 0.9 is not what 1 - 0.9f gives. */
struct AdamFactors {
  float beta1, beta2, one_minus_beta1, one_minus_beta2;
  /** learning rate / (1 - beta1^t) and sqrt(1 - beta2^t). */
  float step_size, root_correction;
  float epsilon;
  /** Weights stay in [-clip, clip]; infinite where they may grow. */
  float clip;
};

struct AdamState {
  float* weights;
  float* first;
  float* second;
};

/** One value a channel each: taken off before a rectifier, times what is negative, and added after. */
struct RectifierChannels {
  const float* before;
  const float* slope;
  const float* after;
};

struct KernelTable {
  Isa isa;

  // --- bits -----------------------------------------------------------------------------------------------------
  /** Signs of `count` floats into `words_for(count)` words; bits past the end are zero. */
  void (*pack_b1_f32)(const float* values, size_t count, uint64_t* words);
  /**
   * Bits of `rows` rows of `channels` floats: (x >= thresholds[c]) != inverted[c], a row to `words_for(channels)`
   * words. `inverted` has `words_for(channels)` words without bits past the end.
   */
  void (*threshold_b1_f32)(const float* x, size_t rows, size_t channels, const float* thresholds,
                           const uint64_t* inverted, uint64_t* words);

  /** Bytes of `n` filters of `k` bits in the order in which `gemm_b1` reads them. */
  size_t (*gemm_b1_panel_bytes)(size_t n, size_t k);
  /** `filters`: `n` rows of `words_for(k)` words, `stride_words` apart. `panels` is divisible by 64. */
  void (*gemm_b1_pack)(const uint64_t* filters, size_t stride_words, size_t n, size_t k, void* panels);
  /** out[i][j] = k - 2 · popcount(rows[i] XOR filter[j]), exact for k < 2^24. */
  void (*gemm_b1)(const uint64_t* rows, size_t row_stride_words, size_t m, const void* panels, size_t n, size_t k,
                  float* out, size_t out_stride);

  // --- signed sums by lookup ------------------------------------------------------------------------------------
  /**
   * All 32 signed sums of each of the first `groups` groups of 5 rows of 16 floats; rows without values are zeros.
   * `tables` holds `kLookupTableFloats`.
   */
  void (*lookup_build_f32)(const float* values, size_t groups, float* tables);
  /**
   * out[i][0..16) (+)= sum over bits b of words[i] of ±values[b][0..16), for `count` words. `groups`, 1 to 13: how many
   * groups the tables were built for; bits past them count nothing.
   */
  void (*lookup_sum_f32)(const uint64_t* words, size_t count, const float* tables, size_t groups, float* out,
                         bool accumulate);

  // --- floats ---------------------------------------------------------------------------------------------------
  /** Columns that `gemm_f32` works on at once. */
  size_t gemm_columns;
  size_t gemm_rows;
  void (*gemm_f32)(const GemmPanel& panel);

  /** `b` is one row for all, or `out` is. */
  void (*multiply_add_rows_f32)(const MultiplyAddRows& rows);

  /** sums[c] += sum of (x - origin[c]), squares[c] += sum of squares of the same, over `rows` rows. */
  void (*moments_f32)(const float* x, size_t rows, size_t channels, const float* origin, float* sums, float* squares);
  /** sums[c] += column sums. */
  void (*column_sums_f32)(const float* x, size_t rows, size_t channels, float* sums);
  /** y = x · scale[c] + shift[c], then tanh if `tanh`. */
  void (*affine_f32)(const float* x, size_t rows, size_t channels, const float* scale, const float* shift, bool tanh,
                     float* y);
  /** As `affine_f32`, then the largest of each 2×2 window; also which of the four it was, and its x. */
  void (*affine_pool_f32)(const PoolRow& row, const float* scale, const float* shift, bool tanh, float* y,
                          uint8_t* choice, float* x_chosen);
  /** With dz = tanh ? dy · (1 - y²) : dy: sums[c] += sum of dz, products[c] += sum of dz · (x - mean[c]). */
  void (*affine_gradient_sums_f32)(const float* dy, const float* y, const float* x, size_t rows, size_t channels,
                                   const float* mean, bool tanh, float* sums, float* products);
  /** dx = a[c] · dz + b[c] + k[c] · x, dz as above. */
  void (*affine_gradient_f32)(const float* dy, const float* y, const float* x, size_t rows, size_t channels,
                              const float* a, const float* b, const float* k, bool tanh, float* dx);
  /** The same for a pooled row: dz reaches the chosen one of four pixels only. */
  void (*affine_pool_gradient_f32)(const PoolRow& row, const float* dy, const float* y, const uint8_t* choice,
                                   const float* a, const float* b, const float* k, bool tanh, float* dx_upper,
                                   float* dx_lower);

  /** y = v > 0 ? v : v · slope, plus `after`, where v = x - before. */
  void (*rectifier_f32)(const float* x, size_t rows, size_t channels, const RectifierChannels& by, float* y);
  /**
   * dx = v > 0 ? dy : dy · slope. Adds to three rows of sums: of dy · v where v is not positive, of dx, and of dy.
   */
  void (*rectifier_gradient_f32)(const float* dy, const float* x, size_t rows, size_t channels,
                                 const RectifierChannels& by, float* dx, float* sums);

  void (*tanh_f32)(const float* x, size_t count, float* y);
  /** dx = dy · (1 - y²). */
  void (*tanh_gradient_f32)(const float* dy, const float* y, size_t count, float* dx);
  /** dx = |x| <= threshold ? dy : 0. */
  void (*cancel_f32)(const float* dy, const float* x, size_t count, float threshold, float* dx);
  /** One step of Adam; the new values may go where the old ones are. */
  void (*adam_f32)(const AdamState& from, const float* gradient, size_t count, const AdamFactors& factors,
                   const AdamState& to);
  /** columns × rows from rows × columns; both row-major with strides in floats. */
  void (*transpose_f32)(const float* from, size_t rows, size_t columns, size_t from_stride, float* to,
                        size_t to_stride);

  // --- what this processor can do at most -----------------------------------------------------------------------
  /** `rounds` times the sum over all `kPeakRows` rows and `kPeakWords` words of popcount(row XOR word). */
  uint64_t (*peak_b1)(const uint64_t* rows, const uint64_t* words, size_t rounds);
  /** Twelve times a vector of chains x = x · factor + addend, `rounds` long, from 0, 1, ... 11; their sum. */
  float (*peak_f32)(float factor, float addend, size_t rounds);
  /** Multiply-adds of `peak_f32` in a round. */
  size_t peak_f32_multiply_adds;
};

/** The table for `isa`, which must be available. */
const KernelTable& kernel_table(Isa isa);

/** The table that this process uses. */
const KernelTable& kernels();

/** For tests and measurements: use `isa`, which must be available, from now on. Not while an operation runs. */
void use_isa(Isa isa);

}  // namespace signum
