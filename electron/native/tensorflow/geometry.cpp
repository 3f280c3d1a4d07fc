#include "geometry.h"

namespace signum::tensorflow {
namespace {

size_t at_least(int32_t value, int32_t least, const char* name) {
  if (value >= least) return static_cast<size_t>(value);
  throw BadArgument(std::string(name) + " is " + std::to_string(value) + ", but must be at least " +
                    std::to_string(least) + ".");
}

}  // namespace

Window::Window(const Attributes& attributes)
    : stride(at_least(attributes.integer("stride"), 1, "stride")),
      dilation(at_least(attributes.integer("dilation"), 1, "dilation")),
      padding(at_least(attributes.integer("padding"), 0, "padding")) {}

ConvShape Window::shape(const Dimensions& x, const Dimensions& w) const {
  if (x.size() == 2 && w.size() == 2 && x[1] == w[0])
    return ConvShape::dense(static_cast<size_t>(x[0]), static_cast<size_t>(w[0]), static_cast<size_t>(w[1]));
  const bool ranks = x.size() == 4 && w.size() == 4 && w[2] > 0;
  const int64_t groups = ranks ? x[3] / w[2] : 0;
  if (groups < 1 || x[3] != w[2] * groups || w[3] % groups != 0)
    throw BadArgument(
        "x and the weights do not fit: images [n, h, w, c] take [h, w, c / groups, out], features [n, c] "
        "take [c, out].");
  const auto size = [](int64_t value) { return static_cast<size_t>(value); };
  const ConvShape shape = {size(x[0]), size(x[1]), size(x[2]), size(x[3]), size(w[3]),
                           size(w[0]), size(w[1]), stride,     dilation,   padding,    size(groups)};
  if (shape.padded_height() < dilation * (shape.kernel_height - 1) + 1 ||
      shape.padded_width() < dilation * (shape.kernel_width - 1) + 1)
    throw BadArgument("The kernel is larger than the padded image.");
  return shape;
}

Dimensions output_dimensions(const ConvShape& shape, size_t rank) {
  const auto size = [](size_t value) { return static_cast<int64_t>(value); };
  if (rank == 2) return {size(shape.batch), size(shape.out_channels)};
  return {size(shape.batch), size(shape.out_height()), size(shape.out_width()), size(shape.out_channels)};
}

}  // namespace signum::tensorflow
