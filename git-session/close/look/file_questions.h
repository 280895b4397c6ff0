#pragma once

#include "close/context.h"

namespace gs::close {

// What is committed of the files whose owner is not clear.
struct FileAnswers {
  StagingChoices choices;
  bool open = false;   // a question has no answer
  bool abort = false;  // end this close
};

// Decisions `unclaimed`, `mixed` and `contested`. Unclaimed files that a person chooses on the
// terminal are claimed by that, as `git session claim` does it, for the plan item that is asked
// for.
[[nodiscard]] FileAnswers ask_about_files(Context& context);
// Takes these claims back, when the close is.
void withdraw_claims(const git::Repository& repository, const Journal& journal,
                     const std::string& session);

}  // namespace gs::close
