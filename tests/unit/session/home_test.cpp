#include "session/home.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <set>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::TempRepo;

namespace {

bool tracked(const TempRepo& repo, const std::vector<config::Setting>& settings = {}) {
  config::Layer layer;
  layer.settings = settings;
  return is_tracked_by_default(repo.path(), config::resolve({config::default_layer(), layer}));
}

config::Setting records(const std::string& value) {
  return {"records", Json(value), {}};
}

}  // namespace

TEST_CASE("an id's file name is not a path, no hidden file and no name of a directory above") {
  CHECK(file_name_of("main-2026-03-02-0800") == "main-2026-03-02-0800");
  CHECK(file_name_of("v1.2_x") == "v1.2_x");
  CHECK(file_name_of(".") == "%2e");
  CHECK(file_name_of("..") == "%2e.");
  CHECK(file_name_of(".hidden") == "%2ehidden");
  CHECK(file_name_of("../../x") == "%2e.%2f..%2fx");
  CHECK(file_name_of("a b\n\xff%") == "a%20b%0a%ff%25");
  CHECK(file_name_of(std::string("a\0b", 3)) == "a%00b");
}

TEST_CASE("no two ids share a file name") {
  const std::vector<std::string> ids = {"a",    ".",  "..",  "%2e", "%2E", "%252e", "a/b",
                                        "a%b",  "ab", "a b", "a_b", "a-b", "a%2fb", "a\n",
                                        "a\\n", "ä",  "a.",  ".a",  " a"};
  std::set<std::string> names;
  for (const std::string& id : ids) names.insert(file_name_of(id));
  CHECK(names.size() == ids.size());
}

TEST_CASE("a long id's file name is short, and differs however late the ids do") {
  const std::string fits(200, 'a');
  CHECK(file_name_of(fits) == fits);
  CHECK(file_name_of(fits + "b").size() <= 200);
  CHECK(file_name_of(fits + "b") != file_name_of(fits + "c"));
  // Every byte becomes three, also where the cut goes through one of them.
  for (const std::size_t length : {66U, 67U, 300U, 5000U}) {
    const std::string name = file_name_of(std::string(length, '/'));
    CHECK(name.size() <= 200);
    CHECK(name != file_name_of(std::string(length + 1, '/')));
  }
}

TEST_CASE("no short id can be made to have a long id's file name") {
  for (int i = 0; i < 64; ++i) {
    const std::string name = file_name_of(std::string(201, 'a') + std::to_string(i));
    // The id that is written so, if there is one.
    std::string decoded;
    for (std::size_t at = 0; at < name.size(); ++at) {
      if (name[at] == '%') {
        decoded += static_cast<char>(std::strtoul(name.substr(at + 1, 2).c_str(), nullptr, 16));
        at += 2;
      } else {
        decoded += name[at];
      }
    }
    CHECK(file_name_of(decoded) != name);
  }
}

TEST_CASE("new sessions are private until a file of the plugin is there") {
  CHECK_FALSE(tracked(TempRepo()));
  for (const char* trace :
       {".orchestrator/bootstrap.lock", ".orchestrator/metrics/sessions.jsonl",
        ".orchestrator/issues/1.md", ".claude/STATE.md", ".codex/STATE.md", ".cursor/STATE.md",
        ".pi/STATE.md", ".orchestrator/STATE.md", ".claude/wave-scope.json"}) {
    const TempRepo repo;
    repo.write(trace, "x");
    CHECK_MESSAGE(tracked(repo), trace);
    CHECK_FALSE_MESSAGE(tracked(repo, {records("private")}), trace);
  }
}

TEST_CASE("an agent's own directory is not a trace of the plugin") {
  const TempRepo repo;
  repo.write(".claude/settings.json", "{}");
  repo.write(".codex/config.toml", "");
  repo.write("STATE.md", "");
  repo.write("docs/.claude/STATE.md", "");
  CHECK_FALSE(tracked(repo));
  CHECK(tracked(repo, {records("tracked")}));
}

TEST_CASE("what is behind a link counts, so that its use names the link") {
  const TempRepo repo;
  const TemporaryDirectory elsewhere;
  write_file_atomically(join_path(elsewhere.path(), "STATE.md"), "x");
  REQUIRE(symlink(elsewhere.path().c_str(), repo.path(".claude").c_str()) == 0);
  CHECK(tracked(repo));
}

TEST_CASE("records and issues are in the tree or in the git directory") {
  const Home in_tree(true, "/r/.git");
  CHECK(in_tree.record(kSessionsRecord) == RepoPath(".orchestrator/metrics/sessions.jsonl"));
  CHECK(in_tree.issues() == RepoPath(".orchestrator/issues"));
  const Home own(false, "/r/.git");
  CHECK(own.record(kLearningsRecord).bytes() == "/r/.git/git-session/records/learnings.jsonl");
  CHECK_FALSE(own.issues().inside());
}

TEST_CASE("a session that is over is put away, and no other") {
  const TempRepo repo;
  const std::string common = repo.path(".git");
  for (const char* id : {"feature/x", "feature%2fx"}) {
    const std::string directory = private_session(common, id).bytes();
    make_directories(directory);
    write_file_atomically(join_path(directory, "STATE.md"), id);
  }
  put_away(common, "feature/x");
  const std::string closed = private_closed_sessions(common);
  CHECK(read_file(join_path(closed, "feature%2fx/STATE.md")) == "feature/x");
  CHECK_FALSE(file_info(private_session(common, "feature/x").bytes()));
  CHECK(file_info(private_session(common, "feature%2fx").bytes()));
  // An interrupted close does it again.
  put_away(common, "feature/x");
  put_away(common, "never-opened");
  CHECK(read_file(join_path(closed, "feature%2fx/STATE.md")) == "feature/x");
}

TEST_CASE("a worktree's name is that of its directory in the git directory") {
  const TempRepo repo;
  repo.write("a", "a");
  repo.commit_all("base");
  const TemporaryDirectory parent;
  repo.git({"worktree", "add", "-q", join_path(parent.path(), "side"), "-b", "side"});
  CHECK(worktree_name(git::Repository::open(repo.path()).git_dir()) == ".");
  const std::string side = join_path(parent.path(), "side");
  CHECK(worktree_name(git::Repository::open(side).git_dir()) == "side");
}
