#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace gs {

void run_in_parallel(std::size_t count, std::size_t threads,
                     const std::function<void(std::size_t thread, std::size_t index)>& work) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_lock;
  const auto run = [&](std::size_t thread) {
    try {
      for (std::size_t index = next++; index < count; index = next++) work(thread, index);
    } catch (...) {
      next = count;
      const std::lock_guard lock(failure_lock);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  for (std::size_t thread = 1; thread < std::min(threads, count); ++thread) {
    try {
      others.emplace_back(run, thread);
    } catch (const std::system_error&) {
      break;  // no more threads available: this thread does the work
    }
  }
  run(0);
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

std::size_t threads_for(std::size_t count) {
  constexpr std::size_t kFew = 8;
  return count < kFew || std::thread::hardware_concurrency() < 2 ? 1 : 2;
}

}  // namespace gs
