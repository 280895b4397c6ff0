#include "session/scope_check.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "base/file/file.h"
#include "session/session_fixture.h"
#include "session/state_directory.h"

using namespace gs;
using namespace gs::session;
using gs::test::contains;

namespace {

ScopeCheck judge(const char* text, Enforcement configured = Enforcement::Warn) {
  return {parse_wave_scope(text, RepoPath(".claude/wave-scope.json")), configured,
          state_directory_names()};
}

bool allows(const ScopeCheck& scope, const char* path) {
  return !scope.check(RepoPath(path));
}

constexpr const char* kSrcOnly = R"({"enforcement":"warn","allowedPaths":["src/**"]})";

// A work tree with links that stay in it and links that leave it.
class LinkedTree {
 public:
  LinkedTree() : top_(real_path(directory_.path()) + "/tree") {
    make_directories(top_ + "/src");
    make_directories(top_ + "/docs");
    link("src", "alias");
    link("../docs", "src/to-docs");
    link("..", "out");
    link("/etc/hosts", "src/hosts");
    link("loop", "src/loop");
  }

  // The rule that is violated, "" for none.
  [[nodiscard]] std::string rule(const char* path, const std::string& below = "") const {
    const auto violation = judge(kSrcOnly).check_written(path, top_ + below, top_);
    return violation ? violation->rule : "";
  }
  [[nodiscard]] std::string absolute(const char* name) const { return top_ + "/" + name; }

 private:
  void link(const char* target, const char* name) const {
    REQUIRE(symlink(target, absolute(name).c_str()) == 0);
  }

  TemporaryDirectory directory_;
  std::string top_;
};

}  // namespace

TEST_CASE("what matches no pattern is a violation, in warn as in strict") {
  for (const char* text : {kSrcOnly, R"({"enforcement":"strict","allowedPaths":["src/**"]})"}) {
    const ScopeCheck scope = judge(text);
    CHECK(allows(scope, "src/a/b.c"));
    const auto violation = scope.check(RepoPath("docs/a.md"));
    REQUIRE(violation);
    CHECK(violation->path == "docs/a.md");
    CHECK(violation->rule == "allowed-paths");
    CHECK(violation->message == "'docs/a.md' matches no pattern of '.claude/wave-scope.json'");
  }
}

TEST_CASE("every path of a list is judged, in its order") {
  const auto violations =
      judge(kSrcOnly).check({RepoPath("b"), RepoPath("src/x"), RepoPath("a"), RepoPath("b")});
  REQUIRE(violations.size() == 3);
  CHECK(violations[0].path == "b");
  CHECK(violations[1].path == "a");
}

TEST_CASE("without a scope nothing is a violation") {
  const ScopeCheck scope(std::nullopt, Enforcement::Strict, state_directory_names());
  CHECK_FALSE(scope.guards_paths());
  CHECK(scope.enforcement() == Enforcement::Strict);
  CHECK(allows(scope, "anything"));
  CHECK_FALSE(scope.check_written("/etc/passwd", "/tmp", "/tmp"));
}

TEST_CASE("the file decides, not what is configured beside it") {
  CHECK(judge(kSrcOnly, Enforcement::Off).enforcement() == Enforcement::Warn);
  CHECK_FALSE(allows(judge(kSrcOnly, Enforcement::Off), "x"));
}

TEST_CASE("a scope that is off, or whose path-guard is off, allows every path") {
  CHECK(allows(judge(R"({"enforcement":"off","allowedPaths":[]})"), "x"));
  const ScopeCheck scope =
      judge(R"({"enforcement":"strict","allowedPaths":[],"gates":{"path-guard":false}})");
  CHECK(allows(scope, "x"));
  CHECK_FALSE(scope.guards_paths());
  CHECK(scope.guards_commands());
}

TEST_CASE("any other gate leaves the path-guard on") {
  for (const char* gates :
       {R"({"command-guard":false})", R"({"path-guard":null})", R"({"path-guard":0})",
        R"({"path-guard":"false"})", R"({"Path-Guard":false})", "[]", "false"}) {
    const std::string text =
        std::string(R"({"enforcement":"strict","allowedPaths":[],"gates":)") + gates + "}";
    CHECK_MESSAGE(judge(text.c_str()).guards_paths(), gates);
  }
}

TEST_CASE("a broken scope allows nothing but what is always allowed, and says why") {
  for (const char* text : {"", "{", "[]", R"({"enforcement":"lenient"})"}) {
    const ScopeCheck scope = judge(text);
    CHECK(scope.enforcement() == Enforcement::Strict);
    CHECK_FALSE(allows(scope, "src/a.c"));
    CHECK(allows(scope, ".claude/wave-scope.json"));
    CHECK(allows(scope, ".codex/STATE.md"));
    CHECK(contains(scope.check(RepoPath("x"))->message, ".claude/wave-scope.json"));
  }
}

TEST_CASE("the state files and the scope's own file are always allowed, nothing like them is") {
  const ScopeCheck scope = judge(R"({"enforcement":"strict","allowedPaths":[]})");
  for (const std::string& directory : state_directory_names()) {
    CHECK(allows(scope, (directory + "/STATE.md").c_str()));
    CHECK_FALSE(allows(scope, (directory + "/x/STATE.md").c_str()));
  }
  CHECK(allows(scope, ".claude/wave-scope.json"));
  CHECK_FALSE(allows(scope, ".codex/wave-scope.json"));
  CHECK_FALSE(allows(scope, "STATE.md"));
  CHECK_FALSE(allows(scope, "x/.claude/STATE.md"));
}

TEST_CASE("a written path is found from the directory that it is written in") {
  const LinkedTree tree;
  CHECK(tree.rule("src/a.c").empty());
  CHECK(tree.rule("a.c", "/src").empty());
  CHECK(tree.rule("new/deep/a.c", "/src").empty());
  CHECK(tree.rule("../src/./a.c", "/docs").empty());
  CHECK(tree.rule(tree.absolute("src/a.c").c_str()).empty());
  CHECK(tree.rule("docs/a.md") == "allowed-paths");
  CHECK(tree.rule("src/../docs/a.md") == "allowed-paths");
}

TEST_CASE("a path outside the tree is a violation") {
  const LinkedTree tree;
  for (const char* path : {"../x", "/etc/passwd", "src/../../x", "/", ""}) {
    CHECK_MESSAGE(tree.rule(path) == "outside-tree", path);
  }
  CHECK(tree.rule((tree.absolute("src") + "/../../tree-beside/x").c_str()) == "outside-tree");
}

TEST_CASE("a path through a link that leaves the tree is a violation") {
  const LinkedTree tree;
  CHECK(tree.rule("out/x") == "symlink");
  CHECK(tree.rule("src/hosts") == "symlink");
  CHECK(tree.rule("src/loop/x") == "symlink");
}

TEST_CASE("a link inside the tree is judged by where it leads") {
  const LinkedTree tree;
  CHECK(tree.rule("alias/a.c").empty());
  CHECK(tree.rule("src/to-docs/a.md") == "allowed-paths");
}

TEST_CASE("dots behind a link must be allowed in both readings") {
  const LinkedTree tree;
  // The kernel goes up from 'docs', a path library up from 'src/to-docs'.
  CHECK(tree.rule("src/to-docs/../a.c") == "allowed-paths");
  CHECK(tree.rule("alias/../docs/x") == "allowed-paths");
}
