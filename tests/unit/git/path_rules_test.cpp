#include "git/path_rules.h"

#include <doctest/doctest.h>

#include <random>
#include <set>

#include "git/config/values.h"
#include "git/repository.h"
#include "support/temp_repo.h"

using gs::git::FileMode;
using gs::git::PathRules;
using gs::git::Repository;
using gs::test::TempRepo;

namespace {

std::vector<std::string> odd_names() {
  std::vector<std::string> names{".git",
                                 ".GIT",
                                 ".git ",
                                 ".git.",
                                 ".git ..",
                                 ".git . x",
                                 ".git:x",
                                 ".git::$INDEX_ALLOCATION",
                                 ".git\\x",
                                 "x\\.git",
                                 "x\\git~1",
                                 "x\\.gitmodules",
                                 "git~1",
                                 "GIT~1 .",
                                 "git~1:z",
                                 "git~2",
                                 "git~10",
                                 ".git~1",
                                 "..\\x",
                                 "...",
                                 ".g",
                                 ".gi",
                                 ".gitx",
                                 "a\\b",
                                 "con",
                                 " .git",
                                 "git~1 ",
                                 ".gitmodules",
                                 ".Gitmodules",
                                 ".gitmodules ",
                                 ".gitmodules:x",
                                 ".gitmodules x",
                                 "gitmod~1",
                                 "GITMOD~4",
                                 "gitmod~5",
                                 "gitmod~1.",
                                 "gi7eba~1",
                                 "gi7eb~12",
                                 "GI7EBA~9",
                                 "gi7eba~0",
                                 "gi7eba~1x",
                                 "~1234567",
                                 "~1234567.",
                                 "~123456",
                                 "~0234567",
                                 "g~123456",
                                 "gi7ebb~1",
                                 ".gitattributes",
                                 ".gitignore",
                                 ".mailmap",
                                 ".g\u200cit",
                                 ".git\u200d",
                                 "\ufeff.git",
                                 ".git\u2060",
                                 ".git\xff",
                                 ".git\xe2\x80",
                                 ".gitx\xff",
                                 ".gitm\u200eodules",
                                 ".gitmodules\u206f",
                                 ".G\u202aIt"};
  // What is made of these pieces comes near to one of the above.
  const std::vector<std::string> pieces{".git", "git", "~1",      ".",      " ",
                                        ":",    "\\",  "modules", "\u200c", "x"};
  std::mt19937 random(5);
  for (int i = 0; i < 60; ++i) {
    std::string name;
    for (unsigned count = 1 + random() % 4; count > 0; --count) {
      name += pieces[random() % pieces.size()];
    }
    if (name != "." && name != "..") names.push_back(name);
  }
  return names;
}

// Those of the paths that git takes into an index, in one run.
std::set<std::string> taken_by_git(const TempRepo& repo, const std::vector<std::string>& paths,
                                   FileMode mode) {
  const std::string blob(40, '1');
  std::set<std::string> taken;
  for (const std::string& path : paths) {
    const bool ok = repo.try_git({"update-index", "--add", "--replace", "--cacheinfo",
                                  gs::git::format_mode(mode) + "," + blob + "," + path})
                        .ok();
    if (!ok) continue;
    taken.insert(path);
  }
  return taken;
}

void compare_with_git(const TempRepo& repo) {
  std::vector<std::string> paths;
  for (const std::string& name : odd_names()) {
    paths.push_back(name);
    paths.push_back("sub/" + name);
    paths.push_back(name + "/below");
  }
  const PathRules rules(configuration(Repository::open(repo.path())));
  for (const FileMode mode : {FileMode::Regular, FileMode::Symlink}) {
    const auto taken = taken_by_git(repo, paths, mode);
    for (const std::string& path : paths) {
      CAPTURE(path);
      CAPTURE(gs::git::format_mode(mode));
      CHECK(rules.allow(path, mode) == taken.contains(path));
    }
  }
}

}  // namespace

TEST_CASE("git takes exactly the names that are allowed") {
  compare_with_git(TempRepo());
}

TEST_CASE("names that HFS+ takes for .git are refused where git protects it") {
  const TempRepo repo;
  repo.git({"config", "core.protectHFS", "true"});
  repo.git({"config", "core.protectNTFS", "false"});
  compare_with_git(repo);
}

TEST_CASE("what git takes no path for says whether it is the name or the link") {
  const TempRepo repo;
  const PathRules rules(configuration(Repository::open(repo.path())));
  CHECK(rules.refusal("a/git~1", FileMode::Regular) == "git refuses this name");
  CHECK(rules.refusal(".gitmodules", FileMode::Symlink) ==
        "git refuses a symbolic link of this name");
  CHECK_FALSE(rules.refusal(".gitmodules", FileMode::Regular));
  CHECK_FALSE(rules.refusal(".gitattributes", FileMode::Symlink));
}
