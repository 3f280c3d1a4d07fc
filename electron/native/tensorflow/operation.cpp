#include "operation.h"

namespace signum::tensorflow {
namespace {

/** Eager execution learns the shapes from the outputs themselves. */
void leave_shapes_open(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

void require(TF_Status* status) {
  const bool ok = TF_GetCode(status) == TF_OK;
  const std::string message = TF_Message(status);
  TF_DeleteStatus(status);
  if (!ok) throw BadArgument(message);
}

}  // namespace

void register_definition(const Interface& interface) {
  TF_OpDefinitionBuilder* builder = TF_NewOpDefinitionBuilder(interface.name);
  for (const char* attribute : interface.attributes) TF_OpDefinitionBuilderAddAttr(builder, attribute);
  for (const char* input : interface.inputs) TF_OpDefinitionBuilderAddInput(builder, input);
  for (const char* output : interface.outputs) TF_OpDefinitionBuilderAddOutput(builder, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(builder, leave_shapes_open);
  TF_Status* status = TF_NewStatus();
  TF_RegisterOpDefinition(builder, status);
  require(status);
}

void register_kernel(const char* name, TF_KernelBuilder* builder) {
  TF_Status* status = TF_NewStatus();
  TF_RegisterKernelBuilder(name, builder, status);
  require(status);
}

void fail(TF_OpKernelContext* context, const char* message) {
  TF_Status* status = TF_NewStatus();
  TF_SetStatus(status, TF_INVALID_ARGUMENT, message);
  TF_OpKernelContext_Failure(context, status);
  TF_DeleteStatus(status);
}

void fail(TF_OpKernelConstruction* construction, const char* message) {
  TF_Status* status = TF_NewStatus();
  TF_SetStatus(status, TF_INVALID_ARGUMENT, message);
  TF_OpKernelConstruction_Failure(construction, status);
  TF_DeleteStatus(status);
}

}  // namespace signum::tensorflow
