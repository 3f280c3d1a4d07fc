#pragma once
// Memory that an operation needs while it runs. Each thread keeps its blocks, so that a training step allocates nothing
// after the first one; a fresh megabyte from the system costs more in page faults than many kernels take.

#include <cstddef>
#include <memory>
#include <type_traits>
#include <vector>

namespace signum {

/** Grows, never shrinks; what `Scratch` hands out goes back in reverse order. */
class ScratchArena {
 public:
  static ScratchArena& local();

  void* take(size_t bytes);
  void give_back() { --used_; }

 private:
  struct Block {
    std::unique_ptr<unsigned char[]> memory;
    size_t bytes = 0;
  };
  std::vector<Block> blocks_;
  size_t used_ = 0;
};

/** An uninitialised array of `T` at an address divisible by 64, for as long as this object lives. */
template <typename T>
class Scratch {
  static_assert(std::is_trivially_destructible<T>::value, "scratch memory is never destroyed");

 public:
  explicit Scratch(size_t count)
      : arena_(ScratchArena::local()), data_(static_cast<T*>(arena_.take(count * sizeof(T)))) {}
  ~Scratch() { arena_.give_back(); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  T* data() { return data_; }
  T& operator[](size_t index) { return data_[index]; }

 private:
  ScratchArena& arena_;
  T* data_;
};

}  // namespace signum
