#include "../kernels/operations/signs.h"

#include "../kernels/core/bits.h"
#include "operation.h"

namespace signum::tensorflow {
namespace {

/** All signs of a tensor as one row of bits, in 32-bit halves of words: a 32nd of the bytes to be read out. */
struct PackSigns {
  static Interface interface() { return {"SignumPackSigns", {}, {"x: float"}, {"halves: int32"}}; }
  explicit PackSigns(const Attributes&) {}
  void run(Call& call) const {
    const Input x = call.input(0, "x");
    int32_t* halves = call.integer_output(0, {static_cast<int64_t>(2 * words_for(x.size()))});
    // TensorFlow aligns its tensors to 64 bytes.
    pack_signs(x.floats(), x.size(), reinterpret_cast<uint64_t*>(halves));
  }
};

}  // namespace

void register_signs() { register_operation<PackSigns>(); }

}  // namespace signum::tensorflow
