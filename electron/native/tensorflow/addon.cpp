// The addon that puts our operations into the TensorFlow that tfjs-node has loaded. Both are linked to the same
// libraries, so there is one TensorFlow in the process and one registry of operations.

#include <napi.h>

#include "../node/settings.h"
#include "operation.h"

namespace {

/** Once a process; a second call, such as from a worker thread, finds them registered. */
void register_operations(const Napi::CallbackInfo& info) {
  static bool registered = false;
  if (registered) return;
  try {
    signum::tensorflow::register_convolutions();
    signum::tensorflow::register_normalisations();
    signum::tensorflow::register_elementwise();
    signum::tensorflow::register_rectifiers();
    signum::tensorflow::register_signs();
    registered = true;
  } catch (const std::exception& error) {
    throw Napi::Error::New(info.Env(), std::string("TensorFlow refuses our operations: ") + error.what());
  }
}

Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  exports.Set("registerOperations", Napi::Function::New(env, register_operations, "registerOperations"));
  signum::node::export_settings(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(signum_tensorflow, initialise)
