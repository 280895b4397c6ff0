#pragma once

#include <map>

#include "git/repository.h"
#include "session/home.h"
#include "tracker/local_issues.h"
#include "tracker/tracker.h"

namespace gs::tracker {

// Held from opening the local tracker until save(), or until the write plan is in the journal.
[[nodiscard]] FileLock lock_local_issues(const git::Repository& repository);

// The issues of a home. Nothing is written before save(); edits() has the new
// contents.
class LocalTracker : public Tracker {
 public:
  // Unreadable files are in problems() and remarked.
  LocalTracker(const git::Repository& repository, const session::Home& home, Timestamp now);

  [[nodiscard]] std::string_view name() const override { return "local"; }
  [[nodiscard]] bool commits_close_issues() const override { return false; }
  Issue create(const NewIssue& issue, const std::string& milestone) override;
  void comment(long id, const std::string& text) override;
  void close(long id, Resolution resolution) override;
  void set_labels(long id, const std::vector<std::string>& add,
                  const std::vector<std::string>& remove) override;
  [[nodiscard]] std::vector<Issue> list(const Filter& filter) override;
  [[nodiscard]] std::optional<Issue> find(long id) override;

  void save() override;  // each file atomically

  [[nodiscard]] std::vector<FileEdit> edits() const;  // the latest content of each file
  [[nodiscard]] const std::vector<std::string>& problems() const { return issues_.problems(); }

 private:
  void keep(const std::optional<FileEdit>& edit);

  const git::Repository& repository_;
  LocalIssues issues_;
  Timestamp now_;
  std::map<FilePlace, std::string> edits_;
};

}  // namespace gs::tracker
