#include "conv_narrow.h"

#include <algorithm>
#include <cstring>

#include "../core/kernel_table.h"
#include "../core/scratch.h"
#include "../core/thread_pool.h"

namespace signum {
namespace {

// A block of channels of one padded image stays in the L2 cache.
constexpr size_t kBlockChannels = 64;

/** Consecutive output channels. */
struct Channels {
  size_t first, count;
};

/** Where in a pixel the group of each output channel begins. */
class GroupStarts {
 public:
  explicit GroupStarts(const ConvShape& s)
      : in_line_(s.in_channels == s.groups && s.out_channels == s.groups), starts_(s.out_channels), values_(starts_.data()) {
    const size_t inputs_each = s.in_channels / s.groups, outputs_each = s.out_channels / s.groups;
    for (size_t o = 0; o < s.out_channels; ++o) starts_.data()[o] = o / outputs_each * inputs_each;
  }
  /** Whether output channel i reads input channel i and no other. */
  bool in_line() const { return in_line_; }
  const size_t* from(size_t channel) const { return values_ + channel; }

 private:
  bool in_line_;
  Scratch<size_t> starts_;
  const size_t* values_;
};

/**
 * The input as output channels see it: the `member`-th input channel of the group of each. With one channel a group
 * that is the image itself, padded.
 */
void spread(const ConvShape& s, const GroupStarts& starts, const NarrowInput& input, const float* image, size_t member,
            const Channels& channels, float* padded) {
  const size_t* start = starts.from(channels.first);
  float* to = padded;
  for (size_t y = 0; y < s.padded_height(); ++y)
    for (size_t x = 0; x < s.padded_width(); ++x, to += channels.count) {
      if (y < s.padding || y >= s.padding + s.height || x < s.padding || x >= s.padding + s.width) {
        std::fill_n(to, channels.count, input.padding_value);
        continue;
      }
      const float* pixel = image + ((y - s.padding) * s.width + x - s.padding) * s.in_channels;
      if (starts.in_line())
        std::memcpy(to, pixel + channels.first, channels.count * sizeof(float));
      else
        for (size_t c = 0; c < channels.count; ++c) to[c] = pixel[start[c] + member];
      if (input.signs)
        for (size_t c = 0; c < channels.count; ++c) to[c] = to[c] >= 0 ? 1.0f : -1.0f;
    }
}

/** Calls `visit(pixel of the padded image, row of the output, tap)` for every tap of every output row. */
template <typename Visit>
void each_row(const ConvShape& s, const Visit& visit) {
  for (size_t oy = 0; oy < s.out_height(); ++oy)
    for (size_t ky = 0; ky < s.kernel_height; ++ky)
      for (size_t kx = 0; kx < s.kernel_width; ++kx) {
        const size_t pixel = (oy * s.stride + ky * s.dilation) * s.padded_width() + kx * s.dilation;
        visit(pixel, oy * s.out_width(), ky * s.kernel_width + kx);
      }
}

size_t padded_pixels(const ConvShape& s) { return s.padded_height() * s.padded_width(); }

/** Calls `work(image, channels)` for every block of channels of every image. */
template <typename Work>
void each_block(const ConvShape& s, const Work& work) {
  const size_t blocks = (s.out_channels + kBlockChannels - 1) / kBlockChannels;
  ThreadPool::shared().parallel(s.batch * blocks, [&](size_t begin, size_t end) {
    for (size_t item = begin; item < end; ++item) {
      const size_t first = item % blocks * kBlockChannels;
      work(item / blocks, Channels{first, std::min(kBlockChannels, s.out_channels - first)});
    }
  });
}

}  // namespace

void narrow_forward(const ConvShape& s, const NarrowInput& input, const float* x, const float* weights,
                    const float* bias, float* y) {
  const size_t members = s.in_channels / s.groups, outputs = s.out_channels;
  const auto multiply_add_rows_f32 = kernels().multiply_add_rows_f32;
  const GroupStarts starts(s);
  each_block(s, [&](size_t n, const Channels& channels) {
    Scratch<float> padded(padded_pixels(s) * channels.count);
    float* out = y + n * s.out_pixels() * outputs + channels.first;
    for (size_t p = 0; p < s.out_pixels(); ++p)
      for (size_t c = 0; c < channels.count; ++c)
        out[p * outputs + c] = bias == nullptr ? 0.0f : bias[channels.first + c];
    for (size_t member = 0; member < members; ++member) {
      spread(s, starts, input, x + n * s.height * s.width * s.in_channels, member, channels, padded.data());
      each_row(s, [&](size_t pixel, size_t row, size_t tap) {
        const float* weight = weights + (tap * members + member) * outputs + channels.first;
        multiply_add_rows_f32({padded.data() + pixel * channels.count, s.stride * channels.count, weight, 0,
                               out + row * outputs, outputs, s.out_width(), channels.count});
      });
    }
  });
}

void narrow_input_gradient(const ConvShape& s, const float* dy, const float* weights, float* dx) {
  const size_t members = s.in_channels / s.groups, outputs = s.out_channels, outputs_each = outputs / s.groups;
  const auto multiply_add_rows_f32 = kernels().multiply_add_rows_f32;
  ThreadPool::shared().parallel(s.batch, [&](size_t begin, size_t end) {
    Scratch<float> padded(padded_pixels(s) * outputs);
    for (size_t n = begin; n < end; ++n)
      for (size_t member = 0; member < members; ++member) {
        std::fill_n(padded.data(), padded_pixels(s) * outputs, 0.0f);
        each_row(s, [&](size_t pixel, size_t row, size_t tap) {
          const float* weight = weights + (tap * members + member) * outputs;
          multiply_add_rows_f32({dy + (n * s.out_pixels() + row) * outputs, outputs, weight, 0,
                                 padded.data() + pixel * outputs, s.stride * outputs, s.out_width(), outputs});
        });
        for (size_t y = 0; y < s.height; ++y)
          for (size_t x = 0; x < s.width; ++x) {
            const float* from = padded.data() + ((y + s.padding) * s.padded_width() + x + s.padding) * outputs;
            float* to = dx + ((n * s.height + y) * s.width + x) * s.in_channels + member;
            if (outputs_each == 1 && members == 1) {
              std::memcpy(to, from, outputs * sizeof(float));
              continue;
            }
            for (size_t g = 0; g < s.groups; ++g) {
              float sum = 0;
              for (size_t o = 0; o < outputs_each; ++o) sum += from[g * outputs_each + o];
              to[g * members] = sum;
            }
          }
      }
  });
}

void narrow_weight_gradient(const ConvShape& s, const NarrowInput& input, const float* x, const float* dy, float* dw) {
  const size_t members = s.in_channels / s.groups, outputs = s.out_channels;
  const auto multiply_add_rows_f32 = kernels().multiply_add_rows_f32;
  const GroupStarts starts(s);
  // By channels and never by images, so that every element is summed in one order whatever the thread count is.
  constexpr size_t kGrain = 16;
  parallel_blocks(outputs, kGrain, [&](size_t begin, size_t end) {
    for (size_t first = begin; first < end; first += kBlockChannels) {
      const Channels channels = {first, std::min(kBlockChannels, end - first)};
      Scratch<float> padded(padded_pixels(s) * channels.count);
      Scratch<float> row_sums(channels.count);
      for (size_t k = 0; k < s.filter_size(); ++k) std::fill_n(dw + k * outputs + first, channels.count, 0.0f);
      for (size_t n = 0; n < s.batch; ++n)
        for (size_t member = 0; member < members; ++member) {
          spread(s, starts, input, x + n * s.height * s.width * s.in_channels, member, channels, padded.data());
          each_row(s, [&](size_t pixel, size_t row, size_t tap) {
            // Short sums first, so that millions of positions do not swamp a float.
            std::fill_n(row_sums.data(), channels.count, 0.0f);
            multiply_add_rows_f32({padded.data() + pixel * channels.count, s.stride * channels.count,
                                   dy + (n * s.out_pixels() + row) * outputs + first, outputs, row_sums.data(), 0,
                                   s.out_width(), channels.count});
            float* to = dw + (tap * members + member) * outputs + first;
            for (size_t c = 0; c < channels.count; ++c) to[c] += row_sums.data()[c];
          });
        }
    }
  });
}

}  // namespace signum
