#include "close/phases/phases.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace gs::close {
namespace {

TEST_CASE("every phase has an id of its own, its words and something to do") {
  std::set<std::string_view> ids;
  for (const Phase& phase : phases()) {
    CAPTURE(std::string(phase.id));
    CHECK(ids.insert(phase.id).second);
    CHECK_FALSE(phase.title.empty());
    CHECK_FALSE(phase.does.empty());
    CHECK_FALSE(phase.skipped_when.empty());
    CHECK_FALSE(phase.blocks_when.empty());
    CHECK(bool(phase.look != nullptr));
    if (phase.commits_work) CHECK(bool(phase.write != nullptr));
  }
}

TEST_CASE("phases that look come before those that write, and the work before the records") {
  bool writes = false;
  bool after_work = false;
  for (const Phase& phase : phases()) {
    CAPTURE(std::string(phase.id));
    if (phase.write == nullptr) {
      CHECK_FALSE(writes);
      continue;
    }
    writes = true;
    if (phase.commits_work) {
      CHECK_FALSE(after_work);
    } else {
      after_work = true;
    }
  }
  // What an abort needs is deleted last.
  CHECK(phases().back().id == kSnapshots.id);
}

}  // namespace
}  // namespace gs::close
