#include "kernel_table.h"

#include <atomic>

namespace signum {

namespace scalar {
extern const KernelTable table;
}
#if defined(__x86_64__) || defined(_M_X64)
namespace avx2 {
extern const KernelTable table;
}
namespace avx512 {
extern const KernelTable table;
}
#elif defined(__aarch64__)
namespace neon {
extern const KernelTable table;
}
#endif

namespace {

std::atomic<const KernelTable*>& current() {
  static std::atomic<const KernelTable*> table = [] {
    const char* problem;
    return &kernel_table(choose_isa(&problem));
  }();
  return table;
}

}  // namespace

const KernelTable& kernel_table(Isa isa) {
  switch (isa) {
#if defined(__x86_64__) || defined(_M_X64)
    case Isa::avx2:
      return avx2::table;
    case Isa::avx512:
      return avx512::table;
#elif defined(__aarch64__)
    case Isa::neon:
      return neon::table;
#endif
    default:
      return scalar::table;
  }
}

const KernelTable& kernels() { return *current().load(std::memory_order_relaxed); }

void use_isa(Isa isa) { current().store(&kernel_table(isa)); }

}  // namespace signum
