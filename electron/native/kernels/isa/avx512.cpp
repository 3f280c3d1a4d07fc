#include "standard.h"

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>

#include "avx512_begin.h"

namespace signum {
namespace avx512 {

static constexpr Isa kIsa = Isa::avx512;

#include "vector_avx512.inl"
#include "../bits/pack_b1_avx512.inl"
#include "../bits/gemm_b1_avx512.inl"
#include "../bits/peak_b1_avx512.inl"
#include "float_kernels.inl"
#include "table.inl"

}  // namespace avx512
}  // namespace signum

#include "target_end.h"

#endif
