#include "standard.h"

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>

#include "avx2_begin.h"

namespace signum {
namespace avx2 {

static constexpr Isa kIsa = Isa::avx2;

#include "vector_avx2.inl"
#include "../bits/pack_b1_avx2.inl"
#include "../bits/gemm_b1_avx2.inl"
#include "../bits/peak_b1_avx2.inl"
#include "float_kernels.inl"
#include "table.inl"

}  // namespace avx2
}  // namespace signum

#include "target_end.h"

#endif
