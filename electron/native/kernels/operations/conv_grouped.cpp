#include "conv_grouped.h"

#include <cstring>

#include "../core/scratch.h"
#include "../core/thread_pool.h"
#include "binary_filters.h"
#include "conv_f32.h"
#include "conv_narrow.h"
#include "elementwise.h"

namespace signum {
namespace {

// Where rows of channels stop paying: measured at 14×14 pixels and 64 channels, see electron/native/README.md.
constexpr size_t kMostNarrowInputs = 4;

}  // namespace

bool is_narrow(const ConvShape& shape) { return shape.in_channels / shape.groups <= kMostNarrowInputs; }

ConvShape shape_of_group(const ConvShape& shape) {
  ConvShape one = shape;
  one.in_channels /= shape.groups;
  one.out_channels /= shape.groups;
  one.groups = 1;
  return one;
}

namespace {

/** `columns` columns of rows that are `stride` apart, laid close together; and back. */
void gather(const float* from, size_t rows, size_t stride, size_t columns, float* to) {
  parallel_blocks(rows, 1024, [&](size_t begin, size_t end) {
    for (size_t r = begin; r < end; ++r) std::memcpy(to + r * columns, from + r * stride, columns * sizeof(float));
  });
}
void scatter(const float* from, size_t rows, size_t stride, size_t columns, float* to) {
  parallel_blocks(rows, 1024, [&](size_t begin, size_t end) {
    for (size_t r = begin; r < end; ++r) std::memcpy(to + r * stride, from + r * columns, columns * sizeof(float));
  });
}

/** One group's copy of a tensor whose last axis holds the channels of all groups. */
class GroupCopy {
 public:
  GroupCopy(size_t size, const ConvShape& shape, size_t channels)
      : rows_(size / channels), stride_(channels), columns_(channels / shape.groups), values_(rows_ * columns_) {}
  const float* read(const float* whole, size_t group) {
    gather(whole + group * columns_, rows_, stride_, columns_, values_.data());
    return values_.data();
  }
  float* data() { return values_.data(); }
  void write(float* whole, size_t group) {
    scatter(values_.data(), rows_, stride_, columns_, whole + group * columns_);
  }

