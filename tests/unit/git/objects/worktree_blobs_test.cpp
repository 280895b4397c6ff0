#include "git/objects/worktree_blobs.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "git/index/staging.h"
#include "git/status/status.h"
#include "support/scoped_environment.h"
#include "support/temp_repo.h"

using gs::RepoPath;
using gs::git::FileMode;
using gs::git::ObjectId;
using gs::git::Repository;
using gs::git::TreeEntry;
using gs::git::WorktreeFile;
using gs::test::ScopedEnvironment;
using gs::test::TempRepo;

namespace {

using Entries = std::vector<std::optional<TreeEntry>>;

std::vector<WorktreeFile> files_of(const std::vector<std::string>& names) {
  std::vector<WorktreeFile> files;
  for (const std::string& name : names) files.push_back({RepoPath(name), FileMode::None});
  return files;
}

// Stores `names` in three ways, which have to agree: ours, ours without storing, and `git add`.
Entries store_as_git_add(const TempRepo& repo, const std::vector<std::string>& names) {
  const auto repository = Repository::open(repo.path());
  const Entries hashed = gs::git::hash_worktree_files(repository, files_of(names));
  const Entries stored = gs::git::store_worktree_files(repository, files_of(names));
  CHECK(hashed == stored);
  for (const auto& entry : stored) {
    if (entry) CHECK(repo.try_git({"cat-file", "-e", entry->oid.hex()}).ok());
  }
  std::vector<RepoPath> paths;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!stored[i]) continue;
    repo.git({"--literal-pathspecs", "-c", "core.safecrlf=false", "add", "--", names[i]});
    CAPTURE(names[i]);
    const TreeEntry added = gs::git::index_entries(repository, {RepoPath(names[i])})[0];
    CHECK(added.oid.hex() == stored[i]->oid.hex());
    CHECK(format_mode(added.mode) == format_mode(stored[i]->mode));
  }
  return stored;
}

void make_link(const TempRepo& repo, const std::string& target, const std::string& name) {
  REQUIRE(symlink(target.c_str(), repo.path(name).c_str()) == 0);
}

}  // namespace

TEST_CASE("plain files of any name and content are stored as git add stores them") {
  TempRepo repo;
  repo.write("a", "1\n");
  repo.write("dir/crlf", "1\r\n2\r\n");
  repo.write("odd \"\n\xff name", std::string("\0binary\xff", 8));
  repo.write("empty", "");
  repo.write("run", "#!/bin/sh\n");
  REQUIRE(chmod(repo.path("run").c_str(), 0755) == 0);
  make_link(repo, "nowhere/\xff", "link");
  const auto entries =
      store_as_git_add(repo, {"a", "dir/crlf", "odd \"\n\xff name", "empty", "run", "link"});
  CHECK(entries[4]->mode == FileMode::Executable);
  CHECK(entries[5]->mode == FileMode::Symlink);
  CHECK(repo.git({"cat-file", "blob", entries[1]->oid.hex()}) == "1\r\n2\r");
}

TEST_CASE("where nothing storable stands, there is no entry") {
  TempRepo repo;
  repo.write("dir/a", "1\n");
  repo.git({"init", "-q", "nested"});
  REQUIRE(mkfifo(repo.path("pipe").c_str(), 0666) == 0);
  make_link(repo, "dir", "link");
  make_link(repo, repo.path("dir"), "dir/up");
  const auto entries = gs::git::store_worktree_files(
      Repository::open(repo.path()),
      files_of({"none", "dir", "pipe", "link/a", "dir/a/below", "none/a", "nested", "dir/up/a"}));
  for (const auto& entry : entries) CHECK_FALSE(entry);
}

TEST_CASE("large files pass through in pieces") {
  TempRepo repo;
  std::string content;
  for (int i = 0; content.size() < (9U << 20U); ++i) content += std::to_string(i) + '\n';
  repo.write("large", content);
  repo.write("large-crlf", content + "\r\n");
  const auto entries = store_as_git_add(repo, {"large", "large-crlf"});
  CHECK(entries[0]->oid == Repository::hash_blob(content));
  repo.git({"config", "core.autocrlf", "true"});
  repo.git({"rm", "-q", "--cached", "large-crlf"});
  const auto converted = store_as_git_add(repo, {"large", "large-crlf"});
  CHECK(converted[1]->oid == Repository::hash_blob(content + "\n"));
}

