#pragma once
// What kernels may use of the standard library, included before any region of special instructions: a function of the
// library compiled inside one could be the copy that the linker keeps for the whole program.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "../core/bits.h"
#include "../core/kernel_table.h"

namespace signum {

/** The compiler may know nothing about memory after this, so that it cannot do what repeats itself only once. */
inline void forget_memory() {
#if defined(__GNUC__)
  __asm__ volatile("" ::: "memory");
#endif
}

}  // namespace signum
