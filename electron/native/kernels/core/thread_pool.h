#pragma once
// A few threads that wait for work between kernels.
//
// Work is cut into parts by its size and the thread count alone, never by who is free first, so that the same thread
// count gives the same numbers, bit for bit.

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace signum {

class ThreadPool {
 public:
  static ThreadPool& shared();
  ~ThreadPool();

  /** Threads that take part in an operation, the caller included; 1 to 64. */
  void set_thread_count(size_t count);
  size_t thread_count();

  /**
   * Calls `work(begin, end)` for consecutive parts of [0, count), one a thread, and returns when all are done.
   * Inside `work`, `parallel` runs on the calling thread alone. `work` must not throw.
   */
  void parallel(size_t count, const std::function<void(size_t begin, size_t end)>& work);

 private:
  ThreadPool();
  void start(size_t workers);
  void stop();
  void serve(size_t worker, size_t seen);
  void run_part(size_t part) const;

  std::mutex entry_;  // one operation at a time
  std::mutex state_;
  std::condition_variable wake_;
  std::condition_variable done_;
  std::vector<std::thread> workers_;
  const std::function<void(size_t, size_t)>* work_ = nullptr;
  size_t count_ = 0;
  size_t parts_ = 0;
  size_t round_ = 0;
  size_t busy_ = 0;
  bool stopping_ = false;
};

/** `ThreadPool::shared().parallel`, in blocks that are whole multiples of `grain` but for the last. */
void parallel_blocks(size_t count, size_t grain, const std::function<void(size_t begin, size_t end)>& work);

}  // namespace signum
