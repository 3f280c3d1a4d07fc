// Every kernel on every instruction set of this machine, with one thread and with three, against the reference.
// Usage: harness [seed] [rounds]. Ends with the line "N passed, N failed".

#include <cstdlib>

#include "../../../electron/native/kernels/core/kernel_table.h"
#include "../../../electron/native/kernels/core/thread_pool.h"
#include "check.h"
#include "tests.h"

int main(int argc, char** argv) {
  using namespace signum;
  const uint32_t seed = argc > 1 ? static_cast<uint32_t>(std::strtoul(argv[1], nullptr, 10)) : 1;
  const size_t rounds = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1;
  for (Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512, Isa::neon}) {
    if (!isa_available(isa)) continue;
    use_isa(isa);
    std::printf("isa %s\n", isa_name(isa));
    for (size_t threads : {1, 3})
      for (size_t round = 0; round < rounds; ++round) {
        ThreadPool::shared().set_thread_count(threads);
        const std::string where = std::string(isa_name(isa)) + ", " + std::to_string(threads) + " threads";
        // The same data for every instruction set and thread count.
        const uint32_t round_seed = seed + static_cast<uint32_t>(round);
        harness::test_threads(where);
        harness::seed_for(round_seed, "bits");
        harness::test_bits(where);
        harness::seed_for(round_seed, "binary layers");
        harness::test_binary_layers(where);
        harness::seed_for(round_seed, "float layers");
        harness::test_float_layers(where);
        harness::seed_for(round_seed, "normalisation");
        harness::test_normalisation(where);
        harness::seed_for(round_seed, "pooling");
        harness::test_pooling(where);
        harness::seed_for(round_seed, "rectifier");
        harness::test_rectifier(where);
        harness::seed_for(round_seed, "elementwise");
        harness::test_elementwise(where);
        harness::test_packed_signs(where);
        harness::seed_for(round_seed, "plan");
        harness::test_plan(where);
        harness::seed_for(round_seed, "peak");
        harness::test_peak(where);
      }
  }
  std::printf("%zu passed, %zu failed\n", harness::passed, harness::failed);
  return harness::failed == 0 ? 0 : 1;
}
