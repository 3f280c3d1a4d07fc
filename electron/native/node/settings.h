#pragma once
// What both addons export: which instruction set, how many threads.

#include <napi.h>

namespace signum::node {

/** Adds `describe`, `setThreadCount` and `useInstructionSet`. */
void export_settings(Napi::Env env, Napi::Object exports);

}  // namespace signum::node
