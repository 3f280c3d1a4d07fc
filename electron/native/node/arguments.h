#pragma once
// Arguments of a call from JavaScript, checked before any kernel sees them. Every error names the argument.

#include <napi.h>

#include <cstdint>
#include <string>
#include <vector>

#include "../kernels/operations/conv_shape.h"

namespace signum::node {

class Arguments {
 public:
  explicit Arguments(const Napi::CallbackInfo& info) : info_(info) {}

  /** Float32Array of exactly `count` values, read only. */
  const float* floats(size_t index, const char* name, size_t count);
  /** As `floats`, or null for null. */
  const float* optional_floats(size_t index, const char* name, size_t count);
  /** Float32Array that is written: it may share memory with no other argument. */
  float* written_floats(size_t index, const char* name, size_t count);
  /** Float32Array that is changed in place; same rule. */
  float* changed_floats(size_t index, const char* name, size_t count) { return written_floats(index, name, count); }
  const int32_t* integers(size_t index, const char* name, size_t count);
  const uint8_t* bytes(size_t index, const char* name, size_t count);
  uint8_t* written_bytes(size_t index, const char* name, size_t count);
  const uint32_t* halves(size_t index, const char* name, size_t count);
  uint32_t* written_halves(size_t index, const char* name, size_t count);
  /** Uint16Array that is changed in place. */
  uint16_t* changed_shorts(size_t index, const char* name, size_t count);

  double number(size_t index, const char* name) const;
  bool flag(size_t index, const char* name) const;
  /** A whole number from `least` to `most`. */
  size_t count(size_t index, const char* name, size_t least, size_t most) const;
  /** A field of an object argument; same rule. */
  size_t field(size_t index, const char* object, const char* name, size_t least, size_t most) const;
  /** The geometry of shared/bits/convolution.ts. Throws unless the kernel fits the padded image. */
  ConvShape convolution(size_t index, const char* name) const;

  /** Throws when memory that is written overlaps any other argument. Call it when all arrays are taken. */
  void finish() const;

  [[noreturn]] void refuse(const std::string& sentence) const;

 private:
  struct Span {
    const char* name;
    const unsigned char* begin;
    size_t bytes;
    bool written;
  };

  void* array(size_t index, const char* name, napi_typedarray_type type, const char* type_name, size_t count,
              bool written);

  const Napi::CallbackInfo& info_;
  std::vector<Span> spans_;
};

}  // namespace signum::node