TEST_CASE("line endings are converted as git add converts them") {
  TempRepo repo;
  repo.write("committed", "1\r\n2\r\n");
  repo.commit_all("with carriage returns");
  repo.write("committed", "1\r\n2\r\n3\r\n");
  repo.write("new", "1\r\n2\r\n");
  repo.write("lf", "1\n2\n");
  repo.write("binary", std::string("1\r\n\0", 4));
  repo.write("dir/x.txt", "1\r\n");
  repo.write("dir/x.keep", "1\r\n");
  const std::vector<std::string> names{"committed", "new",       "lf",
                                       "binary",    "dir/x.txt", "dir/x.keep"};
  SUBCASE("core.autocrlf") {
    repo.git({"config", "core.autocrlf", "true"});
    repo.git({"config", "core.safecrlf", "true"});
    const auto entries = store_as_git_add(repo, names);
    CHECK(entries[0]->oid == Repository::hash_blob("1\r\n2\r\n3\r\n"));  // it was so in the index
    CHECK(entries[1]->oid == Repository::hash_blob("1\n2\n"));
  }
  SUBCASE("core.autocrlf=input") {
    repo.git({"config", "core.autocrlf", "input"});
  }
  SUBCASE("text=auto") {
    repo.write(".gitattributes", "* text=auto\n");
  }
  SUBCASE("text, by pattern") {
    repo.write(".gitattributes", "*.txt text\ncommitted eol=lf\n*.keep -text\n");
    CHECK(store_as_git_add(repo, names)[4]->oid == Repository::hash_blob("1\n"));
  }
  SUBCASE("in a directory's own file") {
    repo.write("dir/.gitattributes", "/x.* text\n");
  }
  SUBCASE("by a pattern with slashes") {
    repo.write(".gitattributes", "d*/*.txt text\n");
  }
  SUBCASE("by a quoted pattern") {
    repo.write(".gitattributes", "\"new\" text\n");
  }
  SUBCASE("by a macro") {
    repo.write(".gitattributes", "[attr]mine text\nnew mine\n");
  }
  SUBCASE("by info/attributes") {
    repo.write(".git/info/attributes", "new text\n");
  }
  SUBCASE("by core.attributesFile") {
    repo.write("attributes", "new text\n");
    repo.git({"config", "core.attributesFile", repo.path("attributes")});
    CHECK(store_as_git_add(repo, names)[1]->oid == Repository::hash_blob("1\n2\n"));
  }
  SUBCASE("by the user's attributes") {
    const std::string file = gs::join_path(*gs::environment_variable("HOME"), "user-attributes");
    gs::write_file_atomically(file, "new text\n");
    repo.git({"config", "core.attributesFile", "~/user-attributes"});
    CHECK(store_as_git_add(repo, names)[1]->oid == Repository::hash_blob("1\n2\n"));
  }
  static_cast<void>(store_as_git_add(repo, names));
}

TEST_CASE("configuration of the environment counts") {
  TempRepo repo;
  repo.write("new", "1\r\n");
  const ScopedEnvironment count("GIT_CONFIG_COUNT", "1");
  const ScopedEnvironment key("GIT_CONFIG_KEY_0", "core.autocrlf");
  const ScopedEnvironment value("GIT_CONFIG_VALUE_0", "true");
  CHECK(store_as_git_add(repo, {"new"})[0]->oid == Repository::hash_blob("1\n"));
}

TEST_CASE("attributes that the work tree lacks but the index has still count") {
  TempRepo repo;
  repo.write("dir/.gitattributes", "*.txt text\n");
  repo.write("dir/other", "1\n");
  repo.commit_all("first");
  repo.remove("dir/.gitattributes");
  repo.write("dir/x.txt", "1\r\n");
  CHECK(store_as_git_add(repo, {"dir/x.txt"})[0]->oid == Repository::hash_blob("1\n"));
}

