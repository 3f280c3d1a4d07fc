#include "elementwise.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>

#include "../core/kernel_table.h"
#include "../core/thread_pool.h"

namespace signum {

namespace {
// Below this many values a thread is slower to wake than the work is to do.
constexpr size_t kGrain = 16 * 1024;
}  // namespace

void tanh_forward(const float* x, size_t count, float* y) {
  parallel_blocks(count, kGrain,
                  [&](size_t begin, size_t end) { kernels().tanh_f32(x + begin, end - begin, y + begin); });
}

void tanh_gradient(const float* y, const float* dy, size_t count, float* dx) {
  parallel_blocks(count, kGrain, [&](size_t begin, size_t end) {
    kernels().tanh_gradient_f32(dy + begin, y + begin, end - begin, dx + begin);
  });
}

void sign_forward(const float* x, size_t count, float* y) {
  parallel_blocks(count, kGrain, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) y[i] = x[i] >= 0 ? 1.0f : -1.0f;
  });
}

void cancel_gradient(const float* x, const float* dy, size_t count, float threshold, float* dx) {
  parallel_blocks(count, kGrain, [&](size_t begin, size_t end) {
    kernels().cancel_f32(dy + begin, x + begin, end - begin, threshold, dx + begin);
  });
}

void add_values(const float* a, const float* b, size_t count, float* sums) {
  parallel_blocks(count, kGrain, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) sums[i] = a[i] + b[i];
  });
}

void clamp_forward(const float* x, size_t count, float low, float high, float* y) {
  parallel_blocks(count, kGrain, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      const float raised = x[i] < low ? low : x[i];
      y[i] = raised > high ? high : raised;
    }
  });
}

void clamp_gradient(const float* x, const float* dy, size_t count, float low, float high, float* dx) {
  parallel_blocks(count, kGrain, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) dx[i] = (x[i] > low) & (x[i] < high) ? dy[i] : 0.0f;
  });
}

void softmax_cross_entropy(const float* logits, const int32_t* labels, size_t rows, size_t classes, float* losses,
                           float* dlogits) {
  for (size_t r = 0; r < rows; ++r) {
    const float* row = logits + r * classes;
    const double largest = *std::max_element(row, row + classes);
    double sum = 0;
    for (size_t c = 0; c < classes; ++c) sum += std::exp(row[c] - largest);
    const size_t label = static_cast<size_t>(labels[r]);
    losses[r] = static_cast<float>(largest + std::log(sum) - row[label]);
    for (size_t c = 0; c < classes; ++c) {
      const double probability = std::exp(row[c] - largest) / sum;
      dlogits[r * classes + c] = static_cast<float>((probability - (c == label ? 1 : 0)) / static_cast<double>(rows));
    }
  }
}

bool all_finite(const float* values, size_t count) {
  std::atomic<bool> finite{true};
  parallel_blocks(count, kGrain, [&](size_t begin, size_t end) {
    uint32_t broken = 0;
    for (size_t i = begin; i < end; ++i) {
      uint32_t bits;
      std::memcpy(&bits, values + i, sizeof bits);
      // All bits of the exponent are set in infinities and NaN alone.
      broken |= (bits & 0x7f800000u) == 0x7f800000u ? 1u : 0u;
    }
    if (broken) finite = false;
  });
  return finite;
}

AdamFactors adam_factors(const AdamSettings& s) {
  const double step = static_cast<double>(s.step);
  return {
      static_cast<float>(s.beta1),
      static_cast<float>(s.beta2),
      static_cast<float>(1 - s.beta1),
      static_cast<float>(1 - s.beta2),
      static_cast<float>(s.learning_rate / (1 - std::pow(s.beta1, step))),
      static_cast<float>(std::sqrt(1 - std::pow(s.beta2, step))),
      static_cast<float>(s.epsilon),
      static_cast<float>(s.clip),
  };
}

void adam_update(const AdamFactors& factors, size_t count, const float* gradient, const AdamState& from,
                 const AdamState& to) {
  parallel_blocks(count, kGrain, [&](size_t begin, size_t end) {
    const auto part = [&](const AdamState& whole) {
      return AdamState{whole.weights + begin, whole.first + begin, whole.second + begin};
    };
    kernels().adam_f32(part(from), gradient + begin, end - begin, factors, part(to));
  });
}

}  // namespace signum
