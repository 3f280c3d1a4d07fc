#include "call.h"

#include <initializer_list>
#include <memory>

namespace signum::tensorflow {
namespace {

struct StatusDeleter {
  void operator()(TF_Status* status) const { TF_DeleteStatus(status); }
};
using Status = std::unique_ptr<TF_Status, StatusDeleter>;

Status new_status() { return Status(TF_NewStatus()); }

void require(const Status& status) {
  if (TF_GetCode(status.get()) != TF_OK) throw BadArgument(TF_Message(status.get()));
}

}  // namespace

Input::Input(TF_OpKernelContext* context, int index, const char* name) : name_(name) {
  const Status status = new_status();
  TF_GetInput(context, index, &tensor_, status.get());
  require(status);
  for (int i = 0; i < TF_NumDims(tensor_); ++i) {
    dimensions_.push_back(TF_Dim(tensor_, i));
    size_ *= static_cast<size_t>(dimensions_.back());
  }
}

Input::~Input() { TF_DeleteTensor(tensor_); }

const float* Input::floats() const { return static_cast<const float*>(TF_TensorData(tensor_)); }

const int32_t* Input::integers() const { return static_cast<const int32_t*>(TF_TensorData(tensor_)); }

void Input::expect_size(size_t size) const {
  if (size_ == size) return;
  throw BadArgument(std::string(name_) + " has " + std::to_string(size_) + " values, but the shapes need " +
                    std::to_string(size) + ".");
}

void Input::expect_rank(std::initializer_list<size_t> ranks) const {
  for (const size_t rank : ranks)
    if (dimensions_.size() == rank && size_ > 0) return;
  throw BadArgument(std::string(name_) + " has " + std::to_string(dimensions_.size()) +
                    " dimensions or no values; the operation cannot use it.");
}

void* Call::allocate(int index, const Dimensions& dimensions, TF_DataType type, size_t value_bytes) {
  size_t count = 1;
  for (const int64_t size : dimensions) count *= static_cast<size_t>(size);
  const Status status = new_status();
  TF_Tensor* tensor = TF_AllocateOutput(context_, index, type, dimensions.data(), static_cast<int>(dimensions.size()),
                                        count * value_bytes, status.get());
  require(status);
  void* data = TF_TensorData(tensor);
  // The context holds the buffer; this was a second handle to it.
  TF_DeleteTensor(tensor);
  return data;
}

float* Call::output(int index, const Dimensions& dimensions) {
  return static_cast<float*>(allocate(index, dimensions, TF_FLOAT, sizeof(float)));
}

int32_t* Call::integer_output(int index, const Dimensions& dimensions) {
  return static_cast<int32_t*>(allocate(index, dimensions, TF_INT32, sizeof(int32_t)));
}

int32_t Attributes::integer(const char* name) const {
  const Status status = new_status();
  int32_t value = 0;
  TF_OpKernelConstruction_GetAttrInt32(construction_, name, &value, status.get());
  require(status);
  return value;
}

float Attributes::number(const char* name) const {
  const Status status = new_status();
  float value = 0;
  TF_OpKernelConstruction_GetAttrFloat(construction_, name, &value, status.get());
  require(status);
  return value;
}

bool Attributes::flag(const char* name) const {
  const Status status = new_status();
  unsigned char value = 0;
  TF_OpKernelConstruction_GetAttrBool(construction_, name, &value, status.get());
  require(status);
  return value != 0;
}

}  // namespace signum::tensorflow
