#include <algorithm>
#include <cstring>
#include <memory>

#include "../core/bits.h"
#include "../core/kernel_table.h"
#include "../core/thread_pool.h"
#include "conv_f32.h"
#include "conv_grouped.h"
#include "float_image.h"
#include "weight_panels.h"

namespace signum {
namespace {

// Positions that are summed in one go; the panel of dy stays in the L1 cache while all weights pass.
constexpr size_t kBlockPositions = 128;
// Small gradients are summed in this many parts, one after another added up in order: the same numbers for every
// thread count, and shorter sums round less.
constexpr size_t kParts = 16;
constexpr size_t kSmallGradient = 16 * 1024;

/** dw (+)= transposed patches of positions [begin, end) times dy, for weights [first, last). */
void add_weight_gradient(const ConvShape& shape, const FloatImage& image, const ptrdiff_t* elements, const float* dy,
                         size_t begin, size_t end, size_t first, size_t last, float* dw) {
  const size_t outputs = shape.out_channels;
  const KernelTable& table = kernels();
  Scratch<ptrdiff_t> patches(kBlockPositions);
  for (size_t p = begin; p < end; p += kBlockPositions) {
    const size_t count = std::min(kBlockPositions, end - p);
    image.patch_offsets(p, count, patches.data());
    for (size_t column = 0; column < outputs; column += table.gemm_columns)
      table.gemm_f32({image.data(), elements + first, patches.data(), last - first, count, dy + p * outputs + column,
                      outputs, std::min(table.gemm_columns, outputs - column), dw + first * outputs + column, outputs,
                      nullptr, p > begin});
  }
}

/** Adds rows of patches of gradients to the padded images that they were taken from. */
void scatter_patches(const ConvShape& shape, const float* patches, size_t first, size_t count, float* padded) {
  const size_t channels = shape.in_channels;
  const bool whole = shape.dilation == 1;
  const size_t steps = whole ? 1 : shape.kernel_width, run = (whole ? shape.kernel_width : 1) * channels;
  for (size_t i = 0; i < count; ++i) {
    const Position at = position_of(shape, first + i);
    for (size_t ky = 0; ky < shape.kernel_height; ++ky) {
      const size_t row = at.image * shape.padded_height() + at.y * shape.stride + ky * shape.dilation;
      for (size_t kx = 0; kx < steps; ++kx) {
        const size_t column = at.x * shape.stride + kx * shape.dilation;
        float* to = padded + (row * shape.padded_width() + column) * channels;
        for (size_t j = 0; j < run; ++j) to[j] += patches[j];
        patches += run;
      }
    }
  }
}

void copy_without_padding(const ConvShape& shape, const float* padded, size_t image, float* dx) {
  const size_t row = shape.width * shape.in_channels;
  for (size_t y = 0; y < shape.height; ++y) {
    const size_t from_row = image * shape.padded_height() + y + shape.padding;
    const float* from = padded + (from_row * shape.padded_width() + shape.padding) * shape.in_channels;
    std::memcpy(dx + (image * shape.height + y) * row, from, row * sizeof(float));
  }
}

}  // namespace

void conv_f32_weight_gradient(const ConvShape& shape, const float* x, const float* dy, float* dw) {
  if (shape.groups > 1) return grouped_f32_weight_gradient(shape, x, dy, dw);
  const size_t weights = shape.filter_size(), count = shape.weight_count(), positions = shape.positions();
  const FloatImage image(shape, x);
  Scratch<ptrdiff_t> elements(weights);
  image.element_offsets(elements.data());
  if (count > kSmallGradient) {
    parallel_blocks(weights, kernels().gemm_rows, [&](size_t first, size_t last) {
      add_weight_gradient(shape, image, elements.data(), dy, 0, positions, first, last, dw);
    });
    return;
  }
  const size_t parts = std::min(kParts, (positions + kBlockPositions - 1) / kBlockPositions);
  Scratch<float> sums(parts * count);
  ThreadPool::shared().parallel(parts, [&](size_t begin, size_t end) {
    for (size_t part = begin; part < end; ++part)
      add_weight_gradient(shape, image, elements.data(), dy, positions * part / parts, positions * (part + 1) / parts,
                          0, weights, sums.data() + part * count);
  });
  std::memcpy(dw, sums.data(), count * sizeof(float));
  for (size_t part = 1; part < parts; ++part)
    for (size_t i = 0; i < count; ++i) dw[i] += sums[part * count + i];
}

void conv_f32_input_gradient(const ConvShape& shape, const float* dy, const float* weights, float* dx) {
  if (shape.groups > 1) return grouped_f32_input_gradient(shape, dy, weights, dx);
  const size_t k = shape.filter_size(), outputs = shape.out_channels, channels = shape.in_channels;
  const KernelTable& table = kernels();
  Scratch<float> transposed(shape.weight_count());
  parallel_blocks(k, 64, [&](size_t begin, size_t end) {
    table.transpose_f32(weights + begin * outputs, end - begin, outputs, outputs, transposed.data() + begin, k);
  });
  const WeightPanels panels(transposed.data(), outputs, k);
  Scratch<ptrdiff_t> depth(outputs);
  for (size_t o = 0; o < outputs; ++o) depth[o] = static_cast<ptrdiff_t>(o);

  const size_t padded_image = shape.padded_height() * shape.padded_width() * channels;
  std::unique_ptr<Scratch<float>> padded;
  if (shape.padding > 0) padded = std::make_unique<Scratch<float>>(shape.batch * padded_image);
  float* to = padded == nullptr ? dx : padded->data();
  constexpr size_t kRows = 48;

  ThreadPool::shared().parallel(shape.batch, [&](size_t first_image, size_t last_image) {
    Scratch<ptrdiff_t> rows(kRows);
    Scratch<float> patches(shape.is_dense() ? 0 : kRows * k);
    const size_t begin = first_image * shape.out_pixels(), end = last_image * shape.out_pixels();
    if (!shape.is_dense())
      std::memset(to + first_image * padded_image, 0, (last_image - first_image) * padded_image * sizeof(float));
    for (size_t p = begin; p < end; p += kRows) {
      const size_t count = std::min(kRows, end - p);
      for (size_t i = 0; i < count; ++i) rows[i] = static_cast<ptrdiff_t>((p + i) * outputs);
      float* out = shape.is_dense() ? dx + p * k : patches.data();
      for (size_t column = 0; column < k; column += panels.columns())
        table.gemm_f32({dy, rows.data(), depth.data(), count, outputs, panels.at(0, column), panels.stride(),
                        std::min(panels.columns(), k - column), out + column, k, nullptr, false});
      if (!shape.is_dense()) scatter_patches(shape, out, p, count, to);
    }
    if (padded != nullptr)
      for (size_t n = first_image; n < last_image; ++n) copy_without_padding(shape, to, n, dx);
  });
}

void bias_gradient(const float* dy, size_t rows, size_t channels, float* db) {
  constexpr size_t kBlockRows = 1024;
  const size_t blocks = (rows + kBlockRows - 1) / kBlockRows;
  Scratch<float> sums(blocks * channels);
  std::memset(sums.data(), 0, blocks * channels * sizeof(float));
  ThreadPool::shared().parallel(blocks, [&](size_t begin, size_t end) {
    for (size_t b = begin; b < end; ++b)
      kernels().column_sums_f32(dy + b * kBlockRows * channels, std::min(kBlockRows, rows - b * kBlockRows), channels,
                                sums.data() + b * channels);
  });
  for (size_t c = 0; c < channels; ++c) {
    double sum = 0;
    for (size_t b = 0; b < blocks; ++b) sum += sums[b * channels + c];
    db[c] = static_cast<float>(sum);
  }
}

}  // namespace signum
