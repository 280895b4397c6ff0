#include "git/push_destination.h"

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <map>

#include "base/file/file.h"
#include "support/temp_repo.h"

using namespace gs;
using namespace gs::git;
using gs::test::TempRepo;

namespace {

constexpr const char* kBranches = "refs/heads/";

// A repository with the remotes origin and backup, in which branch topic is one commit ahead of
// main. What `git push` does is seen from the refs of the remotes that have that commit afterwards.
struct Remotes {
  TempRepo repo;
  TemporaryDirectory parent;
  std::string base;
  std::string tip;

  Remotes() {
    repo.write("a", "a");
    base = repo.commit_all("base");
    repo.git({"checkout", "-q", "-b", "topic"});
    repo.write("a", "b");
    tip = repo.commit_all("work");
    for (const char* name : {"origin", "backup"}) repo.git({"init", "-q", "--bare", bare(name)});
  }

  [[nodiscard]] std::string bare(const std::string& remote) const {
    return join_path(parent.path(), remote + ".git");
  }

  // Both remotes have main, and topic as it was before the work if `has_topic`.
  void begin(const std::string& config, bool has_topic) {
    for (const char* remote : {"origin", "backup"}) {
      const std::filesystem::path heads = join_path(bare(remote), "refs");
      std::filesystem::remove_all(heads);
      std::filesystem::create_directories(heads / "heads");
      if (!std::filesystem::exists(join_path(bare(remote), "objects/info/alternates")))
        write(join_path(bare(remote), "objects/info/alternates"), repo.path(".git/objects") + "\n");
      for (const char* branch : {"main", "topic"}) {
        const std::string tracking = ".git/refs/remotes/" + std::string(remote) + "/" + branch;
        std::filesystem::remove(repo.path(tracking));
        if (std::string(branch) == "topic" && !has_topic) continue;
        write((heads / "heads" / branch).string(), base + "\n");
        write(repo.path(tracking), base + "\n");
      }
    }
    std::string text = "[core]\n\trepositoryformatversion = 0\n[user]\n\tname = A\n\temail = a@b\n";
    for (const std::string remote : {"origin", "backup"}) {
      text += "[remote \"" + remote + "\"]\n\turl = " + bare(remote) +
              "\n\tfetch = +refs/heads/*:refs/remotes/" + remote + "/*\n";
    }
    write(repo.path(".git/config"), text + config);
  }

  static void write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    write_file_unsynced(path, text);
  }

  // "origin refs/heads/topic"; several on several lines.
  [[nodiscard]] std::string pushed() const {
    std::string where;
    for (const char* remote : {"origin", "backup"}) {
      const std::string refs = join_path(bare(remote), "refs");
      for (const auto& file : std::filesystem::recursive_directory_iterator(refs)) {
        if (!file.is_regular_file() || read_file(file.path().string()) != tip + "\n") continue;
        where += (where.empty() ? "" : "\n") + std::string(remote) + " refs/" +
                 std::filesystem::relative(file.path(), refs).string();
      }
    }
    return where;
  }

  // What is said of it, and that it is what git does.
  PushDestination compare(const std::optional<std::string>& remote = {}) const {
    const Repository repository = Repository::open(repo.path());
    PushDestination to =
        push_destination(repository, read_all_config(repository.git()), "topic", remote);
    std::vector<std::string> args{"push", "-q"};
    if (remote) args.push_back(*remote);
    const std::string merge_before = upstream();
    (void)repo.try_git(args);
    CHECK(pushed() == (to.ref.empty() ? "" : to.remote + " " + to.ref));
    CHECK(to.ref.empty() != to.refusal.empty());
    CHECK((upstream() != merge_before) == to.sets_upstream);
    return to;
  }

  [[nodiscard]] std::string upstream() const {
    return repo.try_git({"config", "--get-all", "branch.topic.merge"}).out;
  }
};

struct Cell {
  std::string said, config;
};

}  // namespace