 private:
  size_t rows_, stride_, columns_;
  Scratch<float> values_;
};

GroupCopy copy_of_input(const ConvShape& s) { return {s.input_size(), s, s.in_channels}; }
GroupCopy copy_of_output(const ConvShape& s) { return {s.output_size(), s, s.out_channels}; }
GroupCopy copy_of_weights(const ConvShape& s) { return {s.weight_count(), s, s.out_channels}; }

/** y by `forward(shape, x, weights, bias, y)` of each group. */
template <typename Forward>
void forward_by_group(const ConvShape& shape, const float* x, const float* weights, const float* bias, float* y,
                      const Forward& forward) {
  const ConvShape one = shape_of_group(shape);
  GroupCopy x_copy = copy_of_input(shape), w_copy = copy_of_weights(shape), y_copy = copy_of_output(shape);
  for (size_t g = 0; g < shape.groups; ++g) {
    forward(one, x_copy.read(x, g), w_copy.read(weights, g), bias == nullptr ? nullptr : bias + g * one.out_channels,
            y_copy.data());
    y_copy.write(y, g);
  }
}

/** dx by `gradient(shape, dy, weights, dx)` of each group. */
template <typename Gradient>
void input_gradient_by_group(const ConvShape& shape, const float* dy, const float* weights, float* dx,
                             const Gradient& gradient) {
  const ConvShape one = shape_of_group(shape);
  GroupCopy dy_copy = copy_of_output(shape), w_copy = copy_of_weights(shape), dx_copy = copy_of_input(shape);
  for (size_t g = 0; g < shape.groups; ++g) {
    gradient(one, dy_copy.read(dy, g), w_copy.read(weights, g), dx_copy.data());
    dx_copy.write(dx, g);
  }
}

/** dw by `gradient(shape, x, dy, dw)` of each group. */
template <typename Gradient>
void weight_gradient_by_group(const ConvShape& shape, const float* x, const float* dy, float* dw,
                              const Gradient& gradient) {
  const ConvShape one = shape_of_group(shape);
  GroupCopy x_copy = copy_of_input(shape), dy_copy = copy_of_output(shape), dw_copy = copy_of_weights(shape);
  for (size_t g = 0; g < shape.groups; ++g) {
    gradient(one, x_copy.read(x, g), dy_copy.read(dy, g), dw_copy.data());
    dw_copy.write(dw, g);
  }
}

constexpr NarrowInput kFloats = {false, 0};
NarrowInput signs_padded_with(PaddingValue padding) { return {true, static_cast<float>(static_cast<int>(padding))}; }

}  // namespace

void grouped_f32_forward(const ConvShape& shape, const float* x, const float* weights, const float* bias, float* y) {
  if (is_narrow(shape)) return narrow_forward(shape, kFloats, x, weights, bias, y);
  forward_by_group(shape, x, weights, bias, y, conv_f32_forward);
}

void grouped_f32_input_gradient(const ConvShape& shape, const float* dy, const float* weights, float* dx) {
  if (is_narrow(shape)) return narrow_input_gradient(shape, dy, weights, dx);
  input_gradient_by_group(shape, dy, weights, dx, conv_f32_input_gradient);
}

void grouped_f32_weight_gradient(const ConvShape& shape, const float* x, const float* dy, float* dw) {
  if (is_narrow(shape)) return narrow_weight_gradient(shape, kFloats, x, dy, dw);
  weight_gradient_by_group(shape, x, dy, dw, conv_f32_weight_gradient);
}

void grouped_b1_forward(const ConvShape& shape, PaddingValue padding, const float* x, const float* weights,
                        const float* bias, float* y) {
  if (is_narrow(shape)) {
    Scratch<float> signs(shape.weight_count());
    sign_forward(weights, shape.weight_count(), signs.data());
    narrow_forward(shape, signs_padded_with(padding), x, signs.data(), nullptr, y);
    // Last, because the sums before it are exact.
    if (bias != nullptr) add_bias(bias, shape.positions(), shape.out_channels, y);
    return;
  }
  forward_by_group(shape, x, weights, bias, y,
                   [&](const ConvShape& one, const float* x_part, const float* w_part, const float* b, float* y_part) {
                     conv_b1_forward(one, padding, x_part, w_part, b, y_part);
                   });
}

void grouped_b1_input_gradient(const ConvShape& shape, const float* dy, const float* weights, const float* x,
                               float threshold, float* dx) {
  if (is_narrow(shape)) {
    Scratch<float> signs(shape.weight_count());
    sign_forward(weights, shape.weight_count(), signs.data());
    narrow_input_gradient(shape, dy, signs.data(), dx);
  } else {
    input_gradient_by_group(shape, dy, weights, dx,
                            [](const ConvShape& one, const float* dy_part, const float* w_part, float* dx_part) {
                              conv_b1_input_gradient(one, dy_part, w_part, nullptr, 0, dx_part);
                            });
  }
  if (x != nullptr) cancel_gradient(x, dx, shape.input_size(), threshold, dx);
}

void grouped_b1_weight_gradient(const ConvShape& shape, PaddingValue padding, const float* x, const float* dy,
                                float* dw) {
  if (is_narrow(shape)) return narrow_weight_gradient(shape, signs_padded_with(padding), x, dy, dw);
  weight_gradient_by_group(shape, x, dy, dw,
                           [&](const ConvShape& one, const float* x_part, const float* dy_part, float* dw_part) {
                             conv_b1_weight_gradient(one, padding, x_part, dy_part, dw_part);
                           });
}

}  // namespace signum
