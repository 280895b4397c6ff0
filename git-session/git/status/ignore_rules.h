#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/repo_path.h"
#include "git/repository.h"

namespace gs::git {

struct Undecided;

enum class Ignored { No, Yes, GitKnows };

// The ignore rules (gitignore(5)) that hold in one directory: its own file's, then those of the
// directories above, then what holds everywhere. Plain patterns, which most are, are decided here;
// where the rule that decides may be any other, the answer is git's to give.
class IgnoreRules {
 public:
  using Pointer = std::shared_ptr<const IgnoreRules>;

  // `content` of an ignore file that holds in `directory` ("" or "a/b/") and below; `above` may be
  // null.
  [[nodiscard]] static Pointer read(std::string_view content, std::string directory, Pointer above);

  // Of a path in `directory` or below, whose parents are not ignored.
  [[nodiscard]] Ignored match(std::string_view path, bool is_directory) const;

 private:
  struct Rule {
    enum class Kind {
      Name,       // the last segment is the text
      NameStart,  // it starts with it ("text*")
      NameEnd,    // it ends with it ("*text")
      Path,       // the path from `directory` on is the text
      NameGlob,   // the last segment starts with it, and git has to look
      PathGlob,   // the path does
    };
    std::string text;
    std::string contained;  // what a NameGlob's name must hold besides
    Kind kind = Kind::Name;
    bool negated = false;
    bool directories_only = false;
  };
  [[nodiscard]] static bool parse(std::string_view line, Rule& rule);
  [[nodiscard]] static Ignored answer(const Rule& rule, std::string_view name,
                                      std::string_view below);

  std::vector<Rule> rules_;  // the last one that matches decides
  std::string directory_;
  Pointer above_;
};

// Those of the paths that git ignores; tracked ones never are (`git check-ignore`).
[[nodiscard]] std::set<RepoPath> ignored_paths(const Repository& repository,
                                               const std::vector<RepoPath>& paths);
// Makes git ignore what matches, in this clone only (info/exclude); once.
void exclude_locally(const Repository& repository, const std::string& pattern);

// The rules that hold in the whole work tree: core.excludesFile and info/exclude. Absent when only
// git can find them.
[[nodiscard]] std::optional<IgnoreRules::Pointer> standard_ignores(const Repository& repository);

// Those of the paths that git's rules ignore, whether or not they are tracked
// (`git check-ignore --no-index`). Absent when git fails.
[[nodiscard]] std::optional<std::set<std::string>> ignored_by_rules(
    const Repository& repository, const std::vector<Undecided>& candidates);

}  // namespace gs::git
