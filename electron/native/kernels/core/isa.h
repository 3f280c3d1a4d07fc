#pragma once
// Which instruction set the kernels use, decided once per process.
//
// A feature counts only if the processor has it (CPUID) *and* the operating system saves its registers (XGETBV): a
// kernel that passes the first test alone computes garbage after the next context switch. NEON is the aarch64 baseline.

namespace signum {

enum class Isa { scalar, avx2, avx512, neon };

/** As `SIGNUM_ISA` spells it. */
const char* isa_name(Isa isa);

/** Whether this binary holds kernels for `isa` and this machine can run them. */
bool isa_available(Isa isa);

/**
 * The best available instruction set, or the one that the environment variable `SIGNUM_ISA` asks for. `problem` is set
 * to a sentence when the variable asks for something unknown or unavailable; the best one is returned all the same.
 */
Isa choose_isa(const char** problem);

}  // namespace signum
