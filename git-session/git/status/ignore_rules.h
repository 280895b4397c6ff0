#pragma once

#include <cstdint>
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

// The ignore rules (gitignore(5)) that apply in one directory: those of its own file, then of the
// directories above, then those that apply everywhere. Plain patterns, which most are, are decided
// here; if the rule that decides may be any other, git has to answer.
class IgnoreRules {
 public:
  using Pointer = std::shared_ptr<const IgnoreRules>;
  // Of the rules that apply in one directory: a rule takes ten times as much memory as its text.
  static constexpr std::uint64_t kMostBytes = 2U << 20U;

  // `content`: an ignore file that applies in `directory` ("" or "a/b/") and below; `above` may be
  // null.
  [[nodiscard]] static Pointer read(std::string_view content, std::string directory, Pointer above);

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }  // with those above

  // For a path in `directory` or below, whose parents are not ignored.
  [[nodiscard]] Ignored match(std::string_view path, bool is_directory) const;

 private:
  struct Rule {
    enum class Kind {
      Name,       // the last segment is the text
      NameStart,  // it starts with it ("text*")
      NameEnd,    // it ends with it ("*text")
      Path,       // the path below `directory` is the text
      NameGlob,   // the last segment starts with it, and git has to decide
      PathGlob,   // the path starts with it, and git has to decide
    };
    std::string_view text;       // of `content_`
    std::string_view contained;  // what a NameGlob's name must also contain
    Kind kind = Kind::Name;
    bool negated = false;
    bool directories_only = false;
  };
  [[nodiscard]] static bool parse(std::string_view line, Rule& rule);
  [[nodiscard]] static Ignored answer(const Rule& rule, std::string_view name,
                                      std::string_view below);

  std::string content_;
  std::uint64_t bytes_ = 0;
  std::vector<Rule> rules_;  // the last one that matches decides
  std::string directory_;
  Pointer above_;
};

// Those of the paths that git ignores; tracked ones never are (`git check-ignore`).
[[nodiscard]] std::set<RepoPath> ignored_paths(const Repository& repository,
                                               const std::vector<RepoPath>& paths);
// Makes git ignore what matches, in this clone only (info/exclude); adds the pattern once.
void exclude_locally(const Repository& repository, const std::string& pattern);

// The rules that apply in the whole work tree: core.excludesFile and info/exclude. Absent if only
// git can find them.
[[nodiscard]] std::optional<IgnoreRules::Pointer> standard_ignores(const Repository& repository);

// Those of the paths that git's rules ignore, whether or not they are tracked (`git check-ignore
// --no-index`). Absent if git fails.
[[nodiscard]] std::optional<std::set<std::string>> ignored_by_rules(
    const Repository& repository, const std::vector<Undecided>& candidates);

}  // namespace gs::git
