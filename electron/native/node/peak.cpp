#include "../kernels/operations/peak.h"

#include "arguments.h"
#include "bindings.h"

namespace signum::node {
namespace {

// Minutes at most.
constexpr size_t kMostRounds = size_t{1} << 30;

template <double (*Peak)(size_t)>
Napi::Value peak(const Napi::CallbackInfo& info) {
  const size_t rounds = Arguments(info).count(0, "rounds", 1, kMostRounds);
  return Napi::Number::New(info.Env(), Peak(rounds));
}

}  // namespace

void export_peak(Napi::Env env, Napi::Object exports) {
  export_function(env, exports, "peakOfSigns", peak<peak_of_signs>);
  export_function(env, exports, "peakOfFloats", peak<peak_of_floats>);
}

}  // namespace signum::node
