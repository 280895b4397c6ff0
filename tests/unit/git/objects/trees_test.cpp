#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <random>

#include "base/error.h"
#include "base/text.h"
#include "git/index/staging.h"
#include "git/repository.h"
#include "support/temp_repo.h"

using gs::RepoPath;
using gs::git::FileMode;
using gs::git::ObjectId;
using gs::git::Repository;
using gs::git::TreeEdit;
using gs::git::TreeEntry;
using gs::test::TempRepo;

namespace {

ObjectId tree_id(const TempRepo& repo, const std::string& revision) {
  return *ObjectId::parse(repo.git({"rev-parse", revision}));
}

// `git ls-tree -r -z`, in the same words.
std::string listing_of(const Repository& repository, const ObjectId& tree) {
  std::string text;
  for (const auto& [path, entry] : repository.list_tree(tree)) {
    text += format_mode(entry.mode) + (entry.mode == FileMode::Gitlink ? " commit " : " blob ") +
            entry.oid.hex() + '\t' + path.bytes() + '\0';
  }
  return text;
}

// `git diff-tree -r -z --no-renames`, in the same words.
std::string difference_of(const Repository& repository, const ObjectId& a, const ObjectId& b) {
  std::string text;
  for (const auto& [path, before, after] : repository.diff_trees(a, b)) {
    const bool type_changed = before.present() && after.present() &&
                              (static_cast<unsigned>(before.mode) & 0170000U) !=
                                  (static_cast<unsigned>(after.mode) & 0170000U);
    const char state = !before.present() ? 'A' : !after.present() ? 'D' : type_changed ? 'T' : 'M';
    text += ':' + format_mode(before.mode) + ' ' + format_mode(after.mode) + ' ' +
            before.oid.hex() + ' ' + after.oid.hex() + ' ' + state + '\0' + path.bytes() + '\0';
  }
  return text;
}

std::string random_path(std::mt19937& random) {
  static const std::vector<std::string> kNames{"a", "b", "a.b", "a-", "a0", "c d", "\xff", "q\"\n"};
  std::string path = kNames[random() % kNames.size()];
  for (std::size_t depth = random() % 4; depth > 0; --depth) {
    path += '/' + kNames[random() % kNames.size()];
  }
  return path;
}

std::vector<TreeEdit> random_edits(std::mt19937& random, const Repository& repository,
                                   std::size_t count) {
  static const std::vector<FileMode> kModes{FileMode::Regular, FileMode::Executable,
                                            FileMode::Symlink, FileMode::Gitlink};
  std::vector<TreeEdit> edits;
  for (std::size_t i = 0; i < count; ++i) {
    TreeEntry entry;
    if (random() % 3 != 0) {
      entry.mode = kModes[random() % kModes.size()];
      entry.oid = entry.mode == FileMode::Gitlink
                      ? *ObjectId::parse(std::string(40, '1'))
                      : repository.write_blob(std::to_string(random() % 5));
    }
    edits.push_back({RepoPath(random_path(random)), entry});
  }
  return edits;
}

bool below(const std::string& path, const std::string& directory) {
  return path.starts_with(directory + '/');
}

// Edits that contradict each other (a file and something below it, twice the same path) have no
// order in git's index; those are tried apart.
std::vector<TreeEdit> without_contradictions(const std::vector<TreeEdit>& edits) {
  std::vector<TreeEdit> kept;
  for (const TreeEdit& edit : edits) {
    const bool contradicts = std::any_of(kept.begin(), kept.end(), [&](const TreeEdit& other) {
      const std::string& a = edit.path.bytes();
      const std::string& b = other.path.bytes();
      return a == b ||
             ((below(a, b) || below(b, a)) && edit.entry.present() && other.entry.present());
    });
    if (!contradicts) kept.push_back(edit);
  }
  return kept;
}

}  // namespace

TEST_CASE("an entry is found by its path; trees and what is not there are none") {
  TempRepo repo;
  repo.write("dir/sub/a", "1\n");
  repo.write("b", "2\n");
  repo.commit_all("first");
  const auto repository = Repository::open(repo.path());
  const ObjectId tree = tree_id(repo, "HEAD^{tree}");
  const auto entry = repository.tree_entry(tree, RepoPath("dir/sub/a"));
  CHECK(entry.mode == FileMode::Regular);
  CHECK(entry.oid == tree_id(repo, "HEAD:dir/sub/a"));
  for (const char* path : {"dir", "dir/sub", "x", "b/x", "dir/sub/a/x", "", "dir/x/y"}) {
    CAPTURE(path);
    CHECK_FALSE(repository.tree_entry(tree, RepoPath(path)).present());
  }
  CHECK_FALSE(repository.tree_entry(Repository::empty_tree(), RepoPath("a")).present());
}

