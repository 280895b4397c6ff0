#include "base/parallel.h"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

TEST_CASE("each piece of work is done once, whatever the number of threads") {
  for (const std::size_t threads : {1U, 2U, 5U}) {
    for (const std::size_t count : {0U, 1U, 3U, 100U}) {
      std::vector<std::atomic<int>> done(count);
      std::atomic<std::size_t> highest{0};
      gs::run_in_parallel(count, threads, [&](std::size_t thread, std::size_t index) {
        ++done[index];
        if (thread > highest) highest = thread;
      });
      for (const auto& times : done) CHECK(times == 1);
      CHECK(highest < threads);
    }
  }
}

TEST_CASE("an exception of any thread is thrown when all have ended, and stops the rest") {
  for (const std::size_t threads : {1U, 2U}) {
    std::atomic<int> done{0};
    CHECK_THROWS_AS(gs::run_in_parallel(1'000'000, threads,
                                        [&](std::size_t, std::size_t index) {
                                          ++done;
                                          if (index == 3) throw std::runtime_error("no");
                                        }),
                    std::runtime_error);
    CHECK(done < 1'000'000);
  }
}

TEST_CASE("little work is not worth a thread") {
  CHECK(gs::threads_for(0) == 1);
  CHECK(gs::threads_for(7) == 1);
  CHECK(gs::threads_for(1000) <= 2);
}
