#pragma once
// One function a file of operations; electron/native/kernels.ts states their types.

#include <napi.h>

namespace signum::node {

void export_convolutions(Napi::Env env, Napi::Object exports);
void export_normalisations(Napi::Env env, Napi::Object exports);
void export_pooling(Napi::Env env, Napi::Object exports);
void export_rectifiers(Napi::Env env, Napi::Object exports);
void export_elementwise(Napi::Env env, Napi::Object exports);
void export_signs(Napi::Env env, Napi::Object exports);
void export_peak(Napi::Env env, Napi::Object exports);

template <typename Function>
void export_function(Napi::Env env, Napi::Object exports, const char* name, Function function) {
  exports.Set(name, Napi::Function::New(env, function, name));
}

}  // namespace signum::node
