#pragma once

#include <string>
#include <vector>

#include "close/context.h"
#include "close/plan/staging_plan.h"
#include "git/config/values.h"
#include "git/repository.h"
#include "session/session_fixture.h"

namespace gs::test {

inline git::TreeEntry blob(const std::string& content,
                           git::FileMode mode = git::FileMode::Regular) {
  return {mode, git::Repository::hash_blob(content)};
}

// An uncommitted change of the session's own, as input of the staging plan.
inline close::StagedFile staged(const std::string& path, const git::TreeEntry& head,
                                const git::TreeEntry& worktree, const std::string& how = "") {
  session::OwnedChange owned;
  owned.change.path = RepoPath(path);
  owned.change.base = head;
  owned.change.head = head;
  owned.change.index = head;
  owned.change.worktree = worktree;
  owned.change.untracked = !head.present();
  owned.owner = session::Owner::Ours;
  return {owned, worktree, std::nullopt, how};
}
inline close::StagedFile added(const std::string& path, const std::string& content = "x") {
  return staged(path, {}, blob(content));
}
inline close::StagedFile removed(const std::string& path, const std::string& content = "x") {
  return staged(path, blob(content), {});
}
inline close::StagedFile changed(const std::string& path) {
  return staged(path, blob("before"), blob("after"));
}

// Answers each decision with `answer`, and counts them.
class StubObserver : public close::Observer {
 public:
  void opened(const close::Opening& /*opening*/) override {}
  void said(const close::Line& /*line*/) override {}
  void phase_started(const close::Phase& /*phase*/) override {}
  void phase_finished(const close::PhaseReport& /*report*/) override {}
  void command_running(std::string_view /*name*/, std::string_view /*chunk*/,
                       std::string_view /*last_line*/,
                       std::chrono::milliseconds /*elapsed*/) override {}
  void message(std::string_view /*text*/) override {}
  [[nodiscard]] std::optional<session::Answer> ask(const session::Decision& decision) override {
    asked.push_back(decision);
    return answer ? std::optional(session::Answer{*answer}) : std::nullopt;
  }

  std::optional<std::string> answer = {};
  std::vector<session::Decision> asked = {};
};

// A close of session "s" on branch "main" before its first phase; its journal is in memory.
struct CloseOf {
  explicit CloseOf(const TempRepo& repo, const std::vector<config::Setting>& settings = {},
                   bool tracked = true)
      : workspace(workspace_of(repo, ".orchestrator", settings)) {
    workspace.home = session::Home(tracked, workspace.repository.common_dir());
    workspace.git_config = git::configuration(workspace.repository);
    context.branch = "main";
    context.session.emplace();
    context.session->id = "s";
  }

  session::Workspace workspace;
  close::Options options = {};
  FixedClock clock{kNow};
  StubObserver observer = {};
  close::Journal journal = close::Journal::in_memory({{"session", "s"}});
  close::Decisions decisions{options, workspace.config, journal, observer};
  close::Context context{workspace, options, clock, observer, journal, decisions};
};

}  // namespace gs::test
