#pragma once

#include <optional>
#include <string>

#include "base/process/process.h"
#include "close/context.h"
#include "git/push_destination.h"

namespace gs::close {

struct PushTarget : PushPlan {
  std::string source;  // what is pushed: the branch's full name, or a commit
};

// Whether there is such a remote; git's configuration may name a URL or a path instead.
[[nodiscard]] bool has_remote(const Context& context, const std::string& remote);
// Where `git push` would push the close's branch to; with `git push REMOTE`, where the key `remote`
// is set.
[[nodiscard]] git::PushDestination push_by_git(const Context& context);
// There, else (or if the branch is to go to `same_name`) to a branch of the same name on the push
// remote, as its upstream if it has none.
[[nodiscard]] PushPlan recommended_push(const Context& context, const git::PushDestination& by_git,
                                        bool same_name = false);
// The branch that a request is to merge into: the default one of key `remote`, or, without such a
// remote, of the one that is pushed to; "" if it is not known here.
[[nodiscard]] std::string request_base(const Context& context, const std::string& push_remote);
// For --pr: a branch beside the remote's default one, called as --branch says, else as the branch
// is, or after the session's title where that is the default branch.
[[nodiscard]] PushPlan request_push(const Context& context, const git::PushDestination& by_git);
// What an answer to decision `push-target` means; absent if that is not an answer here.
[[nodiscard]] std::optional<PushPlan> answered_push(const Context& context,
                                                    const git::PushDestination& by_git,
                                                    const std::string& answer);
// That of `--decide push-target=…`; throws if it names no remote.
[[nodiscard]] std::optional<PushPlan> given_push(const Context& context,
                                                 const git::PushDestination& by_git);

// The remote of the plan's target; before there is a plan, the one that it would be.
[[nodiscard]] std::string push_remote(const Context& context);
// The plan's target. A branch that is checked out meanwhile is not pushed; if the close's branch
// was renamed or deleted meanwhile, the close's last commit is.
[[nodiscard]] PushTarget push_target(const Context& context);
[[nodiscard]] PushTarget mirror_target(const Context& context);
// "origin/main", "branch main of https://…"
[[nodiscard]] std::string describe(const PushPlan& target);

// `git push --porcelain REMOTE SOURCE:REF`; git has the terminal, so that it can ask for
// credentials.
[[nodiscard]] ProcessResult run_push(Context& context, const PushTarget& target);
// What git said of a push that failed.
[[nodiscard]] std::string push_failure(const ProcessResult& pushed);
// What git said that the target got: "<old>..<new>", "[new branch]", "[up to date]"; "" if nothing.
[[nodiscard]] std::string pushed_range(const PushTarget& target, const ProcessResult& pushed);
// How many commits the target got by a push that went well. `lacking`: that it lacked, as far as
// was known before.
[[nodiscard]] std::size_t count_pushed(const Context& context, const PushTarget& target,
                                       const ProcessResult& pushed, std::size_t lacking);
// How many commits the target lacks, as far as this clone knows.
[[nodiscard]] std::size_t count_lacking(const Context& context, const PushTarget& target);

}  // namespace gs::close
