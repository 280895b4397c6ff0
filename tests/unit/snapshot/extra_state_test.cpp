#include "snapshot/extra_state.h"

#include <doctest/doctest.h>

#include <string>

using namespace gs;
using namespace gs::snapshot;

TEST_CASE("a message without extra state stays one, and ends its last line") {
  CHECK(add_extra_state("subject", {}) == "subject\n");
  CHECK(add_extra_state("subject\n\nbody\n", {}) == "subject\n\nbody\n");
  CHECK(extra_state_in("subject\n\nbody\n") == ExtraState{});
}

TEST_CASE("the unborn branch and intent-to-add paths are read back byte for byte") {
  ExtraState state;
  state.unborn = "refs/heads/topic/x";
  for (const char* path : {"plain", "sp ace", "new\nline", "quo\"te", "back\\slash", "tab\there",
                           "\xff\xfe", "\x01\x7f", "\xc3\xbc", "\\123", "\"quoted\""}) {
    state.intent_to_add.emplace_back(std::string(path));
  }
  const std::string message = add_extra_state("subject\n\nbody", state);
  CHECK(
      message.starts_with("subject\n\nbody\n\nUnborn: refs/heads/topic/x\nIntent-to-add: plain\n"));
  CHECK(extra_state_in(message) == state);
}

TEST_CASE("a user's message cannot pass for extra state") {
  const std::string message =
      add_extra_state("subject\n\nUnborn: refs/heads/evil\nIntent-to-add: x", {});
  CHECK(extra_state_in(message) == ExtraState{});
  CHECK(message == "subject\n\n Unborn: refs/heads/evil\n Intent-to-add: x\n");
}
