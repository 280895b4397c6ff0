#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/repo_path.h"
#include "git/index/index_file.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace gs::git {

// What git may do to a file's content when it stores it (gitattributes(5)). Never less than git
// does: a pattern that is not clearly understood counts as a match, and the caller then leaves the
// file to git.
enum class Conversion {
  None,
  LineEndings,  // content without a carriage return is stored as it is
  Any,          // a filter, $Id$, an encoding
};

class Attributes {
 public:
  explicit Attributes(const Repository& repository);
  [[nodiscard]] Conversion of(const RepoPath& path);

 private:
  struct Rule {
    std::string pattern;
    Conversion conversion = Conversion::None;
  };
  using Rules = std::vector<Rule>;

  [[nodiscard]] Rules read_rules(const std::string& file);
  [[nodiscard]] Rules directory_rules(const std::string& directory);
  [[nodiscard]] const Rules& rules_of(const std::string& directory);
  void add_everywhere(Conversion conversion);
  [[nodiscard]] bool is_tracked(const std::string& path);
  [[nodiscard]] static bool may_match(const std::string& pattern, std::string_view relative);

  const Repository& repository_;
  Conversion everywhere_ = Conversion::None;
  Rules global_;
  std::map<std::string, Rules, std::less<>> directories_;
  std::uint64_t read_ = 0;                  // bytes of attributes files of the tree
  std::shared_ptr<const IndexFile> index_;  // null: unknown
  std::optional<ObjectId> head_tree_;
};

enum class Storing { Store, HashOnly };

// Object ids of regular files after git's own conversions; absent for a file that disappeared. Like
// `git add`, this consults the index: a file with carriage returns there keeps them under automatic
// line endings, and an attributes file that the work tree lacks applies.
[[nodiscard]] std::vector<std::optional<ObjectId>> convert_with_git(
    const Repository& repository, const std::vector<RepoPath>& paths, Storing storing);

}  // namespace gs::git
