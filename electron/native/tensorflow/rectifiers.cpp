// PReLU and RPReLU in one pass each way.

#include "../kernels/operations/rectifier.h"

#include "operation.h"

namespace signum::tensorflow {
namespace {

NormShape shape_of(const Input& x, std::initializer_list<const Input*> channels) {
  x.expect_rank({2, 4});
  for (const Input* channel : channels) channel->expect_size(x.channels());
  return {x.size() / x.channels(), x.channels()};
}

struct Rectifier {
  static Interface interface() {
    return {"SignumRectifier", {}, {"x: float", "before: float", "slope: float", "after: float"}, {"y: float"}};
  }
  explicit Rectifier(const Attributes&) {}
  void run(Call& call) const {
    const Input x = call.input(0, "x"), before = call.input(1, "before");
    const Input slope = call.input(2, "slope"), after = call.input(3, "after");
    const NormShape shape = shape_of(x, {&before, &slope, &after});
    rectifier_forward(shape, {before.floats(), slope.floats(), after.floats()}, x.floats(),
                      call.output(0, x.dimensions()));
  }
};

struct RectifierGradient {
  static Interface interface() {
    return {"SignumRectifierGradient",
            {},
            {"dy: float", "x: float", "before: float", "slope: float"},
            {"dx: float", "dslope: float", "dbefore: float", "dafter: float"}};
  }
  explicit RectifierGradient(const Attributes&) {}
  void run(Call& call) const {
    const Input dy = call.input(0, "dy"), x = call.input(1, "x");
    const Input before = call.input(2, "before"), slope = call.input(3, "slope");
    const NormShape shape = shape_of(x, {&before, &slope});
    dy.expect_size(x.size());
    const Dimensions channels = {static_cast<int64_t>(shape.channels)};
    rectifier_gradient(shape, {before.floats(), slope.floats(), nullptr}, x.floats(), dy.floats(),
                       call.output(0, x.dimensions()), call.output(1, channels), call.output(2, channels),
                       call.output(3, channels));
  }
};

}  // namespace

void register_rectifiers() {
  register_operation<Rectifier>();
  register_operation<RectifierGradient>();
}

}  // namespace signum::tensorflow