TEST_CASE("the empty tree lists nothing and edits away to itself") {
  TempRepo repo;
  const auto repository = Repository::open(repo.path());
  CHECK(repository.list_tree(Repository::empty_tree()).empty());
  const TreeEntry entry{FileMode::Regular, repository.write_blob("1")};
  const ObjectId tree =
      repository.edit_tree(Repository::empty_tree(), {{RepoPath("x/y/z"), entry}});
  CHECK(repo.git({"ls-tree", "-r", "--name-only", tree.hex()}) == "x/y/z");
  CHECK(repository.edit_tree(tree, {{RepoPath("x/y/z"), {}}}) == Repository::empty_tree());
  CHECK(repo.try_git({"cat-file", "-e", Repository::empty_tree().hex()}).ok());
}

TEST_CASE("files and directories replace each other") {
  TempRepo repo;
  const auto repository = Repository::open(repo.path());
  const TreeEntry one{FileMode::Regular, repository.write_blob("1")};
  const TreeEntry two{FileMode::Executable, repository.write_blob("2")};
  const auto empty = Repository::empty_tree();
  const ObjectId file = repository.edit_tree(empty, {{RepoPath("a"), one}, {RepoPath("a.b"), one}});
  const ObjectId directory =
      repository.edit_tree(empty, {{RepoPath("a/x"), two}, {RepoPath("a.b"), one}});
  const ObjectId full = repository.edit_tree(directory, {{RepoPath("a/y/z"), one}});
  CHECK(repository.edit_tree(file, {{RepoPath("a/x"), two}}) == directory);
  CHECK(repository.edit_tree(file, {{RepoPath("a/x"), two}, {RepoPath("a"), {}}}) == directory);
  CHECK(repository.edit_tree(full, {{RepoPath("a"), one}}) == file);
  CHECK(repository.edit_tree(full, {{RepoPath("a"), one}, {RepoPath("a/x"), {}}}) == file);
  CHECK(repository.edit_tree(full, {{RepoPath("a"), {}}}) == full);
  CHECK(repository.edit_tree(full, {{RepoPath("a/y/z"), {}}}) == directory);
}

TEST_CASE("of several edits of a path the last counts") {
  TempRepo repo;
  const auto repository = Repository::open(repo.path());
  const TreeEntry one{FileMode::Regular, repository.write_blob("1")};
  const TreeEntry two{FileMode::Regular, repository.write_blob("2")};
  const auto empty = Repository::empty_tree();
  const ObjectId expected = repository.edit_tree(empty, {{RepoPath("a"), two}});
  CHECK(repository.edit_tree(empty, {{RepoPath("a"), one}, {RepoPath("a"), two}}) == expected);
  CHECK(repository.edit_tree(empty, {{RepoPath("a"), {}}, {RepoPath("a"), two}}) == expected);
  CHECK(repository.edit_tree(expected, {{RepoPath("a"), one}, {RepoPath("a"), {}}}) == empty);
}

TEST_CASE("what cannot stand in a tree is refused") {
  TempRepo repo;
  const auto repository = Repository::open(repo.path());
  const TreeEntry entry{FileMode::Regular, repository.write_blob("1")};
  for (const char* path : {"", "/a", "a/", "a//b", ".git/config", "a/../b", "./a"}) {
    CAPTURE(path);
    CHECK_THROWS_AS(static_cast<void>(
                        repository.edit_tree(Repository::empty_tree(), {{RepoPath(path), entry}})),
                    gs::Error);
  }
  const TreeEntry missing{FileMode::Regular, *ObjectId::parse(std::string(40, '1'))};
  CHECK_THROWS_AS(
      static_cast<void>(repository.edit_tree(Repository::empty_tree(), {{RepoPath("a"), missing}})),
      gs::Error);
}

TEST_CASE("random edits of random trees agree with git's index, listings and differences too") {
  TempRepo repo;
  const auto repository = Repository::open(repo.path());
  std::mt19937 random(3);
  ObjectId tree = Repository::empty_tree();
  for (int round = 0; round < 60; ++round) {
    const auto edits = without_contradictions(random_edits(random, repository, 1 + random() % 12));
    const ObjectId edited = repository.edit_tree(tree, edits);

    const std::string index = repo.path(".git/private-index");
    std::vector<gs::git::IndexChange> changes;
    for (const TreeEdit& edit : edits) changes.push_back({edit.path, edit.entry});
    gs::git::read_tree_into_index(repository, index, tree.hex());
    gs::git::apply_to_index(repository, index, changes);
    CHECK(edited == gs::git::write_index_tree(repository, index));

    CHECK(listing_of(repository, edited) == repo.git({"ls-tree", "-r", "-z", edited.hex()}));
    CHECK(difference_of(repository, tree, edited) ==
          repo.git({"diff-tree", "-r", "-z", "--no-renames", tree.hex(), edited.hex()}));
    tree = edited;
  }
  const auto commit = repository.write_commit(tree, {}, "x\n", gs::Timestamp{});
  CHECK(repo.try_git({"fsck", "--strict", "--no-dangling", commit.hex()}).ok());
}