TEST_CASE("filters, $Id$ and encodings are git's business") {
  TempRepo repo;
  repo.git({"config", "filter.upper.clean", "tr a-z A-Z"});
  repo.git({"config", "filter.broken.clean", "false"});
  repo.write(".gitattributes",
             "*.up filter=upper\n*.id ident\n*.utf16 working-tree-encoding=UTF-16LE text\n"
             "*.none filter=unconfigured\n*.broken filter=broken\n");
  repo.write("a.up", "text\n");
  repo.write("odd\n\xff.up", "odd\n");
  repo.write("b.id", "$Id: 123 $\n");
  repo.write("c.utf16", std::string("h\0i\0\n\0", 6));
  repo.write("d.none", "raw\n");
  repo.write("e.broken", "kept\n");
  repo.write("plain", "plain\n");
  const auto entries = store_as_git_add(
      repo, {"a.up", "odd\n\xff.up", "b.id", "c.utf16", "d.none", "e.broken", "plain"});
  CHECK(entries[0]->oid == Repository::hash_blob("TEXT\n"));
  CHECK(entries[1]->oid == Repository::hash_blob("ODD\n"));
  CHECK(entries[2]->oid == Repository::hash_blob("$Id$\n"));
  CHECK(entries[3]->oid == Repository::hash_blob("hi\n"));
  CHECK(entries[5]->oid == Repository::hash_blob("kept\n"));
}

TEST_CASE("a required filter that fails is an error that names the file") {
  TempRepo repo;
  repo.git({"config", "filter.broken.clean", "false"});
  repo.git({"config", "filter.broken.required", "true"});
  repo.write(".gitattributes", "*.broken filter=broken\n");
  repo.write("some file.broken", "x\n");
  try {
    static_cast<void>(gs::git::store_worktree_files(Repository::open(repo.path()),
                                                    files_of({"some file.broken"})));
    FAIL("stored");
  } catch (const gs::Error& error) {
    CHECK(error.message().find("some file.broken") != std::string::npos);
  }
}

TEST_CASE("hashing alone stores nothing, filtered or not") {
  TempRepo repo;
  repo.git({"config", "filter.upper.clean", "tr a-z A-Z"});
  repo.write(".gitattributes", "*.up filter=upper\n");
  repo.write("a.up", "filtered\n");
  repo.write("b", "plain\n");
  const auto entries =
      gs::git::hash_worktree_files(Repository::open(repo.path()), files_of({"a.up", "b"}));
  CHECK(entries[0]->oid == Repository::hash_blob("FILTERED\n"));
  for (const auto& entry : entries) {
    CHECK_FALSE(repo.try_git({"cat-file", "-e", entry->oid.hex()}).ok());
  }
}

TEST_CASE("where modes cannot be trusted, what was tracked stays") {
  TempRepo repo;
  repo.git({"config", "core.fileMode", "false"});
  repo.write("a", "1\n");
  REQUIRE(chmod(repo.path("a").c_str(), 0755) == 0);
  const auto repository = Repository::open(repo.path());
  const auto mode_of = [&](FileMode tracked) {
    return gs::git::store_worktree_files(repository, {{RepoPath("a"), tracked}})[0]->mode;
  };
  CHECK(mode_of(FileMode::None) == FileMode::Regular);
  CHECK(mode_of(FileMode::Regular) == FileMode::Regular);
  CHECK(mode_of(FileMode::Executable) == FileMode::Executable);
  CHECK(mode_of(FileMode::Symlink) == FileMode::Regular);
}

TEST_CASE("where links cannot be made, a tracked link stays one") {
  TempRepo repo;
  repo.git({"config", "core.symlinks", "false"});
  repo.write("link", "target");
  const auto entries = gs::git::store_worktree_files(Repository::open(repo.path()),
                                                     {{RepoPath("link"), FileMode::Symlink}});
  CHECK(entries[0]->mode == FileMode::Symlink);
  CHECK(entries[0]->oid == Repository::hash_blob("target"));
}

TEST_CASE("a gitlink is the commit that is checked out in it") {
  TempRepo library;
  const std::string first = library.commit_all("library");
  TempRepo repo;
  repo.git({"submodule", "add", "-q", library.path(), "lib"});
  repo.commit_all("with a submodule");
  const auto repository = Repository::open(repo.path());
  const std::vector<WorktreeFile> files{{RepoPath("lib"), FileMode::Gitlink}};
  auto entries = gs::git::store_worktree_files(repository, files);
  CHECK(entries[0]->mode == FileMode::Gitlink);
  CHECK(entries[0]->oid.hex() == first);
  const ScopedEnvironment git_dir("GIT_DIR", repo.path(".git"));
  const ScopedEnvironment work_tree("GIT_WORK_TREE", repo.path());
  CHECK(gs::git::store_worktree_files(repository, files)[0]->oid.hex() == first);
  repo.remove("lib");
  gs::make_directories(repo.path("lib"));
  CHECK_FALSE(gs::git::store_worktree_files(repository, files)[0]);
}

