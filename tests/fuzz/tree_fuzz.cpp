#include <git2.h>

#include <filesystem>

#include "base/file/file.h"
#include "fuzz.h"
#include "git/repository.h"

// A tree object of any bytes: read, listed, compared and edited, or refused.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gs;
  static const TemporaryDirectory place;
  static git_odb* const objects = [] {
    git_libgit2_init();
    git_repository* repository = nullptr;
    git_odb* odb = nullptr;
    fuzz::require(git_repository_init(&repository, place.path().c_str(), 0) == 0);
    fuzz::require(git_repository_odb(&odb, repository) == 0);
    return odb;
  }();
  git_oid written{};
  fuzz::require(git_odb_write(&written, objects, data, size, GIT_OBJECT_TREE) == 0);
  char hex[2 * git::ObjectId::kSize + 1] = {};
  git_oid_tostr(hex, sizeof hex, &written);
  const auto tree = git::ObjectId::parse(std::string_view(hex));
  fuzz::require(tree.has_value());
  static const git::Repository repository = git::Repository::open(place.path());
  const git::TreeEntry file{git::FileMode::Regular, repository.write_blob("a\n")};
  fuzz::allow_error([&] { (void)repository.list_tree(*tree); });
  fuzz::allow_error([&] { (void)repository.diff_trees(git::Repository::empty_tree(), *tree); });
  fuzz::allow_error([&] { (void)repository.tree_entry(*tree, RepoPath("a/b")); });
  fuzz::allow_error([&] {
    const git::ObjectId edited =
        repository.edit_tree(*tree, {{RepoPath("a/b"), file}, {RepoPath("z"), {}}});
    fuzz::require(repository.tree_entry(edited, RepoPath("a/b")) == file);
  });
  return 0;
}
