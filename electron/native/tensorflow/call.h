#pragma once
// One execution of an operation as TensorFlow's C API shows it: inputs, outputs, attributes. Nothing is copied; what
// does not fit throws `BadArgument`, which the caller hears as an invalid-argument error of TensorFlow.

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "c_api.h"

namespace signum::tensorflow {

class BadArgument : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

using Dimensions = std::vector<int64_t>;

/** An input, valid as long as this object. */
class Input {
 public:
  Input(TF_OpKernelContext* context, int index, const char* name);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  const float* floats() const;
  const int32_t* integers() const;
  const Dimensions& dimensions() const { return dimensions_; }
  size_t size() const { return size_; }
  /** Size of the last dimension. */
  size_t channels() const { return static_cast<size_t>(dimensions_.back()); }

  /** Throws unless the tensor has as many values as the shape asks for. */
  void expect_size(size_t size) const;
  void expect_rank(std::initializer_list<size_t> ranks) const;

 private:
  const char* name_;
  TF_Tensor* tensor_ = nullptr;
  Dimensions dimensions_;
  size_t size_ = 1;
};

class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context) {}

  Input input(int index, const char* name) { return Input(context_, index, name); }
  /** Allocates an output; TensorFlow owns it. */
  float* output(int index, const Dimensions& dimensions);
  int32_t* integer_output(int index, const Dimensions& dimensions);

 private:
  void* allocate(int index, const Dimensions& dimensions, TF_DataType type, size_t value_bytes);

  TF_OpKernelContext* context_;
};

/** The attributes that an operation was called with. */
class Attributes {
 public:
  explicit Attributes(TF_OpKernelConstruction* construction) : construction_(construction) {}
  int32_t integer(const char* name) const;
  float number(const char* name) const;
  bool flag(const char* name) const;

 private:
  TF_OpKernelConstruction* construction_;
};

}  // namespace signum::tensorflow
