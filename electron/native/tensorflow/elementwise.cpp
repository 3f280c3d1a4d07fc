// Pooling, activations, signs, and the optimiser's step.

#include "../kernels/operations/elementwise.h"

#include "../kernels/operations/max_pool.h"
#include "operation.h"

namespace signum::tensorflow {
namespace {

struct Tanh {
  static Interface interface() { return {"SignumTanh", {}, {"x: float"}, {"y: float"}}; }
  explicit Tanh(const Attributes&) {}
  void run(Call& call) const {
    const Input x = call.input(0, "x");
    tanh_forward(x.floats(), x.size(), call.output(0, x.dimensions()));
  }
};

struct TanhGradient {
  static Interface interface() { return {"SignumTanhGradient", {}, {"y: float", "dy: float"}, {"dx: float"}}; }
  explicit TanhGradient(const Attributes&) {}
  void run(Call& call) const {
    const Input y = call.input(0, "y"), dy = call.input(1, "dy");
    dy.expect_size(y.size());
    tanh_gradient(y.floats(), dy.floats(), y.size(), call.output(0, y.dimensions()));
  }
};

struct Sign {
  static Interface interface() { return {"SignumSign", {}, {"x: float"}, {"y: float"}}; }
  explicit Sign(const Attributes&) {}
  void run(Call& call) const {
    const Input x = call.input(0, "x");
    sign_forward(x.floats(), x.size(), call.output(0, x.dimensions()));
  }
};

struct Cancel {
  static Interface interface() {
    return {"SignumCancel", {"threshold: float = 1"}, {"x: float", "dy: float"}, {"dx: float"}};
  }
  explicit Cancel(const Attributes& attributes) : threshold(attributes.number("threshold")) {}
  void run(Call& call) const {
    const Input x = call.input(0, "x"), dy = call.input(1, "dy");
    dy.expect_size(x.size());
    cancel_gradient(x.floats(), dy.floats(), x.size(), threshold, call.output(0, x.dimensions()));
  }
  float threshold;
};

/** Window of a maximum over images. */
struct PoolWindow {
  explicit PoolWindow(const Attributes& attributes)
      : kernel(attributes.integer("kernel")), stride(attributes.integer("stride")) {
    if (kernel < 1 || kernel > static_cast<int32_t>(kLargestPoolKernel) || stride < 1)
      throw BadArgument("kernel must be 1 to 16 and stride at least 1.");
  }
  PoolShape shape(const Input& x) const {
    x.expect_rank({4});
    const Dimensions& d = x.dimensions();
    if (d[1] < kernel || d[2] < kernel) throw BadArgument("x is smaller than the window.");
    const auto size = [](int64_t value) { return static_cast<size_t>(value); };
    return {size(d[0]), size(d[1]), size(d[2]), size(d[3]), size(kernel), size(stride)};
  }
  int32_t kernel, stride;
};

struct MaxPool {
  static Interface interface() {
    return {"SignumMaxPool", {"kernel: int", "stride: int"}, {"x: float"}, {"y: float", "choice: int32"}};
  }
  explicit MaxPool(const Attributes& attributes) : window(attributes) {}
  void run(Call& call) const {
    const Input x = call.input(0, "x");
    const PoolShape shape = window.shape(x);
    const auto size = [](size_t value) { return static_cast<int64_t>(value); };
    float* y =
        call.output(0, {size(shape.batch), size(shape.out_height()), size(shape.out_width()), size(shape.channels)});
    int32_t* choice = call.integer_output(1, {size((shape.output_size() + 3) / 4)});
    max_pool_forward(shape, x.floats(), y, reinterpret_cast<uint8_t*>(choice));
  }
  PoolWindow window;
};

struct MaxPoolGradient {
  static Interface interface() {
    return {"SignumMaxPoolGradient",
            {"kernel: int", "stride: int"},
            {"dy: float", "choice: int32", "shape_of: float"},
            {"dx: float"}};
  }
  explicit MaxPoolGradient(const Attributes& attributes) : window(attributes) {}
  void run(Call& call) const {
    const Input dy = call.input(0, "dy"), choice = call.input(1, "choice"), x = call.input(2, "shape_of");
    const PoolShape shape = window.shape(x);
    dy.expect_size(shape.output_size());
    choice.expect_size((shape.output_size() + 3) / 4);
    max_pool_gradient(shape, reinterpret_cast<const uint8_t*>(choice.integers()), dy.floats(),
                      call.output(0, x.dimensions()));
  }
  PoolWindow window;
};

struct Adam {
  static Interface interface() {
    return {"SignumAdam",
            {},
            // The factors change with every step; as attributes they would make TensorFlow keep a kernel for each.
            {"weight: float", "first: float", "second: float", "gradient: float", "factors: float"},
            {"new_weight: float", "new_first: float", "new_second: float"}};
  }
  explicit Adam(const Attributes&) {}
  void run(Call& call) const {
    const Input weight = call.input(0, "weight"), first = call.input(1, "first"), second = call.input(2, "second");
    const Input gradient = call.input(3, "gradient"), factors = call.input(4, "factors");
    for (const Input* other : {&first, &second, &gradient}) other->expect_size(weight.size());
    factors.expect_size(8);
    const float* f = factors.floats();
    const auto from = [](const Input& input) { return const_cast<float*>(input.floats()); };
    adam_update({f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]}, weight.size(), gradient.floats(),
                {from(weight), from(first), from(second)},
                {call.output(0, weight.dimensions()), call.output(1, weight.dimensions()),
                 call.output(2, weight.dimensions())});
  }
};

}  // namespace

void register_elementwise() {
  register_operation<Tanh>();
  register_operation<TanhGradient>();
  register_operation<Sign>();
  register_operation<Cancel>();
  register_operation<MaxPool>();
  register_operation<MaxPoolGradient>();
  register_operation<Adam>();
}

}  // namespace signum::tensorflow
