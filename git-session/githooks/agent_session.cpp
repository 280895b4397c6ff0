#include "githooks/agent_session.h"

#include "base/error.h"
#include "base/file.h"
#include "base/follow_path.h"
#include "base/text.h"
#include "config/load.h"
#include "formats/json.h"
#include "git/config_values.h"
#include "git/program.h"
#include "session/closing.h"
#include "session/stack.h"
#include "session/state_directory.h"

namespace gs::githooks {

namespace {

constexpr const char* kEvents = ".orchestrator/metrics/events.jsonl";

// Where a ".git" leads: itself, or what the file of a linked worktree or a submodule names.
std::string git_dir_at(const std::string& work_tree) {
  const std::string entry = join_path(work_tree, ".git");
  const auto info = file_info(entry);
  if (!info) return "";
  if (info->type == FileType::Directory || info->type == FileType::Symlink) return entry;
  const std::string text = read_file(entry);
  constexpr std::string_view kLink = "gitdir: ";
  if (!text.starts_with(kLink)) return "";
  const std::string_view named = trim(std::string_view(text).substr(kLink.size()));
  return named.starts_with('/') ? std::string(named) : join_path(work_tree, named);
}

std::optional<std::string> checked_out_branch(const std::string& git_dir) {
  constexpr std::string_view kBranch = "ref: refs/heads/";
  const auto head = read_file_if_exists(join_path(git_dir, "HEAD"));
  if (!head || !head->starts_with(kBranch)) return std::nullopt;
  return std::string(trim(std::string_view(*head).substr(kBranch.size())));
}

// A hook changes no tracked file: where the events are one, they go into the git directory.
std::string events_file(const HookCall& call) {
  const git::GitProgram git(call.work_tree);
  const bool tracked = git.run({"ls-files", "--error-unmatch", "--", kEvents}).ok();
  return tracked ? join_path(call.git_dir, "git-session/events.jsonl")
                 : join_path(call.work_tree, kEvents);
}

}  // namespace

std::optional<HookCall> find_work_tree(const std::string& directory) {
  const auto real = follow_path(directory);
  if (!real) return std::nullopt;
  std::string at = *real;
  while (true) {
    if (std::string git_dir = git_dir_at(at); !git_dir.empty()) {
      HookCall call;
      call.work_tree = at;
      call.git_dir = std::move(git_dir);
      return call;
    }
    if (at == "/") return std::nullopt;
    const std::size_t slash = at.rfind('/');
    at = slash == 0 ? "/" : at.substr(0, slash);
  }
}

std::vector<session::FoundState> active_sessions(
    const HookCall& call, const std::vector<std::string>& state_directories) {
  std::vector<std::string> problems;  // whoever works on the session hears of them
  const auto branch = checked_out_branch(call.git_dir);
  std::vector<session::FoundState> active;
  for (session::FoundState& found : session::scan_states(
           call.work_tree, state_directories, session::closing_session(call.git_dir), problems)) {
    if (found.running() && session::is_branch_of_state(found.state.branch, branch)) {
      active.push_back(std::move(found));
    }
  }
  return active;
}

session::Enforcement configured_command_enforcement(const HookCall& call) {
  const git::Repository repository = git::Repository::open(call.work_tree);
  const config::SessionConfig config =
      config::load(repository, session::stack_layer(std::nullopt),
                   session::running_platform() == session::Platform::Codex,
                   git::read_all_config(repository.git()));
  if (!config.enabled_in("enforcement-gates", session::kCommandGuard)) {
    return session::Enforcement::Off;
  }
  return session::enforcement_of(config);
}

void record_blocked_command(const HookCall& call, const std::string& session,
                            const std::string& pattern, const std::string& severity,
                            Timestamp now) {
  const Json event = {{"timestamp", format_utc(now)},
                      {"event", "git_session.command.blocked"},
                      {"session", session},
                      {"pattern", pattern},
                      {"severity", severity}};
  try {
    append_lines(events_file(call), formats::to_json_line(event) + "\n");
  } catch (const Error&) {
    return;  // the decision counts, not its record
  }
}

}  // namespace gs::githooks
