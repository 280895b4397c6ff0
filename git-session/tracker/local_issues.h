#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/file/tree_files.h"
#include "base/repo_path.h"
#include "tracker/issue.h"

namespace gs::tracker {

// The new content of a file; the caller writes it.
struct FileEdit {
  FilePlace path;
  std::string content;
};

// The issues of the local tracker (docs/formats.md, "Local issues"), as files read once.
// Nothing here writes: each change returns the file's new content and is visible to later changes.
class LocalIssues {
 public:
  // `work_tree`: absolute. Unreadable files are reported in problems() and left alone. `planned`:
  // files that unfinished closes have yet to write; their numbers are taken.
  [[nodiscard]] static LocalIssues load(const FilePlace& directory, const std::string& work_tree,
                                        const std::vector<FilePlace>& planned = {});

  [[nodiscard]] std::vector<Issue> issues() const;  // by id
  // Absent, as for all that changes an issue, if two have this number: problems() names them.
  [[nodiscard]] std::optional<Issue> find(long id) const;
  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

  struct Created {
    Issue issue;
    std::optional<FileEdit> edit;  // absent if an issue with this marker exists
  };
  [[nodiscard]] Created create(const NewIssue& issue, Timestamp now);
  // Absent if there is no such issue or it is already closed.
  [[nodiscard]] std::optional<FileEdit> close(long id, std::string_view comment, Timestamp now);
  [[nodiscard]] std::optional<FileEdit> comment(long id, std::string_view text, Timestamp now);
  [[nodiscard]] std::optional<FileEdit> set_labels(long id, const std::vector<std::string>& add,
                                                   const std::vector<std::string>& remove);

 private:
  struct File {
    Issue issue;
    std::string text;
  };
  void read(const TreeFiles& files, const std::string& name);
  [[nodiscard]] File* only(long id);
  [[nodiscard]] FilePlace place_of(std::string_view name) const { return directory_.child(name); }
  FileEdit edit(File& file, std::string text);

  FilePlace directory_;
  std::multimap<long, File> files_;  // two branches may have given one number twice
  long highest_id_ = 0;              // including unreadable files: their numbers are taken
  std::vector<std::string> problems_;
};

}  // namespace gs::tracker
