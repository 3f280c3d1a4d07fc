#pragma once
// A few dozen lines of test support: named checks, exact and close comparisons, seeded data at awkward addresses.

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace harness {

inline size_t passed = 0, failed = 0;
inline std::mt19937 generator;

/** Seeds the generator from the run's seed and the test's name, so that each test replays alone. */
void seed_for(uint32_t seed, const std::string& name);

inline void report(bool ok, const std::string& what) {
  ++(ok ? passed : failed);
  if (!ok) std::printf("FAILED %s\n", what.c_str());
}

/** Exactly `count` values that start one element past an aligned address: a read beyond them is caught. */
template <typename T>
class Array {
 public:
  explicit Array(size_t count, T value = T()) : memory_(count + 1, value) {}
  T* data() { return memory_.data() + 1; }
  const T* data() const { return memory_.data() + 1; }
  size_t size() const { return memory_.size() - 1; }
  T& operator[](size_t i) { return data()[i]; }
  const T& operator[](size_t i) const { return data()[i]; }

 private:
  std::vector<T> memory_;
};

enum class Content { noise, equal, zeros };

/** Noise with 0, -0.0 and ties among it; or one value throughout; or both zeros. */
Array<float> floats(size_t count, Content content = Content::noise);

inline size_t between(size_t low, size_t high) { return std::uniform_int_distribution<size_t>(low, high)(generator); }

template <typename Got, typename Wanted>
void expect_equal(const std::string& what, const Got& got, const Wanted& wanted) {
  for (size_t i = 0; i < wanted.size(); ++i)
    if (!(double(got[i]) == double(wanted[i]))) {
      report(false, what + ": element " + std::to_string(i) + " is " + std::to_string(double(got[i])) + ", not " +
                        std::to_string(double(wanted[i])));
      return;
    }
  report(true, what);
}

/**
 * Within `tolerance` of `scale` or of the largest value wanted: sums of many terms round by the size of the terms, not
 * by the result's.
 */
template <typename Got, typename Wanted>
void expect_close(const std::string& what, const Got& got, const Wanted& wanted, double tolerance, double scale = 0) {
  for (size_t i = 0; i < wanted.size(); ++i) scale = std::fmax(scale, std::fabs(double(wanted[i])));
  for (size_t i = 0; i < wanted.size(); ++i)
    if (!(std::fabs(double(got[i]) - double(wanted[i])) <= tolerance * scale + 1e-30)) {
      report(false, what + ": element " + std::to_string(i) + " is " + std::to_string(double(got[i])) + ", not " +
                        std::to_string(double(wanted[i])));
      return;
    }
  report(true, what);
}

}  // namespace harness