TEST_CASE_FIXTURE(Remotes, "a branch goes where git push takes it, whatever is configured") {
  const std::array defaults{
      Cell{"unset", ""},
      Cell{"nothing", "[push]\n\tdefault = nothing\n"},
      Cell{"current", "[push]\n\tdefault = current\n"},
      Cell{"upstream", "[push]\n\tdefault = upstream\n"},
      Cell{"tracking", "[push]\n\tdefault = tracking\n"},
      Cell{"simple", "[push]\n\tdefault = simple\n"},
      Cell{"matching", "[push]\n\tdefault = matching\n"},
  };
  const std::string branch = "[branch \"topic\"]\n\tremote = ";
  const std::array upstreams{
      Cell{"absent", ""},
      Cell{"same name", branch + "origin\n\tmerge = refs/heads/topic\n"},
      Cell{"other name", branch + "origin\n\tmerge = refs/heads/main\n"},
      Cell{"other remote", branch + "backup\n\tmerge = refs/heads/topic\n"},
      Cell{"remote only", branch + "backup\n"},
      Cell{"two", branch + "origin\n\tmerge = refs/heads/topic\n\tmerge = refs/heads/main\n"},
  };
  const std::array triangles{
      Cell{"none", ""},
      Cell{"pushRemote", "[branch \"topic\"]\n\tpushRemote = backup\n"},
      Cell{"pushDefault", "[remote]\n\tpushDefault = backup\n"},
  };
  std::vector<Cell> setups{Cell{"unset", ""}};
  const Cell automatic{"true", "[push]\n\tautoSetupRemote = true\n"};
  begin(automatic.config, false);
  // Git before 2.38 does not know it.
  if (repo.try_git({"push", "-q"}).ok()) setups.push_back(automatic);
  for (const Cell& how : defaults) {
    for (const Cell& upstream : upstreams) {
      for (const Cell& triangle : triangles) {
        for (const Cell& setup : setups) {
          for (const bool is_new : {false, true}) {
            // What makes no difference there is tried once.
            if (setup.said == "true" && upstream.said != "absent" && !is_new) continue;
            CAPTURE("push.default " + how.said + ", upstream " + upstream.said + ", triangular " +
                    triangle.said + ", autoSetupRemote " + setup.said +
                    (is_new ? ", new" : ", known"));
            begin(how.config + upstream.config + triangle.config + setup.config, !is_new);
            (void)compare();
          }
        }
      }
    }
  }
}

TEST_CASE_FIXTURE(Remotes, "refspecs of the remote go before push.default") {
  for (const char* refspecs :
       {"refs/heads/*:refs/heads/*", "+refs/heads/*:refs/heads/kim/*", "refs/heads/*", "HEAD",
        "HEAD:refs/for/main", "@:refs/for/main", "topic", "topic:review", "heads/topic:review",
        "refs/heads/topic:refs/heads/review", "refs/heads/to*:refs/heads/x*y", "main", "main:topic",
        "refs/heads/ma*:refs/heads/ma*", ":", "+:", "refs/heads/*\n\tpush = ^refs/heads/topic",
        "main\n\tpush = HEAD:refs/heads/second", "refs/tags/*:refs/tags/*"}) {
    for (const bool is_new : {false, true}) {
      CAPTURE(refspecs);
      CAPTURE(is_new);
      begin("[push]\n\tdefault = nothing\n[remote \"origin\"]\n\tpush = " + std::string(refspecs) +
                "\n",
            !is_new);
      (void)compare();
    }
  }
}

TEST_CASE_FIXTURE(Remotes, "a remote that is named is as git push with that name") {
  for (const char* how : {"simple", "upstream", "current"}) {
    for (const char* remote : {"origin", "backup"}) {
      CAPTURE(how);
      CAPTURE(remote);
      begin("[push]\n\tdefault = " + std::string(how) +
                "\n[remote]\n\tpushDefault = backup\n[branch \"topic\"]\n\tremote = origin\n"
                "\tmerge = refs/heads/main\n",
            false);
      CHECK(compare(remote).remote == remote);
    }
  }
}

TEST_CASE_FIXTURE(Remotes, "without a remote of the branch it is the only one, else origin") {
  const Repository repository = Repository::open(repo.path());
  const auto remote = [&] {
    return push_destination(repository, read_all_config(repository.git()), "topic").remote;
  };
  repo.git({"remote", "add", "upstream", "/nowhere"});
  CHECK(remote() == "upstream");
  repo.git({"remote", "add", "fork/of.kim", "/nowhere"});
  CHECK(remote() == "origin");
  repo.git({"config", "remote.pushDefault", "fork/of.kim"});
  CHECK(remote() == "fork/of.kim");
  CHECK(remote_names(read_all_config(repository.git())) ==
        std::vector<std::string>{"upstream", "fork/of.kim"});
  repo.git({"config", "branch.topic.pushRemote", "https://example.org/x.git"});
  CHECK(remote() == "https://example.org/x.git");
}

TEST_CASE_FIXTURE(Remotes, "a branch that follows a local one is not pushed into it") {
  begin("[push]\n\tdefault = upstream\n[branch \"topic\"]\n\tremote = .\n\tmerge = refs/heads/x\n",
        false);
  const Repository repository = Repository::open(repo.path());
  const PushDestination to =
      push_destination(repository, read_all_config(repository.git()), "topic");
  CHECK(to.remote == "origin");
  CHECK(to.ref.empty());
  CHECK(to.refusal == "its upstream is a branch of this repository");
}

TEST_CASE_FIXTURE(Remotes, "to a mirror a branch goes under its own name") {
  begin("[push]\n\tdefault = nothing\n[remote \"origin\"]\n\tmirror = true\n", false);
  const Repository repository = Repository::open(repo.path());
  const std::vector<ConfigValue> config = read_all_config(repository.git());
  CHECK(is_push_mirror(config, "origin"));
  CHECK_FALSE(is_push_mirror(config, "backup"));
  CHECK(push_destination(repository, config, "topic").ref == std::string(kBranches) + "topic");
}
