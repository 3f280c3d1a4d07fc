#include "standard.h"

#if defined(__aarch64__)
#include <arm_neon.h>

namespace signum {
namespace neon {

static constexpr Isa kIsa = Isa::neon;

#include "vector_neon.inl"
#include "../bits/pack_b1_neon.inl"
#include "../bits/gemm_b1_neon.inl"
#include "../bits/peak_b1_neon.inl"
#include "float_kernels.inl"
#include "table.inl"

}  // namespace neon
}  // namespace signum

#endif
