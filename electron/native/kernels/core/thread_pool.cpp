#include "thread_pool.h"

#include <algorithm>

namespace signum {

namespace {
thread_local bool inside_parallel = false;
constexpr size_t kMostThreads = 64;
}  // namespace

ThreadPool& ThreadPool::shared() {
  static ThreadPool pool;
  return pool;
}

ThreadPool::ThreadPool() {
  const size_t cores = std::thread::hardware_concurrency();
  start(std::clamp<size_t>(cores, 1, kMostThreads) - 1);
}

ThreadPool::~ThreadPool() { stop(); }

void ThreadPool::start(size_t workers) {
  stopping_ = false;
  for (size_t worker = 0; worker < workers; ++worker)
    workers_.emplace_back([this, worker, seen = round_] { serve(worker, seen); });
}

void ThreadPool::stop() {
  {
    std::lock_guard<std::mutex> lock(state_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
  workers_.clear();
}

void ThreadPool::set_thread_count(size_t count) {
  std::lock_guard<std::mutex> entry(entry_);
  const size_t workers = std::clamp<size_t>(count, 1, kMostThreads) - 1;
  if (workers == workers_.size()) return;
  stop();
  start(workers);
}

size_t ThreadPool::thread_count() {
  std::lock_guard<std::mutex> entry(entry_);
  return workers_.size() + 1;
}

void ThreadPool::run_part(size_t part) const {
  const size_t begin = count_ * part / parts_;
  const size_t end = count_ * (part + 1) / parts_;
  if (begin < end) (*work_)(begin, end);
}

void ThreadPool::serve(size_t worker, size_t seen) {
  inside_parallel = true;
  std::unique_lock<std::mutex> lock(state_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || round_ != seen; });
    if (stopping_) return;
    seen = round_;
    lock.unlock();
    if (worker + 1 < parts_) run_part(worker + 1);
    lock.lock();
    if (--busy_ == 0) done_.notify_one();
  }
}

void ThreadPool::parallel(size_t count, const std::function<void(size_t, size_t)>& work) {
  if (count == 0) return;
  if (inside_parallel || count == 1) {
    work(0, count);
    return;
  }
  std::unique_lock<std::mutex> entry(entry_);
  if (workers_.empty()) {
    // Alone, and perhaps called again from inside `work`.
    entry.unlock();
    work(0, count);
    return;
  }
  {
    std::lock_guard<std::mutex> lock(state_);
    work_ = &work;
    count_ = count;
    parts_ = std::min(count, workers_.size() + 1);
    busy_ = workers_.size();
    ++round_;
  }
  wake_.notify_all();
  inside_parallel = true;
  run_part(0);
  inside_parallel = false;
  std::unique_lock<std::mutex> lock(state_);
  done_.wait(lock, [&] { return busy_ == 0; });
}

void parallel_blocks(size_t count, size_t grain, const std::function<void(size_t, size_t)>& work) {
  const size_t blocks = (count + grain - 1) / grain;
  ThreadPool::shared().parallel(blocks,
                                [&](size_t begin, size_t end) { work(begin * grain, std::min(count, end * grain)); });
}

}  // namespace signum
