#include "isa.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>

#if defined(__x86_64__) || defined(_M_X64)
#define SIGNUM_X86 1
#if defined(_MSC_VER)
#include <intrin.h>
#else
#include <cpuid.h>
#endif
#endif

namespace signum {
namespace {

#if defined(SIGNUM_X86)

struct Registers {
  uint32_t eax, ebx, ecx, edx;
};

Registers cpuid(uint32_t leaf) {
  Registers r{};
#if defined(_MSC_VER)
  int values[4];
  __cpuidex(values, static_cast<int>(leaf), 0);
  r = {uint32_t(values[0]), uint32_t(values[1]), uint32_t(values[2]), uint32_t(values[3])};
#else
  __get_cpuid_count(leaf, 0, &r.eax, &r.ebx, &r.ecx, &r.edx);
#endif
  return r;
}

/** Register sets that the operating system saves: XCR0. Only callable where CPUID reports OSXSAVE. */
uint64_t saved_registers() {
#if defined(_MSC_VER)
  return _xgetbv(0);
#else
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t(high) << 32) | low;
#endif
}

constexpr bool bit(uint32_t value, int index) { return (value >> index) & 1; }

bool registers_saved(uint64_t mask) {
  const bool osxsave = bit(cpuid(1).ecx, 27);
  return osxsave && (saved_registers() & mask) == mask;
}

bool has_avx2() {
  const Registers one = cpuid(1);
  const bool fma = bit(one.ecx, 12), popcnt = bit(one.ecx, 23), avx = bit(one.ecx, 28);
  const Registers seven = cpuid(7);
  const bool avx2 = bit(seven.ebx, 5), bmi1 = bit(seven.ebx, 3), bmi2 = bit(seven.ebx, 8);
  constexpr uint64_t xmm_ymm = 0x6;
  return fma && popcnt && avx && avx2 && bmi1 && bmi2 && registers_saved(xmm_ymm);
}

bool has_avx512() {
  const Registers seven = cpuid(7);
  const bool f = bit(seven.ebx, 16), dq = bit(seven.ebx, 17), bw = bit(seven.ebx, 30), vl = bit(seven.ebx, 31);
  const bool vpopcntdq = bit(seven.ecx, 14);
  constexpr uint64_t xmm_ymm_zmm_masks = 0xE6;
  return has_avx2() && f && dq && bw && vl && vpopcntdq && registers_saved(xmm_ymm_zmm_masks);
}

#endif

constexpr Isa kBestFirst[] = {Isa::avx512, Isa::avx2, Isa::neon, Isa::scalar};

}  // namespace

const char* isa_name(Isa isa) {
  switch (isa) {
    case Isa::avx2:
      return "avx2";
    case Isa::avx512:
      return "avx512";
    case Isa::neon:
      return "neon";
    case Isa::scalar:
      break;
  }
  return "scalar";
}

bool isa_available(Isa isa) {
  switch (isa) {
#if defined(SIGNUM_X86)
    case Isa::avx2: {
      static const bool available = has_avx2();
      return available;
    }
    case Isa::avx512: {
      static const bool available = has_avx512();
      return available;
    }
#elif defined(__aarch64__)
    case Isa::neon:
      return true;
#endif
    case Isa::scalar:
      return true;
    default:
      return false;
  }
}

Isa choose_isa(const char** problem) {
  *problem = nullptr;
  Isa best = Isa::scalar;
  for (Isa isa : kBestFirst)
    if (isa_available(isa)) {
      best = isa;
      break;
    }
  const char* wanted = std::getenv("SIGNUM_ISA");
  if (wanted == nullptr || *wanted == '\0') return best;
  for (Isa isa : kBestFirst)
    if (std::strcmp(wanted, isa_name(isa)) == 0) {
      if (isa_available(isa)) return isa;
      *problem = "SIGNUM_ISA names an instruction set that this machine does not have.";
      return best;
    }
  *problem = "SIGNUM_ISA is none of scalar, avx2, avx512, neon.";
  return best;
}

}  // namespace signum
