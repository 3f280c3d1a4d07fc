#include "check.h"

namespace harness {

void seed_for(uint32_t seed, const std::string& name) {
  uint32_t hash = seed;
  for (const char c : name) hash = hash * 31 + static_cast<unsigned char>(c);
  generator.seed(hash);
}

Array<float> floats(size_t count, Content content) {
  Array<float> values(count);
  std::normal_distribution<float> normal;
  const float same = normal(generator);
  for (size_t i = 0; i < count; ++i) {
    const size_t kind = between(0, 19);
    if (content == Content::equal)
      values[i] = same;
    else if (content == Content::zeros)
      values[i] = kind % 2 == 0 ? 0.0f : -0.0f;
    else if (kind == 0)
      values[i] = between(0, 1) == 0 ? 0.0f : -0.0f;
    else if (kind == 1)
      values[i] = 1.0f;
    else
      values[i] = normal(generator);
  }
  return values;
}

}  // namespace harness
