#pragma once
// What this processor can do at most: inner loops that keep everything in registers and the L1 cache, on every thread
// of the pool at once. Layers are measured against it.

#include <cstddef>

namespace signum {

/** @returns multiply-adds of signs done: XOR, count, add. A round is 131,072 of them a thread. */
double peak_of_signs(size_t rounds);

/** @returns 32-bit multiply-adds done. A round is a few hundred of them a thread. */
double peak_of_floats(size_t rounds);

}  // namespace signum
