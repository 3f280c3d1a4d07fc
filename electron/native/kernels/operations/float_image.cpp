#include "float_image.h"

#include <cstring>

#include "../core/thread_pool.h"

namespace signum {

FloatImage::FloatImage(const ConvShape& shape, const float* x) : shape_(shape), data_(x) {
  if (shape.padding == 0) return;
  const size_t row = shape.width * shape.in_channels, padded_row = shape.padded_width() * shape.in_channels;
  const size_t padded_image = shape.padded_height() * padded_row;
  padded_ = std::make_unique<Scratch<float>>(shape.batch * padded_image);
  float* to = padded_->data();
  ThreadPool::shared().parallel(shape.batch, [&](size_t begin, size_t end) {
    std::memset(to + begin * padded_image, 0, (end - begin) * padded_image * sizeof(float));
    for (size_t n = begin; n < end; ++n)
      for (size_t y = 0; y < shape.height; ++y)
        std::memcpy(to + n * padded_image + (y + shape.padding) * padded_row + shape.padding * shape.in_channels,
                    x + (n * shape.height + y) * row, row * sizeof(float));
  });
  data_ = to;
}

void FloatImage::patch_offsets(size_t first, size_t count, ptrdiff_t* offsets) const {
  PositionWalk walk(shape_, first);
  for (size_t i = 0; i < count; ++i, ++walk) {
    const size_t row = (*walk).image * shape_.padded_height() + (*walk).y * shape_.stride;
    offsets[i] = static_cast<ptrdiff_t>((row * shape_.padded_width() + (*walk).x * shape_.stride) * shape_.in_channels);
  }
}

void FloatImage::element_offsets(ptrdiff_t* offsets) const {
  for (size_t ky = 0; ky < shape_.kernel_height; ++ky)
    for (size_t kx = 0; kx < shape_.kernel_width; ++kx)
      for (size_t c = 0; c < shape_.in_channels; ++c) {
        const size_t pixel = ky * shape_.dilation * shape_.padded_width() + kx * shape_.dilation;
        *offsets++ = static_cast<ptrdiff_t>(pixel * shape_.in_channels + c);
      }
}

}  // namespace signum
