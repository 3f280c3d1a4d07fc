// Functions from here to target_end.h may use AVX2; the rest of the file stays at the baseline of the architecture, so
// that one binary runs anywhere. No include guard: every file that needs it opens its own region.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx,avx2,fma,bmi,bmi2,popcnt"))), apply_to = function)
#elif defined(__GNUC__)
#pragma GCC push_options
#pragma GCC target("avx,avx2,fma,bmi,bmi2,popcnt")
#endif