TEST_CASE("filtered files of an unmerged index and of a split one are stored") {
  TempRepo repo;
  repo.write(".gitattributes", "* text=auto\n");
  repo.write("a", "base\n");
  repo.commit_all("base");
  repo.git({"update-index", "--split-index"});
  repo.git({"checkout", "-q", "-b", "side"});
  repo.write("a", "theirs\n");
  repo.commit_all("side");
  repo.git({"checkout", "-q", "main"});
  repo.write("a", "ours\n");
  repo.commit_all("main");
  CHECK_FALSE(repo.try_git({"merge", "side"}).ok());
  repo.write("a", "mine\r\n");
  const auto entries =
      gs::git::store_worktree_files(Repository::open(repo.path()), files_of({"a"}));
  CHECK(entries[0]->oid == Repository::hash_blob("mine\n"));
}

TEST_CASE("a large tree, which two threads look at and store, is what git makes of it") {
  TempRepo repo;
  const auto name = [](int i) {
    return "d" + std::to_string(i % 11) + "/e" + std::to_string(i % 7) + "/file" +
           std::to_string(i);
  };
  for (int i = 0; i < 1200; ++i) repo.write(name(i), std::to_string(i) + "\n");
  const ObjectId before = *ObjectId::parse(repo.commit_all("first"));
  for (int i = 0; i < 1200; i += 6) repo.write(name(i), "changed " + std::to_string(i) + "\n");
  for (int i = 0; i < 20; ++i) repo.write("new/" + std::to_string(i), std::to_string(i) + "\n");
  const auto repository = Repository::open(repo.path());

  const auto ours = gs::git::read_status_in_process(repository);
  const auto theirs = gs::git::read_status_with_git(repository);
  REQUIRE(ours);
  CHECK(ours->entries.size() == 200);
  CHECK(ours->entries.size() == theirs.entries.size());
  CHECK(ours->untracked == theirs.untracked);

  std::vector<WorktreeFile> files;
  for (const auto& entry : ours->entries) files.push_back({entry.path, entry.index.mode});
  for (const auto& path : ours->untracked) files.push_back({path, FileMode::None});
  const auto stored = gs::git::store_worktree_files(repository, files);
  std::vector<gs::git::TreeEdit> edits;
  for (std::size_t i = 0; i < files.size(); ++i) {
    REQUIRE(stored[i]);
    edits.push_back({files[i].path, *stored[i]});
  }
  const ObjectId tree = repository.edit_tree(repository.commit(before).tree, edits);
  repo.git({"add", "-A"});
  CHECK(tree.hex() == repo.git({"write-tree"}));
  CHECK(repo.try_git({"fsck", "--strict", "--no-dangling"}).ok());
}

TEST_CASE("an object that a power loss has left empty is stored again") {
  TempRepo repo;
  repo.write("small", "small\n");
  repo.write("large", std::string(5U << 20U, 'x'));  // goes through libgit2
  const auto files = files_of({"small", "large"});
  const Entries stored = gs::git::store_worktree_files(Repository::open(repo.path()), files);
  for (const auto& entry : stored) {
    const std::string hex = entry->oid.hex();
    const std::string object =
        repo.path() + "/.git/objects/" + hex.substr(0, 2) + '/' + hex.substr(2);
    REQUIRE(::chmod(object.c_str(), 0644) == 0);
    REQUIRE(::truncate(object.c_str(), 0) == 0);
    REQUIRE_FALSE(repo.try_git({"cat-file", "-p", hex}).ok());
  }
  CHECK(gs::git::store_worktree_files(Repository::open(repo.path()), files) == stored);
  for (const auto& entry : stored) CHECK(repo.try_git({"cat-file", "blob", entry->oid.hex()}).ok());
}
