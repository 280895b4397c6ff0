#include "tracker/local_tracker.h"

#include <algorithm>

#include "base/text.h"
#include "git/index/replace_file.h"
#include "git/refs.h"
#include "session/closing.h"

namespace gs::tracker {

FileLock lock_local_issues(const git::Repository& repository) {
  return git::lock_list(repository, {"issues", "the local issues", git::ListLock::Of::Repository});
}

namespace {

// What the unfinished closes of all worktrees, which may share the issues, have yet to write.
std::vector<FilePlace> planned_files(const git::Repository& repository) {
  std::vector<FilePlace> files;
  for (const git::Checkout& checkout : git::list_worktrees(repository)) {
    for (FilePlace& file : session::files_of_close(checkout.git_dir))
      files.push_back(std::move(file));
  }
  return files;
}

}  // namespace

LocalTracker::LocalTracker(const git::Repository& repository, const session::Home& home,
                           Timestamp now)
    : repository_(repository),
      issues_(LocalIssues::load(home.issues(), repository.work_tree(), planned_files(repository))),
      now_(now) {
  for (const std::string& problem : problems()) remark(problem);
}

void LocalTracker::keep(const std::optional<FileEdit>& edit) {
  if (edit) edits_[edit->path] = edit->content;
}

Issue LocalTracker::create(const NewIssue& issue, const std::string&) {
  const LocalIssues::Created created = issues_.create(issue, now_);
  keep(created.edit);
  return created.issue;
}

void LocalTracker::comment(long id, const std::string& text) {
  keep(issues_.comment(id, text, now_));
}

void LocalTracker::close(long id, Resolution) {
  keep(issues_.close(id, "", now_));
}

void LocalTracker::set_labels(long id, const std::vector<std::string>& add,
                              const std::vector<std::string>& remove) {
  keep(issues_.set_labels(id, add, remove));
}

std::vector<Issue> LocalTracker::list(const Filter& filter) {
  std::vector<Issue> listed;
  const std::vector<Issue> all = issues_.issues();
  const std::string words = to_lower(filter.title);
  for (auto it = all.rbegin(); it != all.rend() && listed.size() < filter.limit; ++it) {
    if (filter.state == Filter::State::Open && !it->open) continue;
    if (to_lower(it->title).find(words) != std::string::npos) listed.push_back(*it);
  }
  return listed;
}

std::optional<Issue> LocalTracker::find(long id) {
  return issues_.find(id);
}

std::vector<FileEdit> LocalTracker::edits() const {
  std::vector<FileEdit> all;
  all.reserve(edits_.size());
  for (const auto& [path, content] : edits_) all.push_back({path, content});
  return all;
}

void LocalTracker::save() {
  for (const auto& [file, content] : edits_) {
    git::replace_file(repository_, file, content);
  }
  edits_.clear();
}

}  // namespace gs::tracker
