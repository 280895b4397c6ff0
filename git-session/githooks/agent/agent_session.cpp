#include "githooks/agent/agent_session.h"

#include "base/error.h"
#include "config/load.h"
#include "git/checkout.h"
#include "git/command.h"
#include "git/config/values.h"
#include "session/closing.h"
#include "session/stack/stack.h"
#include "session/state_directory.h"

namespace gs::githooks {

std::optional<HookCall> find_work_tree(const std::string& directory) {
  auto checkout = git::find_checkout(directory);
  if (!checkout) return std::nullopt;
  HookCall call;
  call.work_tree = std::move(checkout->work_tree);
  call.git_dir = std::move(checkout->git_dir);
  return call;
}

std::vector<session::FoundState> active_sessions(
    const HookCall& call, const std::vector<std::string>& state_directories) {
  std::vector<std::string> problems;  // ignored here: other commands report them
  const auto branch = git::checked_out_branch(call.git_dir);
  std::vector<session::FoundState> active;
  for (session::FoundState& found : session::scan_states(
           call.checkout(), state_directories, session::closing_session(call.git_dir), problems)) {
    if (found.is_at_work() && session::is_branch_of_state(found.state.branch, branch)) {
      active.push_back(std::move(found));
    }
  }
  return active;
}

session::Enforcement configured_command_enforcement(const HookCall& call) {
  const git::Repository repository = git::Repository::open(call.work_tree);
  const config::SessionConfig config = config::load(
      repository, session::stack_layer(std::nullopt),
      session::running_platform() == session::Platform::Codex, git::configuration(repository));
  if (!config.enabled_in("enforcement-gates", session::kCommandGuard)) {
    return session::Enforcement::Off;
  }
  return session::enforcement_of(config);
}

void record_blocked_command(const HookCall& call, const session::FoundState& found,
                            const records::BlockedCommandEvent& event, Timestamp now) {
  try {
    const git::Repository repository = git::Repository::open(call.work_tree);
    const session::Home home(found.directory.inside().has_value(), repository.common_dir());
    const FilePlace file =
        records::events_file_of_hooks(repository, home, [&repository](const RepoPath& path) {
          return git::require_answer(
              "ls-files",
              repository.git().run({"ls-files", "--error-unmatch", "--", path.bytes()}));
        });
    const FileLock lock = git::lock_list(repository, records::kEventsLock);
    records::record_blocked_command(repository.files(), file, event, now);
  } catch (const Error&) {
    return;  // the decision matters, not its record
  }
}

}  // namespace gs::githooks
