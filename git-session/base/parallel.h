#pragma once

#include <cstddef>
#include <functional>

namespace gs {

// Calls work(thread, index) for each index below `count`, on up to `threads` threads, ours among
// them; `thread` counts from 0. An exception stops the rest, and is thrown again when all have
// ended.
void run_in_parallel(std::size_t count, std::size_t threads,
                     const std::function<void(std::size_t thread, std::size_t index)>& work);

// How many threads are worth their start for `count` pieces of work that take some ten microseconds
// each: never more than two.
[[nodiscard]] std::size_t threads_for(std::size_t count);

}  // namespace gs
