#include <atomic>

#include "../../../electron/native/kernels/core/thread_pool.h"
#include "check.h"
#include "tests.h"

namespace harness {

void test_threads(const std::string& where) {
  using signum::ThreadPool;
  for (size_t count : {1, 2, 3, 7, 100}) {
    std::vector<std::atomic<int>> visits(count);
    ThreadPool::shared().parallel(count, [&](size_t begin, size_t end) {
      for (size_t i = begin; i < end; ++i) ++visits[i];
    });
    bool once = true;
    for (const auto& visit : visits) once = once && visit == 1;
    report(once, "every item once on " + where);
  }
  std::atomic<size_t> inner{0};
  ThreadPool::shared().parallel(5, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i)
      ThreadPool::shared().parallel(3, [&](size_t first, size_t last) { inner += last - first; });
  });
  report(inner == 15, "parallel work inside parallel work on " + where);
}

}  // namespace harness
