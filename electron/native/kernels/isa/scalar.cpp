#include "standard.h"

namespace signum {
namespace scalar {

static constexpr Isa kIsa = Isa::scalar;

#include "vector_scalar.inl"
#include "../bits/pack_b1_scalar.inl"
#include "../bits/gemm_b1_scalar.inl"
#include "../bits/peak_b1_scalar.inl"
#include "float_kernels.inl"
#include "table.inl"

}  // namespace scalar
}  // namespace signum
