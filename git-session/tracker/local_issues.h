#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/repo_path.h"

namespace gs::tracker {

struct Issue {
  long id = 0;
  std::string title;
  bool open = true;
  std::vector<std::string> labels;
  std::string priority;  // critical, high, medium, low; "" when the file does not say
  std::string session;
  std::string origin;
  std::string body;  // after the frontmatter, comments included
  RepoPath file;
};

struct NewIssue {
  std::string title;
  std::string body;
  std::vector<std::string> labels;
  std::string priority;
  std::string session;
  std::string origin;  // "carryover", "gate", …
};

// A file as it should be; the caller writes it.
struct FileEdit {
  RepoPath path;
  std::string content;
};

// The hidden marker in an issue's body that makes creation idempotent: "<!-- git-session:<hash>
// -->", the hash over session, origin and title.
[[nodiscard]] std::string marker(const NewIssue& issue);
// "[Carryover] " and the task, cut to 70 characters with "…".
[[nodiscard]] std::string carryover_title(std::string_view task);

// The issues in .orchestrator/issues/ (docs/formats.md, "Local issues"), as files read once.
// Nothing here writes; each change answers with the file's new content and is seen by the changes
// after it.
class LocalIssues {
 public:
  static constexpr std::string_view kDirectory = ".orchestrator/issues";

  // `work_tree` absolute. Unreadable files are reported in problems() and left alone.
  [[nodiscard]] static LocalIssues load(const std::string& work_tree);

  [[nodiscard]] std::vector<Issue> issues() const;  // by id
  [[nodiscard]] std::optional<Issue> find(long id) const;
  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

  struct Created {
    Issue issue;
    std::optional<FileEdit> edit;  // absent when an issue with this marker exists already
  };
  [[nodiscard]] Created create(const NewIssue& issue, Timestamp now);
  // Absent when there is no such issue or it is closed already.
  [[nodiscard]] std::optional<FileEdit> close(long id, std::string_view comment, Timestamp now);
  [[nodiscard]] std::optional<FileEdit> comment(long id, std::string_view text, Timestamp now);
  [[nodiscard]] std::optional<FileEdit> set_labels(long id, const std::vector<std::string>& add,
                                                   const std::vector<std::string>& remove);

 private:
  struct File {
    Issue issue;
    std::string text;
  };
  void read(const std::string& path, const std::string& name);
  FileEdit edit(File& file, std::string text);

  std::map<long, File> files_;
  long highest_id_ = 0;  // also of files that could not be read: their numbers are taken
  std::vector<std::string> problems_;
};

}  // namespace gs::tracker
