#include "scratch.h"

#include <cstdint>

namespace signum {

namespace {
constexpr size_t kAlignment = 64;
// Vector loads may read a little past the end of what they use.
constexpr size_t kSlack = 128;
}  // namespace

ScratchArena& ScratchArena::local() {
  thread_local ScratchArena arena;
  return arena;
}

void* ScratchArena::take(size_t bytes) {
  if (used_ == blocks_.size()) blocks_.emplace_back();
  Block& block = blocks_[used_];
  const size_t wanted = bytes + kAlignment + kSlack;
  if (block.bytes < wanted) {
    block.memory.reset();
    block.memory.reset(new unsigned char[wanted]);
    block.bytes = wanted;
  }
  ++used_;
  const auto address = reinterpret_cast<uintptr_t>(block.memory.get());
  return reinterpret_cast<void*>((address + kAlignment - 1) / kAlignment * kAlignment);
}

}  // namespace signum
