#include <limits>

#include "../../../electron/native/kernels/bits/bit_stream.h"
#include "../../../electron/native/kernels/bits/transpose_b1.h"
#include "../../../electron/native/kernels/core/kernel_table.h"
#include "../../../electron/native/kernels/core/scratch.h"
#include "../../../electron/native/kernels/operations/max_pool.h"
#include "check.h"
#include "tests.h"

namespace harness {
namespace {

using namespace signum;

bool bit_at(const uint64_t* words, size_t bit) { return words[bit / 64] >> (bit % 64) & 1; }

Array<uint64_t> random_words(size_t count) {
  Array<uint64_t> words(count);
  for (size_t i = 0; i < count; ++i) words[i] = uint64_t{generator()} << 32 | generator();
  return words;
}

/** Rows whose bits past `bits` are zero. */
Array<uint64_t> random_rows(size_t rows, size_t bits) {
  const size_t words = words_for(bits);
  Array<uint64_t> result = random_words(rows * words);
  for (size_t r = 0; r < rows; ++r)
    if (bits % 64 != 0) result[r * words + words - 1] &= low_bits(bits % 64);
  return result;
}

void test_pack(const std::string& where) {
  for (size_t count : {1, 2, 7, 8, 15, 16, 17, 63, 64, 65, 100, 127, 128, 193, 1000}) {
    Array<float> x = floats(count);
    x[between(0, count - 1)] = std::numeric_limits<float>::quiet_NaN();
    x[between(0, count - 1)] = -std::numeric_limits<float>::denorm_min();
    Array<uint64_t> words(words_for(count), ~uint64_t{0});
    kernels().pack_b1_f32(x.data(), count, words.data());
    bool same = true;
    for (size_t bit = 0; bit < words.size() * 64; ++bit)
      same = same && bit_at(words.data(), bit) == (bit < count && x[bit] >= 0);
    report(same, where + ": packing " + std::to_string(count) + " signs");
  }
}

void test_gemm(const std::string& where, size_t m, size_t n, size_t k) {
  const size_t words = words_for(k), row_stride = words + between(0, 2), out_stride = n + between(0, 3);
  const Array<uint64_t> filters = random_rows(n, k);
  Array<uint64_t> rows(m * row_stride);
  const Array<uint64_t> dense = random_rows(m, k);
  for (size_t i = 0; i < m; ++i)
    for (size_t w = 0; w < words; ++w) rows[i * row_stride + w] = dense[i * words + w];
  Scratch<unsigned char> panels(kernels().gemm_b1_panel_bytes(n, k));
  kernels().gemm_b1_pack(filters.data(), words, n, k, panels.data());
  constexpr float untouched = 12345;
  Array<float> out(m * out_stride, untouched);
  kernels().gemm_b1(rows.data(), row_stride, m, panels.data(), n, k, out.data(), out_stride);
  std::vector<double> wanted(m * out_stride, untouched);
  for (size_t i = 0; i < m; ++i)
    for (size_t j = 0; j < n; ++j) {
      double sum = 0;
      for (size_t b = 0; b < k; ++b)
        sum += bit_at(dense.data() + i * words, b) == bit_at(filters.data() + j * words, b) ? 1 : -1;
      wanted[i * out_stride + j] = sum;
    }
  expect_equal(where + ": product of signs " + std::to_string(m) + "×" + std::to_string(n) + "×" + std::to_string(k),
               out, wanted);
}

void test_transpose(const std::string& where) {
  const size_t rows = between(1, 150), columns = between(1, 150);
  const Array<uint64_t> from = random_rows(rows, columns);
  Array<uint64_t> to(columns * words_for(rows), ~uint64_t{0});
  transpose_b1(from.data(), rows, columns, words_for(columns), to.data(), words_for(rows));
  bool same = true;
  for (size_t c = 0; c < columns; ++c)
    for (size_t r = 0; r < words_for(rows) * 64; ++r) {
      const bool wanted = r < rows && bit_at(from.data() + r * words_for(columns), c);
      same = same && bit_at(to.data() + c * words_for(rows), r) == wanted;
    }
  report(same, where + ": transposing bits " + std::to_string(rows) + "×" + std::to_string(columns));
}

void test_bit_writer(const std::string& where) {
  const Array<uint64_t> from = random_words(6);
  Array<uint64_t> to(12);
  BitWriter writer(to.data());
  std::vector<bool> wanted;
  while (wanted.size() < 500) {
    const size_t first = between(0, 130), count = between(0, 180);
    const bool fill = between(0, 4) == 0, bit = between(0, 1) == 1;
    if (fill)
      writer.fill(bit, count);
    else
      writer.append(from.data(), first, count);
    for (size_t i = 0; i < count; ++i) wanted.push_back(fill ? bit : bit_at(from.data(), first + i));
  }
  writer.finish();
  bool same = true;
  for (size_t i = 0; i < words_for(wanted.size()) * 64; ++i)
    same = same && bit_at(to.data(), i) == (i < wanted.size() && wanted[i]);
  report(same, where + ": runs of bits");
}

void test_lookup(const std::string& where, size_t values_count, bool accumulate) {
  const KernelTable& table = kernels();
  const size_t count = between(1, 40), groups = lookup_groups_for(values_count);
  Array<float> values(kLookupValueRows * kLookupLanes);
  const Array<float> noise = floats(values_count * kLookupLanes);
  for (size_t i = 0; i < noise.size(); ++i) values[i] = noise[i];
  const Array<uint64_t> words = random_words(count);
  Array<float> tables(kLookupTableFloats), out = floats(count * kLookupLanes);
  std::vector<double> wanted(out.size());
  for (size_t i = 0; i < wanted.size(); ++i) {
    wanted[i] = accumulate ? out[i] : 0;
    for (size_t b = 0; b < values_count; ++b)
      wanted[i] += (bit_at(&words[i / kLookupLanes], b) ? 1 : -1) * double(values[b * kLookupLanes + i % kLookupLanes]);
  }
  table.lookup_build_f32(values.data(), groups, tables.data());
  table.lookup_sum_f32(words.data(), count, tables.data(), groups, out.data(), accumulate);
  expect_close(where + ": signed sums of " + std::to_string(values_count), out, wanted, 2e-6);
}

void test_bit_pool(const std::string& where) {
  const size_t kernel = between(1, 3);
  const PoolShape shape = {2, between(kernel, 7), between(kernel, 7), between(1, 130), kernel, between(1, 2)};
  const size_t words = words_for(shape.channels), outputs = shape.output_size() / shape.channels;
  const Array<uint64_t> x = random_rows(shape.input_size() / shape.channels, shape.channels);
  for (BitPool kind : {BitPool::any, BitPool::all}) {
    Array<uint64_t> y(outputs * words, ~uint64_t{0});
    max_pool_b1(shape, kind, x.data(), y.data());
    bool same = true;
    for (size_t o = 0; o < outputs; ++o)
      for (size_t c = 0; c < words * 64; ++c) {
        size_t ones = 0;
        for (size_t k = 0; k < kernel * kernel; ++k) {
          const size_t row = o / shape.out_width() % shape.out_height() * shape.stride + k / kernel;
          const size_t column = o % shape.out_width() * shape.stride + k % kernel;
          const size_t image = o / shape.out_width() / shape.out_height();
          ones += bit_at(x.data() + ((image * shape.height + row) * shape.width + column) * words, c);
        }
        same = same && bit_at(y.data() + o * words, c) == (kind == BitPool::any ? ones > 0 : ones == kernel * kernel);
      }
    report(same, where + ": pooling of bits");
  }
}

}  // namespace

void test_bits(const std::string& where) {
  test_pack(where);
  for (size_t k : {1, 3, 5, 63, 64, 65, 252, 253, 1000, 1600, 4099}) test_gemm(where, between(1, 9), between(1, 70), k);
  for (size_t n : {1, 8, 9, 16, 17, 32, 33, 64, 65, 100}) test_gemm(where, between(1, 14), n, between(1, 300));
  test_gemm(where, 5, 3, 70000);
  for (size_t i = 0; i < 5; ++i) {
    test_transpose(where);
    test_bit_writer(where);
    test_bit_pool(where);
  }
  for (size_t count : {1, 4, 5, 6, 40, 59, 60, 61, 64})
    for (bool accumulate : {false, true}) test_lookup(where, count, accumulate);
}

}  // namespace harness
