#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "session/workspace.h"

namespace gs::workflow {

inline constexpr const char* kGitConfig = "git config";

struct InitAction {
  std::string file;    // relative to the top, or kGitConfig
  std::string action;  // created, completed, kept
  std::string detail;
};
struct InitRequest {
  std::optional<bool> tracked = {};  // --records; absent: as the repository is already
  bool local = false;                // in git's configuration of this clone alone
};
struct InitResult {
  std::vector<InitAction> actions;
  bool tracked = false;
  std::optional<session::Stack> stack;
};
// Sets the repository up: .git-session.toml with the stack's commands, or, where CLAUDE.md or
// AGENTS.md exists, a "## Session Config" section in it, or keys of git's configuration; in a
// tracked home .orchestrator/bootstrap.lock as well, and what a repository that is to have one
// needs in .gitattributes and .gitignore. Completes what is missing and never overwrites what is
// there; running it again changes nothing.
[[nodiscard]] InitResult init(const git::Repository& repository, const InitRequest& request,
                              const Clock& clock);
// Remembers that the user has seen the stack's commands.
void trust_stack(const git::Repository& repository, const session::Stack& stack);

}  // namespace gs::workflow
