#pragma once
// Registers an operation with TensorFlow. An operation is a struct with its interface in TensorFlow's notation, a
// constructor from `Attributes` and `run(Call&)`.

#include <exception>

#include "call.h"

namespace signum::tensorflow {

struct Interface {
  const char* name;
  std::vector<const char*> attributes;
  std::vector<const char*> inputs;
  std::vector<const char*> outputs;
};

/** Adds the operation's definition. Throws `BadArgument` with TensorFlow's words. */
void register_definition(const Interface& interface);
void register_kernel(const char* name, TF_KernelBuilder* builder);
void fail(TF_OpKernelContext* context, const char* message);
void fail(TF_OpKernelConstruction* construction, const char* message);

template <typename Operation>
void register_operation() {
  const auto create = [](TF_OpKernelConstruction* construction) -> void* {
    try {
      return new Operation(Attributes(construction));
    } catch (const std::exception& error) {
      fail(construction, error.what());
      return nullptr;
    }
  };
  const auto compute = [](void* operation, TF_OpKernelContext* context) {
    try {
      Call call(context);
      static_cast<Operation*>(operation)->run(call);
    } catch (const std::exception& error) {
      fail(context, error.what());
    }
  };
  const auto destroy = [](void* operation) { delete static_cast<Operation*>(operation); };
  register_definition(Operation::interface());
  register_kernel(Operation::interface().name,
                  TF_NewKernelBuilder(Operation::interface().name, "CPU", create, compute, destroy));
}

void register_convolutions();
void register_normalisations();
void register_elementwise();
void register_rectifiers();
void register_signs();

}  // namespace signum::tensorflow
