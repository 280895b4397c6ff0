#include "checks/notes/ssot.h"

#include <doctest/doctest.h>

namespace gs::checks {
namespace {

std::vector<std::string> patterns(const std::string& yaml) {
  std::vector<std::string> texts;
  for (const Glob& glob : rule_patterns("---\n" + yaml + "---\nwords\n"))
    texts.push_back(glob.pattern());
  return texts;
}
using Texts = std::vector<std::string>;

TEST_CASE("a rule file's patterns are a list or a text with commas, under any of the usual keys") {
  CHECK(patterns("globs: src/**, docs/*.md\n") == Texts{"src/**", "docs/*.md"});
  CHECK(patterns("paths:\n  - \"src/**\"\n  - x/\n") == Texts{"src/**", "x/"});
  CHECK(patterns("applyTo: '**/*.c'\npath: y\n") == Texts{"y", "**/*.c"});
}

TEST_CASE("a rule file without patterns, or one that cannot be read, has none") {
  CHECK(rule_patterns("words\n").empty());
  CHECK(patterns("globs:\n").empty());
  CHECK(patterns("globs: [1, {a: b}, ' , ']\n").empty());
  CHECK(patterns("globs: **/*.c\n").empty());  // no YAML: an alias
}

TEST_CASE("five files of one kind in one directory recur") {
  std::vector<RepoPath> paths;
  for (const char* name :
       {"src/a/1.c", "src/a/2.c", "src/a/3.c", "src/a/4.c", "src/a/x.h", "src/b/5.c", "1.md",
        "2.md", "3.md", "4.md", "5.md", "src/a/.c", "src/a/Makefile"})
    paths.emplace_back(name);
  CHECK(recurring_patterns(paths).empty());
  paths.emplace_back("src/a/5.c");
  CHECK(recurring_patterns(paths) == Texts{"src/a/*.c"});
}

}  // namespace
}  // namespace gs::checks
