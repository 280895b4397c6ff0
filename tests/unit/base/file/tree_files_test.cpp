#include "base/file/tree_files.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "base/file/open_beneath.h"

namespace gs {
namespace {

// A tree with a file "dir/file", and beside it a directory "outside" with a file "secret".
class Scene {
 public:
  Scene() {
    make_directories(path("tree/dir"));
    make_directories(path("outside"));
    write_file_atomically(path("tree/dir/file"), "inside");
    write_file_atomically(path("outside/secret"), "secret");
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return join_path(directory_.path(), name);
  }
  void link(const std::string& target, const std::string& name) const {
    REQUIRE(::symlink(target.c_str(), path("tree/" + name).c_str()) == 0);
  }
  [[nodiscard]] TreeFiles tree() const { return TreeFiles(path("tree")); }
  [[nodiscard]] std::string secret() const { return read_file(path("outside/secret")); }

 private:
  TemporaryDirectory directory_;
};

template <typename Action>
std::string refusal(Action action) {
  try {
    (void)action();
  } catch (const Error& error) {
    return error.message();
  }
  return "";
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("ordinary files are read, listed and described") {
  const Scene scene;
  const TreeFiles tree = scene.tree();
  CHECK(tree.read(RepoPath("dir/file")) == "inside");
  CHECK_FALSE(tree.read(RepoPath("dir/none")));
  CHECK_FALSE(tree.read(RepoPath("none/file")));
  CHECK_FALSE(tree.read(RepoPath("dir/file/below")));
  CHECK(tree.is_file(RepoPath("dir/file")));
  CHECK(tree.is_directory(RepoPath("dir")));
  CHECK(tree.is_directory(RepoPath()));
  CHECK(tree.info(RepoPath("dir/file"))->size == 6);
  CHECK(tree.list(RepoPath("dir")) == std::vector<std::string>{"file"});
  CHECK(tree.list(RepoPath()) == std::vector<std::string>{"dir"});
  CHECK(tree.list(RepoPath("none")).empty());
  CHECK(tree.below(RepoPath("dir")).read(RepoPath("file")) == "inside");
  CHECK_FALSE(tree.below(RepoPath("none")).exists());
  CHECK(has(refusal([&] { return tree.read(RepoPath("dir")); }), "'dir' is not a regular file"));
}

TEST_CASE("a link is followed in no segment, neither by the kernel nor by us") {
  const Scene scene;
  scene.link("../outside", "linked");
  scene.link("../outside/secret", "dir/link");
  scene.link("dir", "near");
  const UniqueFd top(::open(scene.path("tree").c_str(), kOpenDirectory));
  for (const auto open : {&open_beneath, &open_by_segments}) {
    for (const char* path : {"linked/secret", "dir/link", "near/file", "linked"}) {
      INFO(path);
      CHECK(open(top.get(), path, O_RDONLY | O_NOFOLLOW, 0) == -1);
      CHECK(errno == ELOOP);
    }
    CHECK(open(top.get(), "near", kOpenDirectory, 0) == -1);
    CHECK(errno == ELOOP);
    CHECK(open(top.get(), "dir/none", O_RDONLY, 0) == -1);
    CHECK(errno == ENOENT);
    CHECK(open(top.get(), "dir/file/x", O_RDONLY, 0) == -1);
    CHECK(errno == ENOTDIR);
    const UniqueFd file(open(top.get(), "dir/file", O_RDONLY, 0));
    CHECK(file.valid());
    const UniqueFd itself(open(top.get(), "", kOpenDirectory, 0));
    CHECK(itself.valid());
  }
}

TEST_CASE("a refused link is named, and absent only if nothing is behind it") {
  const Scene scene;
  scene.link("../outside", "linked");
  scene.link("../outside/secret", "dir/link");
  scene.link("nowhere", "dangling");
  const TreeFiles tree = scene.tree();
  CHECK(refusal([&] { return tree.read(RepoPath("dir/link")); }) ==
        "'dir/link' is a symbolic link, which is not followed");
  CHECK(refusal([&] { return tree.read(RepoPath("linked/secret")); }) ==
        "'linked' is a symbolic link, which is not followed: cannot read 'linked/secret'");
  CHECK(has(refusal([&] { return tree.info(RepoPath("linked/secret")); }), "'linked' is a"));
  CHECK(has(refusal([&] { return tree.list(RepoPath("linked")); }), "'linked' is a symbolic link"));
  CHECK(has(refusal([&] { return tree.read(RepoPath("dangling")); }), "'dangling' is a symbolic"));
  CHECK_FALSE(tree.read(RepoPath("linked/none")));
  CHECK_FALSE(tree.info(RepoPath("linked/none")));
  CHECK(tree.info(RepoPath("dir/link"))->type == FileType::Symlink);
}

TEST_CASE("a file that may be a link leads to another one of the tree") {
  const Scene scene;
  scene.link("dir/file", "near");
  scene.link("near", "twice");
  scene.link("../near", "dir/up");
  scene.link(scene.path("tree/dir/file"), "absolute");
  scene.link("../outside/secret", "far");
  scene.link("loop", "loop");
  scene.link("gone", "dangling");
  scene.link("dir", "linked");
  scene.link("linked/file", "through");
  scene.link(".git/config", "git");
  const TreeFiles tree = scene.tree();
  for (const char* path : {"dir/file", "near", "twice", "dir/up", "absolute"}) {
    INFO(path);
    CHECK(tree.read_linked(RepoPath(path)) == "inside");
    CHECK(tree.follow(RepoPath(path)) == RepoPath("dir/file"));
  }
  CHECK_FALSE(tree.read_linked(RepoPath("dangling")));
  CHECK(refusal([&] { return tree.read_linked(RepoPath("far")); }) ==
        "'far' is a symbolic link that leaves the work tree");
  CHECK_FALSE(tree.read_linked(RepoPath("loop")));
  CHECK(has(refusal([&] { return tree.read_linked(RepoPath("through")); }), "'linked' is a"));
  CHECK(has(refusal([&] { return tree.read_linked(RepoPath("git")); }), "'.git'"));
}

TEST_CASE("what is not a regular file is refused without waiting") {
  const Scene scene;
  REQUIRE(::mkfifo(scene.path("tree/fifo").c_str(), 0600) == 0);
  const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = scene.path("tree/socket");
  std::strncpy(address.sun_path, name.c_str(), sizeof address.sun_path - 1);
  REQUIRE(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  const TreeFiles tree = scene.tree();
  for (const char* path : {"fifo", "socket"}) {
    INFO(path);
    const std::string wanted = "'" + std::string(path) + "' is not a regular file";
    const RepoPath file((std::string(path)));
    CHECK(refusal([&] { return tree.read(file); }) == wanted);
    CHECK(refusal([&] {
            tree.append(file, "x\n");
            return 0;
          }) == wanted);
    CHECK(refusal([&] { return tree.entry(file).mode(); }) == wanted);
  }
}

TEST_CASE("a file above its limit is not read") {
  const Scene scene;
  const std::string file = scene.path("tree/large");
  write_file_atomically(file, "");
  REQUIRE(::truncate(file.c_str(), 1 << 20) == 0);
  CHECK(scene.tree().read(RepoPath("large"))->size() == 1 << 20);
  REQUIRE(::truncate(file.c_str(), (1 << 20) + 1) == 0);
  CHECK(refusal([&] { return scene.tree().read(RepoPath("large")); }) ==
        "'large' is larger than 1 MiB: not read");
  CHECK(scene.tree().read(RepoPath("large"), FileLimit::Note)->size() == (1 << 20) + 1);
}

TEST_CASE("git's own directory is refused in every spelling") {
  const Scene scene;
  const TreeFiles tree = scene.tree();
  for (const char* path : {".git/config", ".GIT/config", "dir/git~1/x", ".g\u200cit/config",
                           "dir/../file", "/dir", "dir//file"}) {
    INFO(path);
    const RepoPath file((std::string(path)));
    CHECK_FALSE(refusal([&] { return tree.read(file); }).empty());
    CHECK_FALSE(refusal([&] { return tree.info(file); }).empty());
    CHECK_FALSE(refusal([&] {
                  tree.append(file, "x\n");
                  return 0;
                }).empty());
  }
  CHECK(tree.list(RepoPath()) == std::vector<std::string>{"dir"});
}

TEST_CASE("writing makes directories, keeps the mode, and follows nothing") {
  const Scene scene;
  scene.link("../outside", "linked");
  scene.link("../outside/secret", "dir/link");
  const TreeFiles tree = scene.tree();
  tree.append(RepoPath("new/deep/log"), "one\n");
  tree.append(RepoPath("new/deep/log"), "two\n");
  CHECK(tree.read(RepoPath("new/deep/log")) == "one\ntwo\n");
  REQUIRE(::chmod(scene.path("tree/dir/file").c_str(), 0751) == 0);
  tree.entry(RepoPath("dir/file")).write("changed");
  CHECK(tree.read(RepoPath("dir/file")) == "changed");
  CHECK(tree.entry(RepoPath("dir/file")).mode() == 0751U);
  for (const char* path : {"linked/secret", "linked/new", "dir/link"}) {
    INFO(path);
    const RepoPath file((std::string(path)));
    CHECK(has(refusal([&] {
                tree.append(file, "x\n");
                return 0;
              }),
              "is a symbolic link"));
    CHECK(has(refusal([&] {
                tree.entry(file).write("x");
                return 0;
              }),
              "is a symbolic link"));
  }
  CHECK(has(refusal([&] {
              tree.remove(RepoPath("linked/secret"));
              return 0;
            }),
            "'linked' is a"));
  CHECK(scene.secret() == "secret");
  CHECK_FALSE(file_info(scene.path("outside/new")));
  tree.remove(RepoPath("new/deep/log"));
  tree.remove(RepoPath("new/deep/none"));
  tree.remove_empty_directories(RepoPath("new/deep/log"));
  CHECK_FALSE(tree.info(RepoPath("new")));
  tree.remove(RepoPath("none/at/all"));
}

TEST_CASE("a directory that is swapped for a link afterwards is not written through") {
  const Scene scene;
  const TreeFiles tree = scene.tree();
  const WritableFile file = tree.entry(RepoPath("dir/file"));
  REQUIRE(::rename(scene.path("tree/dir").c_str(), scene.path("tree/old").c_str()) == 0);
  scene.link("../outside", "dir");
  file.write("changed");
  CHECK(tree.read(RepoPath("old/file")) == "changed");
  CHECK_FALSE(file_info(scene.path("outside/file")));
}

TEST_CASE("a repository of its own is not written into") {
  const Scene scene;
  make_directories(scene.path("tree/sub/below"));
  write_file_atomically(scene.path("tree/sub/.git"), "gitdir: elsewhere\n");
  CHECK(refusal([&] {
          scene.tree().append(RepoPath("sub/below/log"), "x\n");
          return 0;
        }) == "'sub' is a repository of its own: cannot write 'sub/below/log'");
}

TEST_CASE("a vault is a tree of its own, and a place outside is an ordinary file") {
  const Scene scene;
  const std::string vault = scene.path("outside");
  REQUIRE(::symlink("../tree", join_path(vault, "40-learnings").c_str()) == 0);
  const TreeFiles tree = scene.tree();
  CHECK(tree.read(FilePlace::in_vault(vault, RepoPath("secret"))) == "secret");
  const FilePlace linked = FilePlace::in_vault(vault, RepoPath("40-learnings/x.md"));
  CHECK(has(refusal([&] {
              tree.append(linked, "x\n");
              return 0;
            }),
            "'40-learnings' is a symbolic"));
  const FilePlace note = FilePlace::in_vault(vault, RepoPath("50-sessions/a/b.md"));
  tree.append(note, "x\n");
  CHECK(tree.read(note) == "x\n");
  CHECK(note.parent()->parent()->bytes() == vault + "/50-sessions");
  CHECK_FALSE(note.parent()->parent()->parent());
  tree.remove(note);
  tree.remove_empty_directories(note);
  CHECK_FALSE(file_info(join_path(vault, "50-sessions")));

  const FilePlace own = FilePlace::outside(scene.path("private/log"));
  CHECK_FALSE(tree.read(own));
  tree.append(own, "x\n");
  CHECK(tree.read(own) == "x\n");
  tree.remove(own);
  CHECK_FALSE(tree.info(own));
}

}  // namespace
}  // namespace gs
