#include <algorithm>
#include <cstring>

#include "../bits/bit_stream.h"
#include "../core/kernel_table.h"
#include "../core/scratch.h"
#include "../operations/binary_filters.h"
#include "../operations/bit_image.h"
#include "../operations/conv_grouped.h"
#include "../operations/conv_narrow.h"
#include "convolution_stage.h"

namespace signum {
namespace {

/** XOR and popcount; groups are convolutions side by side, each of its own channels. */
class BinaryConvolution : public ConvolutionStage {
 public:
  BinaryConvolution(const ConvShape& shape, PaddingValue padding, const std::vector<uint64_t>& filters,
                    std::vector<float> bias)
      : ConvolutionStage(shape),
        shape_(shape),
        group_(shape_of_group(shape)),
        padding_(padding),
        table_(kernels()),
        bias_(std::move(bias)),
        panel_bytes_(round_up(FilterPanels(group_).bytes(), kPanelAlignment)),
        panel_memory_(shape.groups * panel_bytes_ + kPanelAlignment) {
    const size_t group_words = group_.out_channels * words_for(group_.filter_size());
    for (size_t g = 0; g < shape.groups; ++g) FilterPanels(group_).pack(filters.data() + g * group_words, panels(g));
    if (padding != PaddingValue::zero || shape.padding == 0) return;
    tap_sums_.resize(shape.taps() * shape.out_channels);
    ConvShape all = group_;
    all.out_channels = shape.out_channels;
    sum_taps(all, filters.data(), tap_sums_.data());
  }

  void run(size_t images, const Values& from, const Values& to) const override {
    const ConvShape shape = with_batch(shape_, images), group = with_batch(group_, images);
    const size_t words = words_for(group.filter_size()), outputs = shape.out_channels;
    BitImage image(group);
    Scratch<uint64_t> image_words(shape.groups * image.words());
    for (size_t g = 0; g < shape.groups; ++g) {
      image.use(image_words.data() + g * image.words());
      gather(image, group, g, from.words);
    }
    Scratch<uint64_t> patches(kPlanBlockPositions * words);
    Scratch<float> sums(bits_ ? kPlanBlockPositions * outputs : 0);
    for (size_t first = 0; first < shape.positions(); first += kPlanBlockPositions) {
      const size_t count = std::min(kPlanBlockPositions, shape.positions() - first);
      float* out = bits_ ? sums.data() : to.floats + first * outputs;
      for (size_t g = 0; g < shape.groups; ++g) {
        image.use(image_words.data() + g * image.words());
        image.patches(first, count, patches.data());
        table_.gemm_b1(patches.data(), words, count, panels(g), group.out_channels, group.filter_size(),
                       out + g * group.out_channels, outputs);
      }
      if (!tap_sums_.empty()) correct_zero_padding(shape, tap_sums_.data(), first, count, out);
      if (!bias_.empty()) add_bias(bias_.data(), count, outputs, out);
      finish(out, first, count, to);
    }
  }

 private:
  static constexpr size_t kPanelAlignment = 64;

  void gather(BitImage& image, const ConvShape& group, size_t index, const uint64_t* pixels) const {
    const bool padding_bit = padding_ == PaddingValue::plus_one;
    if (shape_.groups == 1) return image.gather(pixels, padding_bit);
    const size_t count = group.batch * group.height * group.width;
    const size_t pixel_words = words_for(shape_.in_channels), group_words = words_for(group.in_channels);
    Scratch<uint64_t> own(count * group_words);
    for (size_t pixel = 0; pixel < count; ++pixel) {
      BitWriter writer(own.data() + pixel * group_words);
      writer.append(pixels + pixel * pixel_words, index * group.in_channels, group.in_channels);
      writer.finish();
    }
    image.gather(own.data(), padding_bit);
  }

  unsigned char* panels(size_t group) const {
    const auto address = reinterpret_cast<uintptr_t>(panel_memory_.data());
    const size_t offset = round_up(address, kPanelAlignment) - address;
    return const_cast<unsigned char*>(panel_memory_.data()) + offset + group * panel_bytes_;
  }

  ConvShape shape_, group_;
  PaddingValue padding_;
  // The panels are in the order of this table's kernels.
  const KernelTable& table_;
  std::vector<float> bias_, tap_sums_;
  size_t panel_bytes_;
  std::vector<unsigned char> panel_memory_;
};

/** Groups too narrow for a popcount: tap by tap over rows of ±1, as in training. Sums of signs are exact either way. */
class NarrowBinaryConvolution : public ConvolutionStage {
 public:
  NarrowBinaryConvolution(const ConvShape& shape, PaddingValue padding, const std::vector<uint64_t>& filters,
                          std::vector<float> bias)
      : ConvolutionStage(shape),
        shape_(shape),
        input_{false, static_cast<float>(static_cast<int>(padding))},
        weights_(shape.weight_count()),
        bias_(std::move(bias)) {
    const size_t words = words_for(shape.filter_size());
    for (size_t o = 0; o < shape.out_channels; ++o)
      for (size_t k = 0; k < shape.filter_size(); ++k)
        weights_[k * shape.out_channels + o] =
            (filters[o * words + k / kWordBits] >> (k % kWordBits) & 1) ? 1.0f : -1.0f;
  }

  void run(size_t images, const Values& from, const Values& to) const override {
    const ConvShape shape = with_batch(shape_, images);
    Scratch<float> signs(shape.input_size());
    unpack({shape.height, shape.width, shape.in_channels}, images, from.words, signs.data());
    Scratch<float> sums(bits_ ? shape.output_size() : 0);
    float* out = bits_ ? sums.data() : to.floats;
    narrow_forward(shape, input_, signs.data(), weights_.data(), nullptr, out);
    if (!bias_.empty()) add_bias(bias_.data(), shape.positions(), shape.out_channels, out);
    finish(out, 0, shape.positions(), to);
  }

 private:
  ConvShape shape_;
  NarrowInput input_;
  std::vector<float> weights_, bias_;
};

}  // namespace

std::unique_ptr<ConvolutionStage> binary_convolution(const ConvShape& shape, PaddingValue padding,
                                                     const std::vector<uint64_t>& filters, std::vector<float> bias) {
  if (shape.groups > 1 && is_narrow(shape))
    return std::make_unique<NarrowBinaryConvolution>(shape, padding, filters, std::move(bias));
  return std::make_unique<BinaryConvolution>(shape, padding, filters, std::move(bias));
}

}  // namespace signum
