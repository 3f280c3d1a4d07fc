#include <algorithm>

#include "../core/kernel_table.h"
#include "../core/scratch.h"
#include "../operations/conv_f32.h"
#include "../operations/float_image.h"
#include "convolution_stage.h"

namespace signum {
namespace {

class FloatConvolution : public ConvolutionStage {
 public:
  FloatConvolution(const ConvShape& shape, std::vector<float> weights, std::vector<float> bias)
      : ConvolutionStage(shape), shape_(shape), weights_(std::move(weights)), bias_(std::move(bias)) {}

  void run(size_t images, const Values& from, const Values& to) const override {
    const ConvShape shape = with_batch(shape_, images);
    if (!changes_sums()) return conv_f32_forward(shape, from.floats, weights_.data(), bias(), to.floats);
    if (shape.groups == 1) return run_in_blocks(shape, from.floats, to);
    Scratch<float> sums(bits_ ? shape.output_size() : 0);
    float* out = bits_ ? sums.data() : to.floats;
    conv_f32_forward(shape, from.floats, weights_.data(), bias(), out);
    finish(out, 0, shape.positions(), to);
  }

 private:
  /** The sums of a block of pixels are changed before the next block is begun. Sums as `conv_f32_forward` does. */
  void run_in_blocks(const ConvShape& shape, const float* x, const Values& to) const {
    const KernelTable& table = kernels();
    const size_t outputs = shape.out_channels, depth = shape.filter_size();
    const FloatImage image(shape, x);
    Scratch<ptrdiff_t> elements(depth), patches(kPlanBlockPositions);
    image.element_offsets(elements.data());
    Scratch<float> sums(bits_ ? kPlanBlockPositions * outputs : 0);
    for (size_t first = 0; first < shape.positions(); first += kPlanBlockPositions) {
      const size_t count = std::min(kPlanBlockPositions, shape.positions() - first);
      float* out = bits_ ? sums.data() : to.floats + first * outputs;
      image.patch_offsets(first, count, patches.data());
      for (size_t column = 0; column < outputs; column += table.gemm_columns)
        table.gemm_f32({image.data(), patches.data(), elements.data(), count, depth, weights_.data() + column, outputs,
                        std::min(table.gemm_columns, outputs - column), out + column, outputs,
                        bias() == nullptr ? nullptr : bias() + column, false});
      finish(out, first, count, to);
    }
  }

  const float* bias() const { return bias_.empty() ? nullptr : bias_.data(); }

  ConvShape shape_;
  std::vector<float> weights_, bias_;
};

}  // namespace

std::unique_ptr<ConvolutionStage> float_convolution(const ConvShape& shape, std::vector<float> weights,
                                                    std::vector<float> bias) {
  return std::make_unique<FloatConvolution>(shape, std::move(weights), std::move(bias));
}

}  // namespace signum
