// The kernels for JavaScript: plain typed arrays in, plain typed arrays out, checked in arguments.cpp.
// No external array buffers, which Electron's memory cage refuses; so one binary serves every Node and Electron.

#include <napi.h>

#include "bindings.h"
#include "plan.h"
#include "settings.h"

namespace {

Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  signum::node::export_settings(env, exports);
  signum::node::export_convolutions(env, exports);
  signum::node::export_normalisations(env, exports);
  signum::node::export_pooling(env, exports);
  signum::node::export_rectifiers(env, exports);
  signum::node::export_elementwise(env, exports);
  signum::node::export_signs(env, exports);
  signum::node::export_peak(env, exports);
  signum::node::PackedPlan::export_class(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(signum_kernels, initialise)
