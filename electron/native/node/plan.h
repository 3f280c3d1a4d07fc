#pragma once
// A packed network for JavaScript: stages are added one by one, each checked against what the one before gives.

#include <napi.h>

#include "../kernels/plan/plan.h"

namespace signum::node {

class PackedPlan : public Napi::ObjectWrap<PackedPlan> {
 public:
  static void export_class(Napi::Env env, Napi::Object exports);
  /** (height, width, channels) of one image. */
  explicit PackedPlan(const Napi::CallbackInfo& info);

 private:
  void add_convolution(const Napi::CallbackInfo& info);
  void add_binary_convolution(const Napi::CallbackInfo& info);
  void add_comparison(const Napi::CallbackInfo& info);
  void add_bit_pooling(const Napi::CallbackInfo& info);
  void add_pooling(const Napi::CallbackInfo& info);
  void add_global_mean(const Napi::CallbackInfo& info);
  void add_affine(const Napi::CallbackInfo& info);
  void add_rectifier(const Napi::CallbackInfo& info);
  void add_flatten(const Napi::CallbackInfo& info);
  void add_activation(const Napi::CallbackInfo& info);
  void add_border(const Napi::CallbackInfo& info);
  void add_bit_border(const Napi::CallbackInfo& info);
  void add_unpacking(const Napi::CallbackInfo& info);
  void keep(const Napi::CallbackInfo& info);
  void swap(const Napi::CallbackInfo& info);
  void add_sum(const Napi::CallbackInfo& info);
  void add_concatenation(const Napi::CallbackInfo& info);
  void run(const Napi::CallbackInfo& info);
  void profile(const Napi::CallbackInfo& info);
  Napi::Value stage_count(const Napi::CallbackInfo& info);
  void run_to(const Napi::CallbackInfo& info);

  std::unique_ptr<Plan> plan_;
};

}  // namespace signum::node
