#include "githooks/active_worktree.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/file/file.h"

namespace gs::githooks {
namespace {

// The last message of HEAD's reflog, "commit (cherry-pick): …"; "" if there is no reflog.
std::string last_reflog_message(const git::Repository& repository) {
  constexpr std::streamoff kEnough = 4096;
  std::ifstream file(join_path(repository.git_dir(), "logs/HEAD"), std::ios::binary);
  file.seekg(0, std::ios::end);
  file.seekg(std::max<std::streamoff>(0, file.tellg() - std::streampos(kEnough)));
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::size_t tab = text.rfind('\t');
  return tab == std::string::npos ? std::string() : text.substr(tab + 1);
}

}  // namespace

std::unique_ptr<ActiveWorktree> ActiveWorktree::enter(const HookCall& call, HookAnswer& answer) {
  if (call.of_close) return nullptr;
  RunningStates running = find_running(call);
  for (const std::string& problem : running.problems) answer.add(Say::Warning, problem);
  auto at_work = sessions_at_work(running, running.branch);
  if (at_work.empty()) return nullptr;
  std::unique_ptr<ActiveWorktree> scene(new ActiveWorktree(std::move(running), std::move(at_work),
                                                           git::Repository::open(call.work_tree)));
  return replays_commits(scene->repository_) ? nullptr : std::move(scene);
}

Judged ActiveWorktree::judge(const std::vector<PathChange>& changes, Finder find) {
  return githooks::judge(reader_.read(at_work_), changes, find);
}

void ActiveWorktree::say_problems(HookAnswer& answer) const {
  for (const std::string& problem : reader_.problems()) answer.add(Say::Warning, problem);
}

bool replays_commits(const git::Repository& repository) {
  const git::Operation operation = repository.operation_in_progress();
  return operation != git::Operation::None && operation != git::Operation::Bisect;
}

bool ends_a_replay(const git::Repository& repository, const git::Commit& commit) {
  if (commit.parents.size() > 1) return true;
  const std::string message = last_reflog_message(repository);
  if (message.starts_with("commit (cherry-pick)") || message.starts_with("commit (rebase)")) {
    return true;
  }
  return commit.subject.starts_with("Revert \"") &&
         commit.message.find("This reverts commit ") != std::string::npos;
}

}  // namespace gs::githooks
