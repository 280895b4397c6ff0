#include "githooks/hooks.h"

#include <algorithm>
#include <set>

#include "base/file/file.h"
#include "base/process/process.h"
#include "base/screen.h"
#include "base/text.h"
#include "git/checkout.h"
#include "git/command.h"
#include "git/objects/stored_objects.h"
#include "git/refs.h"
#include "githooks/judge/leaked_snapshots.h"
#include "githooks/judge/leaving_commits.h"

namespace gs::githooks {

namespace {

constexpr std::size_t kMostNamed = 10;

// Git passes the remote's name and URL, which are equal if the user gave a URL.
std::optional<std::string> remote_name(const HookCall& call) {
  const auto& arguments = call.arguments;
  if (arguments.empty() || (arguments.size() > 1 && arguments[0] == arguments[1])) {
    return std::nullopt;
  }
  return arguments[0];
}

bool are_deletions(const std::vector<PushedRef>& refs) {
  return std::all_of(refs.begin(), refs.end(),
                     [](const PushedRef& ref) { return ref.is_deletion(); });
}

// Git says where it is; a hook that was started by hand asks git.
std::string git_dir_of(const HookCall& call) {
  if (!call.git_dir.empty()) return call.git_dir;
  const std::string answer = git::GitCommand(".").output({"rev-parse", "--absolute-git-dir"});
  return answer.substr(0, answer.find('\n'));
}

// The work tree to which a git directory belongs.
std::optional<std::string> own_work_tree(const std::string& git_dir) {
  constexpr std::string_view kName = "/.git";
  const auto link = git::path_in_file(git_dir, "gitdir");  // of a linked worktree
  const std::string entry = link.value_or(git_dir);
  if (!entry.ends_with(kName) || !file_info(entry)) return std::nullopt;
  return entry.substr(0, entry.size() - kName.size());
}

// Where a session may be, the likeliest first. What the environment and `core.bare` say comes last:
// a session is not left by setting a variable.
std::vector<git::Checkout> checkouts_of(const HookCall& call) {
  const std::string git_dir = git_dir_of(call);
  std::vector<git::Checkout> checkouts;
  const auto add = [&](const std::string& directory) {
    if (directory.empty() || !file_info(directory)) return;
    std::string work_tree = real_path(directory);
    const auto is_this = [&](const git::Checkout& one) { return one.work_tree == work_tree; };
    if (std::any_of(checkouts.begin(), checkouts.end(), is_this)) return;
    checkouts.push_back({std::move(work_tree), git_dir});
  };
  if (const auto own = own_work_tree(git_dir)) add(*own);
  if (const auto around = git::find_checkout(real_path("."))) {
    const bool is_this = file_info(around->git_dir) && real_path(around->git_dir) == git_dir;
    if (is_this) add(around->work_tree);
  }
  if (environment_variable("GIT_WORK_TREE")) add(call.work_tree);
  if (!checkouts.empty()) return checkouts;
  // `--git-dir` alone: git takes the directory for the work tree, unless the repository is bare.
  const std::string bare = git::GitCommand(".").output({"rev-parse", "--is-bare-repository"});
  if (!bare.starts_with("true")) add(call.work_tree);
  return checkouts;
}

// What the remote should have: what was fetched from it or pushed to it, and the current values of
// the pushed refs there.
std::vector<git::ObjectId> known_on_remote(const git::Repository& repository, const HookCall& call,
                                           const std::vector<PushedRef>& refs) {
  std::vector<git::ObjectId> known;
  if (const auto remote = remote_name(call)) known = git::known_on_remote(repository, *remote);
  for (const PushedRef& ref : refs) {
    if (!ref.there_before.is_null()) known.push_back(ref.there_before);
  }
  return known;
}

// "git push origin refs/heads/main": the same push without the snapshots.
std::string push_instead(const HookCall& call, const std::vector<PushedRef>& rest) {
  std::string command = "git push ";
  command += call.arguments.empty() ? "REMOTE" : quote_shell(call.arguments[0]);
  if (rest.empty() || rest.size() > kMostNamed) {
    return command + " 'refs/heads/*:refs/heads/*' 'refs/tags/*:refs/tags/*'";
  }
  for (const PushedRef& ref : rest) command += " " + quote_shell(ref.refspec());
  return command;
}

HookAnswer refuse_snapshots(const HookCall& call, const std::vector<std::string>& reasons,
                            const std::vector<PushedRef>& rest) {
  HookAnswer answer;
  answer.refused = true;
  answer.add(Say::Error,
             "a snapshot is never pushed: it may hold files that were never meant to be published");
  for (std::size_t i = 0; i < reasons.size() && i < kMostNamed; ++i) {
    answer.add(Say::Detail, "  " + reasons[i]);
  }
  if (reasons.size() > kMostNamed) {
    answer.add(Say::Detail, "  and " + std::to_string(reasons.size() - kMostNamed) + " more");
  }
  answer.add(Say::Hint, "push the branches instead: " + push_instead(call, rest));
  return answer;
}

void say_session(const HookSession& session, const std::vector<LeavingViolations>& found,
                 Say severity, HookAnswer& answer) {
  std::vector<const LeavingViolations*> of_session;
  for (const LeavingViolations& one : found) {
    if (one.session == &session) of_session.push_back(&one);
  }
  answer.add(severity, plural(of_session.size(), "commit") + " to be pushed " +
                           (of_session.size() == 1 ? "changes" : "change") +
                           " files that do not belong to " + name_of(session));
  for (std::size_t i = 0; i < of_session.size() && i < kMostNamed; ++i) {
    const git::Commit& commit = of_session[i]->commit;
    answer.add(Say::Detail, "  " + commit.oid.abbreviated() + " " +
                                escape_hidden(ellipsize(commit.subject, 60)));
    say_violations(of_session[i]->violations, "    ", answer);
  }
  if (of_session.size() > kMostNamed) {
    answer.add(Say::Detail, "  and " + plural(of_session.size() - kMostNamed, "more commit"));
  }
}

void judge_commits(const std::vector<LeavingViolations>& found, HookAnswer& answer) {
  std::set<const HookSession*> said;
  for (const LeavingViolations& one : found) {
    if (!said.insert(one.session).second) continue;
    const session::Enforcement enforcement = enforcement_of(*one.session);
    if (enforcement == session::Enforcement::Off) continue;
    const bool strict = enforcement == session::Enforcement::Strict;
    say_session(*one.session, found, strict ? Say::Error : Say::Warning, answer);
    answer.refused = answer.refused || strict;
  }
  if (!answer.refused) return;
  answer.add(Say::Hint,
             "take the paths out of these commits, or allow them: 'git session scope set "
             "PATTERN...'");
  answer.add(Say::Hint,
             "to push anyway: 'git push --no-verify', or GIT_SESSION_HOOKS=0 for this "
             "command");
}

// By name first: that needs no repository. The snapshots leave `refs`.
std::vector<std::string> take_snapshots(const HookCall& call, std::vector<PushedRef>& refs) {
  std::vector<std::string> reasons;
  std::vector<PushedRef> rest;
  for (PushedRef& ref : refs) {
    if (auto reason = snapshot_by_name(ref)) {
      reasons.push_back(*std::move(reason));
    } else {
      rest.push_back(std::move(ref));
    }
  }
  if (!are_deletions(rest)) {
    const auto objects = git::StoredObjects::open(git_dir_of(call));
    const auto by_object = snapshots_by_object(objects, rest);
    for (auto found = by_object.rbegin(); found != by_object.rend(); ++found) {
      reasons.push_back(found->second);
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(found->first));
    }
  }
  refs = std::move(rest);
  return reasons;
}

HookAnswer judge_scope(const HookCall& call, const std::vector<PushedRef>& refs) {
  HookAnswer answer;
  for (const git::Checkout& checkout : checkouts_of(call)) {
    HookCall here = call;
    here.work_tree = checkout.work_tree;
    const RunningStates running = find_running(here);
    for (const std::string& problem : running.problems) answer.add(Say::Warning, problem);
    if (running.states.empty()) continue;
    const git::Repository repository = git::Repository::open(checkout);
    SessionReader sessions(repository, running);
    const std::vector<LeavingViolations> found = find_leaving_violations(
        repository, refs, known_on_remote(repository, call, refs), sessions);
    if (found.empty()) break;
    for (const std::string& problem : sessions.problems()) answer.add(Say::Warning, problem);
    judge_commits(found, answer);
    break;
  }
  return answer;
}

}  // namespace

HookAnswer pre_push(const HookCall& call) {
  std::vector<PushedRef> refs = parse_pushed_refs(call.input);
  const std::vector<std::string> snapshots = take_snapshots(call, refs);
  if (!snapshots.empty()) return refuse_snapshots(call, snapshots, refs);
  return are_deletions(refs) ? HookAnswer() : judge_scope(call, refs);
}

}  // namespace gs::githooks
