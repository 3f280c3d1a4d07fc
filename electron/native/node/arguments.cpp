#include "arguments.h"

#include <cmath>

namespace signum::node {
namespace {

// Keeps every product of sizes below 2^53.
constexpr size_t kLargestSize = 1 << 20;
constexpr size_t kMostValues = size_t{1} << 31;

std::string text(size_t value) { return std::to_string(value); }

}  // namespace

void Arguments::refuse(const std::string& sentence) const { throw Napi::RangeError::New(info_.Env(), sentence); }

void* Arguments::array(size_t index, const char* name, napi_typedarray_type type, const char* type_name, size_t count,
                       bool written) {
  const Napi::Value value = info_[index];
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != type)
    throw Napi::TypeError::New(info_.Env(), std::string(name) + " must be a " + type_name + ".");
  const Napi::TypedArray array = value.As<Napi::TypedArray>();
  bool detached = false;
  napi_is_detached_arraybuffer(info_.Env(), array.ArrayBuffer(), &detached);
  if (detached) refuse(std::string(name) + " lies in a buffer that has been detached.");
  if (array.ElementLength() != count)
    refuse(std::string(name) + " has " + text(array.ElementLength()) + " values, but the shapes need " + text(count) +
           ".");
  auto* begin = static_cast<unsigned char*>(array.ArrayBuffer().Data()) + array.ByteOffset();
  spans_.push_back({name, begin, array.ByteLength(), written});
  return begin;
}

const float* Arguments::floats(size_t index, const char* name, size_t count) {
  return static_cast<const float*>(array(index, name, napi_float32_array, "Float32Array", count, false));
}

const float* Arguments::optional_floats(size_t index, const char* name, size_t count) {
  return info_[index].IsNull() ? nullptr : floats(index, name, count);
}

float* Arguments::written_floats(size_t index, const char* name, size_t count) {
  return static_cast<float*>(array(index, name, napi_float32_array, "Float32Array", count, true));
}

const int32_t* Arguments::integers(size_t index, const char* name, size_t count) {
  return static_cast<const int32_t*>(array(index, name, napi_int32_array, "Int32Array", count, false));
}

const uint8_t* Arguments::bytes(size_t index, const char* name, size_t count) {
  return static_cast<const uint8_t*>(array(index, name, napi_uint8_array, "Uint8Array", count, false));
}

uint8_t* Arguments::written_bytes(size_t index, const char* name, size_t count) {
  return static_cast<uint8_t*>(array(index, name, napi_uint8_array, "Uint8Array", count, true));
}

const uint32_t* Arguments::halves(size_t index, const char* name, size_t count) {
  return static_cast<const uint32_t*>(array(index, name, napi_uint32_array, "Uint32Array", count, false));
}

uint32_t* Arguments::written_halves(size_t index, const char* name, size_t count) {
  return static_cast<uint32_t*>(array(index, name, napi_uint32_array, "Uint32Array", count, true));
}

uint16_t* Arguments::changed_shorts(size_t index, const char* name, size_t count) {
  return static_cast<uint16_t*>(array(index, name, napi_uint16_array, "Uint16Array", count, true));
}

double Arguments::number(size_t index, const char* name) const {
  if (!info_[index].IsNumber()) throw Napi::TypeError::New(info_.Env(), std::string(name) + " must be a number.");
  const double value = info_[index].As<Napi::Number>().DoubleValue();
  if (std::isnan(value)) refuse(std::string(name) + " is NaN.");
  return value;
}

bool Arguments::flag(size_t index, const char* name) const {
  if (!info_[index].IsBoolean()) throw Napi::TypeError::New(info_.Env(), std::string(name) + " must be true or false.");
  return info_[index].As<Napi::Boolean>().Value();
}

namespace {

size_t whole(const Arguments& arguments, const Napi::Value& value, const std::string& name, size_t least, size_t most) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : NAN;
  if (!(number >= static_cast<double>(least) && number <= static_cast<double>(most) && number == std::floor(number)))
    arguments.refuse(name + " must be a whole number from " + text(least) + " to " + text(most) + ".");
  return static_cast<size_t>(number);
}

}  // namespace

size_t Arguments::count(size_t index, const char* name, size_t least, size_t most) const {
  return whole(*this, info_[index], name, least, most);
}

size_t Arguments::field(size_t index, const char* object, const char* name, size_t least, size_t most) const {
  if (!info_[index].IsObject()) throw Napi::TypeError::New(info_.Env(), std::string(object) + " must be an object.");
  return whole(*this, info_[index].As<Napi::Object>().Get(name), std::string(object) + "." + name, least, most);
}

ConvShape Arguments::convolution(size_t index, const char* name) const {
  const auto size = [&](const char* key, size_t least) { return field(index, name, key, least, kLargestSize); };
  const bool grouped = info_[index].IsObject() && info_[index].As<Napi::Object>().Has("groups");
  const size_t groups = grouped ? size("groups", 1) : 1;
  const ConvShape shape = {
      size("batch", 1),        size("height", 1),      size("width", 1),  size("inChannels", 1), size("outChannels", 1),
      size("kernelHeight", 1), size("kernelWidth", 1), size("stride", 1), size("dilation", 1),   size("padding", 0), groups};
  if (shape.padded_height() < shape.dilation * (shape.kernel_height - 1) + 1 ||
      shape.padded_width() < shape.dilation * (shape.kernel_width - 1) + 1)
    refuse(std::string(name) + " has a kernel larger than the padded image.");
  if (shape.in_channels % groups != 0 || shape.out_channels % groups != 0)
    refuse(std::string(name) + ".groups must divide inChannels and outChannels.");
  const double most = static_cast<double>(kMostValues);
  const double filter = double(shape.taps()) * double(shape.in_channels / groups);
  const double padded = double(shape.batch) * double(shape.padded_height()) * double(shape.padded_width());
  const double positions = double(shape.batch) * double(shape.out_height()) * double(shape.out_width());
  // Sums of signs are exact in a float up to 2^24.
  if (filter >= double(1 << 24) || filter * double(shape.out_channels) > most ||
      padded * double(shape.in_channels) > most || positions * double(shape.out_channels) > most)
    refuse(std::string(name) + " describes more values than the kernels can address.");
  return shape;
}

void Arguments::finish() const {
  for (const Span& written : spans_) {
    if (!written.written) continue;
    for (const Span& other : spans_) {
      const bool apart = other.begin + other.bytes <= written.begin || written.begin + written.bytes <= other.begin;
      if (&other == &written || apart) continue;
      refuse(std::string(written.name) + " shares memory with " + other.name + ".");
    }
  }
}

}  // namespace signum::node
