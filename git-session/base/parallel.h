#pragma once

#include <cstddef>
#include <functional>

namespace gs {

// Calls work(thread, index) for each index below `count` on up to `threads` threads including ours;
// `thread` counts from 0. An exception stops the rest, and is rethrown when all have ended.
void run_in_parallel(std::size_t count, std::size_t threads,
                     const std::function<void(std::size_t thread, std::size_t index)>& work);

// How many threads pay off for `count` pieces of work of about ten microseconds each: at most two.
[[nodiscard]] std::size_t threads_for(std::size_t count);

}  // namespace gs
