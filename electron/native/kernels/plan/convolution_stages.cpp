#include <algorithm>

#include "../core/bits.h"
#include "../core/kernel_table.h"
#include "../core/scratch.h"
#include "../operations/binary_filters.h"
#include "../operations/bit_image.h"
#include "../operations/conv_f32.h"
#include "../operations/float_image.h"
#include "stage.h"

namespace signum {
namespace {

// Sums of so many positions wait for their comparison in the L1 cache.
constexpr size_t kBlockPositions = 48;

ImageShape output_of(const ConvShape& shape) { return {shape.out_height(), shape.out_width(), shape.out_channels}; }

ConvShape with_batch(ConvShape shape, size_t images) {
  shape.batch = images;
  return shape;
}

class FloatConvolution : public ConvolutionStage {
 public:
  FloatConvolution(const ConvShape& shape, std::vector<float> weights, std::vector<float> bias)
      : ConvolutionStage(output_of(shape), false),
        shape_(shape),
        weights_(std::move(weights)),
        bias_(std::move(bias)) {}

  void run(size_t images, const Values& from, const Values& to) const override {
    const ConvShape shape = with_batch(shape_, images);
    const float* bias = bias_.empty() ? nullptr : bias_.data();
    if (thresholds_ == nullptr) return conv_f32_forward(shape, from.floats, weights_.data(), bias, to.floats);

    const KernelTable& table = kernels();
    const size_t outputs = shape.out_channels, depth = shape.filter_size(), words = words_for(outputs);
    const FloatImage image(shape, from.floats);
    Scratch<ptrdiff_t> elements(depth), patches(kBlockPositions);
    image.element_offsets(elements.data());
    Scratch<float> sums(kBlockPositions * outputs);
    for (size_t first = 0; first < shape.positions(); first += kBlockPositions) {
      const size_t count = std::min(kBlockPositions, shape.positions() - first);
      image.patch_offsets(first, count, patches.data());
      for (size_t column = 0; column < outputs; column += table.gemm_columns)
        table.gemm_f32({image.data(), patches.data(), elements.data(), count, depth, weights_.data() + column, outputs,
                        std::min(table.gemm_columns, outputs - column), sums.data() + column, outputs,
                        bias == nullptr ? nullptr : bias + column, false});
      thresholds_->apply(sums.data(), count, to.words + first * words);
    }
  }

 private:
  ConvShape shape_;
  std::vector<float> weights_, bias_;
};

class BinaryConvolution : public ConvolutionStage {
 public:
  BinaryConvolution(const ConvShape& shape, PaddingValue padding, const std::vector<uint64_t>& filters,
                    std::vector<float> bias)
      : ConvolutionStage(output_of(shape), false),
        shape_(shape),
        padding_(padding),
        table_(kernels()),
        bias_(std::move(bias)),
        panel_memory_(FilterPanels(shape).bytes() + kPanelAlignment) {
    FilterPanels(shape).pack(filters.data(), panels());
    if (padding != PaddingValue::zero || shape.padding == 0) return;
    tap_sums_.resize(shape.taps() * shape.out_channels);
    sum_taps(shape, filters.data(), tap_sums_.data());
  }

  void run(size_t images, const Values& from, const Values& to) const override {
    const ConvShape shape = with_batch(shape_, images);
    const size_t k = shape.filter_size(), words = words_for(k), outputs = shape.out_channels;
    BitImage image(shape);
    Scratch<uint64_t> image_words(image.words());
    image.use(image_words.data());
    image.gather(from.words, padding_ == PaddingValue::plus_one);
    Scratch<uint64_t> patches(kBlockPositions * words);
    Scratch<float> sums(kBlockPositions * outputs);
    for (size_t first = 0; first < shape.positions(); first += kBlockPositions) {
      const size_t count = std::min(kBlockPositions, shape.positions() - first);
      float* out = thresholds_ == nullptr ? to.floats + first * outputs : sums.data();
      image.patches(first, count, patches.data());
      table_.gemm_b1(patches.data(), words, count, panels(), outputs, k, out, outputs);
      if (!tap_sums_.empty()) correct_zero_padding(shape, tap_sums_.data(), first, count, out);
      if (!bias_.empty()) add_bias(bias_.data(), count, outputs, out);
      if (thresholds_ != nullptr) thresholds_->apply(out, count, to.words + first * words_for(outputs));
    }
  }

 private:
  static constexpr size_t kPanelAlignment = 64;

  unsigned char* panels() const {
    const auto address = reinterpret_cast<uintptr_t>(panel_memory_.data());
    const size_t offset = round_up(address, kPanelAlignment) - address;
    return const_cast<unsigned char*>(panel_memory_.data()) + offset;
  }

  ConvShape shape_;
  PaddingValue padding_;
  // The panels are in the order of this table's kernels.
  const KernelTable& table_;
  std::vector<float> bias_, tap_sums_;
  std::vector<unsigned char> panel_memory_;
};

}  // namespace

std::unique_ptr<ConvolutionStage> float_convolution(const ConvShape& shape, std::vector<float> weights,
                                                    std::vector<float> bias) {
  return std::make_unique<FloatConvolution>(shape, std::move(weights), std::move(bias));
}

std::unique_ptr<ConvolutionStage> binary_convolution(const ConvShape& shape, PaddingValue padding,
                                                     const std::vector<uint64_t>& filters, std::vector<float> bias) {
  return std::make_unique<BinaryConvolution>(shape, padding, filters, std::move(bias));
}

}  // namespace signum
