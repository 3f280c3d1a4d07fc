#include "settings.h"

#include <cmath>

#include "../kernels/core/kernel_table.h"
#include "../kernels/core/thread_pool.h"

namespace signum::node {
namespace {

constexpr Isa kAll[] = {Isa::scalar, Isa::avx2, Isa::avx512, Isa::neon};
constexpr double kMostThreads = 64;

Napi::Value describe(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const char* problem;
  choose_isa(&problem);
  Napi::Array available = Napi::Array::New(env);
  for (Isa isa : kAll)
    if (isa_available(isa)) available.Set(available.Length(), isa_name(isa));
  Napi::Object description = Napi::Object::New(env);
  description.Set("instructionSet", isa_name(kernels().isa));
  description.Set("available", available);
  description.Set("threads", static_cast<double>(ThreadPool::shared().thread_count()));
  description.Set("problem", problem == nullptr ? env.Null() : Napi::String::New(env, problem).As<Napi::Value>());
  return description;
}

void set_thread_count(const Napi::CallbackInfo& info) {
  const double count = info[0].IsNumber() ? info[0].As<Napi::Number>().DoubleValue() : 0;
  if (!(count >= 1 && count <= kMostThreads && count == std::floor(count)))
    throw Napi::RangeError::New(info.Env(), "threads must be a whole number from 1 to 64.");
  ThreadPool::shared().set_thread_count(static_cast<size_t>(count));
}

void use_instruction_set(const Napi::CallbackInfo& info) {
  const std::string wanted = info[0].IsString() ? info[0].As<Napi::String>().Utf8Value() : "";
  for (Isa isa : kAll)
    if (wanted == isa_name(isa) && isa_available(isa)) return use_isa(isa);
  throw Napi::RangeError::New(info.Env(), "instructionSet is \"" + wanted + "\", which this machine does not have.");
}

}  // namespace

void export_settings(Napi::Env env, Napi::Object exports) {
  exports.Set("describe", Napi::Function::New(env, describe, "describe"));
  exports.Set("setThreadCount", Napi::Function::New(env, set_thread_count, "setThreadCount"));
  exports.Set("useInstructionSet", Napi::Function::New(env, use_instruction_set, "useInstructionSet"));
}

}  // namespace signum::node
