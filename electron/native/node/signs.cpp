#include "../kernels/operations/signs.h"

#include <cstring>

#include "../kernels/core/bits.h"
#include "../kernels/core/scratch.h"
#include "arguments.h"
#include "bindings.h"

namespace signum::node {
namespace {

constexpr size_t kMostValues = size_t{1} << 31;

size_t halves_for(size_t count) { return 2 * words_for(count); }

void pack(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const size_t count = arguments.count(0, "count", 1, kMostValues);
  const float* values = arguments.floats(1, "values", count);
  uint32_t* halves = arguments.written_halves(2, "halves", halves_for(count));
  arguments.finish();
  // An array of 32-bit halves may start between two words.
  Scratch<uint64_t> words(words_for(count));
  pack_signs(values, count, words.data());
  std::memcpy(halves, words.data(), words_for(count) * sizeof(uint64_t));
}

Napi::Value count(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const size_t count = arguments.count(0, "count", 1, kMostValues);
  const uint32_t* signs = arguments.halves(1, "signs", halves_for(count));
  const uint32_t* before = arguments.halves(2, "before", halves_for(count));
  uint16_t* counts = arguments.changed_shorts(3, "counts", count);
  arguments.finish();
  return Napi::Number::New(info.Env(), static_cast<double>(count_flips(signs, before, count, counts)));
}

}  // namespace

void export_signs(Napi::Env env, Napi::Object exports) {
  export_function(env, exports, "packSigns", pack);
  export_function(env, exports, "countFlips", count);
}

}  // namespace signum::node
