#include "githooks/hooks.h"

#include <algorithm>
#include <set>

#include "base/text.h"
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

// What the remote certainly has: what was fetched from it or pushed to it, and the current values
// of the pushed refs there.
std::vector<git::ObjectId> known_on_remote(const git::Repository& repository, const HookCall& call,
                                           const std::vector<PushedRef>& refs) {
  std::vector<git::ObjectId> known;
  if (const auto remote = remote_name(call)) {
    for (const git::Ref& ref : git::list_refs(repository, "refs/remotes/" + *remote + "/")) {
      known.push_back(ref.target);
    }
  }
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
             "a snapshot is never pushed: it may hold files that nobody meant to publish");
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
  answer.add(severity, plural(of_session.size(), "commit") + " about to leave " +
                           (of_session.size() == 1 ? "changes" : "change") + " what is not of " +
                           name_of(session));
  for (std::size_t i = 0; i < of_session.size() && i < kMostNamed; ++i) {
    const git::Commit& commit = of_session[i]->commit;
    answer.add(Say::Detail, "  " + commit.oid.abbreviated() + " " +
                                strip_terminal_controls(ellipsize(commit.subject, 60)));
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
             "to push all the same: 'git push --no-verify', or GIT_SESSION_HOOKS=0 for this "
             "command");
}

}  // namespace

HookAnswer pre_push(const HookCall& call) {
  const std::vector<PushedRef> refs = parse_pushed_refs(call.input);
  std::vector<std::string> snapshots;
  std::vector<PushedRef> rest;
  for (const PushedRef& ref : refs) {
    if (auto reason = snapshot_by_name(ref)) {
      snapshots.push_back(*std::move(reason));
    } else {
      rest.push_back(ref);
    }
  }
  const bool only_deletions =
      std::all_of(rest.begin(), rest.end(), [](const PushedRef& ref) { return ref.is_deletion(); });
  if (only_deletions || call.work_tree.empty()) {
    return snapshots.empty() ? HookAnswer() : refuse_snapshots(call, snapshots, rest);
  }
  const git::Repository repository = git::Repository::open(call.work_tree);
  const std::vector<git::ObjectId> on_remote = known_on_remote(repository, call, refs);
  const auto by_object = snapshots_by_object(repository, rest, on_remote);
  for (auto found = by_object.rbegin(); found != by_object.rend(); ++found) {
    snapshots.push_back(found->second);
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(found->first));
  }
  if (!snapshots.empty()) return refuse_snapshots(call, snapshots, rest);

  HookAnswer answer;
  const RunningStates running = find_running(call);
  for (const std::string& problem : running.problems) answer.add(Say::Warning, problem);
  SessionReader sessions(repository, running);
  const std::vector<LeavingViolations> found =
      find_leaving_violations(repository, rest, on_remote, sessions);
  if (found.empty()) return answer;
  for (const std::string& problem : sessions.problems()) answer.add(Say::Warning, problem);
  judge_commits(found, answer);
  return answer;
}

}  // namespace gs::githooks
