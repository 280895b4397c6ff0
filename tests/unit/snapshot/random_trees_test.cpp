#include <array>
#include <cstdlib>
#include <random>

#include "base/process/process.h"
#include "snapshot_fixture.h"

using namespace gs;
using namespace gs::test;

namespace {

// Few names, many collisions: each is a file in one tree and a directory in another.
constexpr std::array<const char*, 14> kPaths{"a",  "a/b", "a/b/c",  "a.b",    "a-b",
                                             "b",  "b/x", "b/y",    "c",      "c/\n",
                                             "-d", "e e", "\xff/q", "f/g/h/i"};

class RandomTree {
 public:
  RandomTree(const TempRepo& repo, unsigned seed) : repo_(repo), random_(seed) {}

  void change(int steps) {
    for (int i = 0; i < steps; ++i) {
      step();
      if (pick(3) == 0) stage();
    }
  }

 private:
  std::size_t pick(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }
  std::string any_path() { return kPaths.at(pick(kPaths.size())); }

  void make_room(const std::string& path) {
    for (auto at = path.find('/'); at != std::string::npos; at = path.find('/', at + 1)) {
      const auto info = file_info(repo_.path(path.substr(0, at)));
      if (info && info->type != FileType::Directory) repo_.remove(path.substr(0, at));
    }
    repo_.remove(path);
    const auto slash = path.rfind('/');
    if (slash != std::string::npos) make_directories(repo_.path(path.substr(0, slash)));
  }

  void step() {
    const std::string path = any_path();
    switch (pick(5)) {
      case 0:
        // Through a link the file of somebody else would go.
        if (const auto slash = path.find('/'); slash != std::string::npos) {
          const auto info = file_info(repo_.path(path.substr(0, slash)));
          if (info && info->type == FileType::Symlink) return;
        }
        repo_.remove(path);
        return;
      case 1:
        make_room(path);
        // Never to itself with names below it: `git status` cannot see through such a loop.
        put_link(repo_, path, pick(2) == 0 ? "-d" : "no/where");
        return;
      default:
        make_room(path);
        std::ofstream(repo_.path(path))
            << std::string(pick(4), static_cast<char>('x' + pick(3))) << (pick(2) == 0 ? "\n" : "");
        if (pick(3) == 0) set_mode(repo_, path, 0755);
    }
  }

  void stage() {
    const std::string path = any_path();
    switch (pick(4)) {
      case 0:
        static_cast<void>(repo_.try_git({"rm", "-rq", "--cached", "--", path}));
        return;
      case 1:
        repo_.git({"add", "-A"});
        return;
      default:
        static_cast<void>(repo_.try_git({"--literal-pathspecs", "add", "-A", "--", path}));
    }
  }

  const TempRepo& repo_;
  std::mt19937 random_;
};

// TEST_ROUNDS and TEST_SEED: more of it, and one tree again.
unsigned number_from(const char* variable, unsigned usual) {
  const auto asked = environment_variable(variable);
  return asked ? static_cast<unsigned>(std::strtoul(asked->c_str(), nullptr, 10)) : usual;
}

}  // namespace

TEST_CASE("git stash apply --index rebuilds any dirty tree") {
  const unsigned first = number_from("TEST_SEED", 1);
  const unsigned rounds = number_from("TEST_ROUNDS", 25);
  for (unsigned seed = first; seed < first + rounds; ++seed) {
    CAPTURE(seed);
    const TempRepo repo;
    RandomTree tree(repo, seed);
    tree.change(12);
    repo.commit_all("base");
    tree.change(static_cast<int>(1 + seed % 9));
    if (status_of(repo.path()).empty()) {
      CHECK(save(repo).reason == "clean");
    } else {
      require_exact_round_trip(repo);
    }
  }
}
