#include "session/wave_scope.h"

#include <doctest/doctest.h>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::any_contains;
using gs::test::TempRepo;

namespace {

std::vector<std::string> patterns_of(const WaveScope& scope) {
  std::vector<std::string> patterns;
  for (const Glob& glob : scope.allowed_paths) patterns.push_back(glob.pattern());
  return patterns;
}

std::string scope_allowing(const std::string& pattern) {
  return R"({"enforcement":"warn","allowedPaths":[")" + pattern + "\"]}";
}

}  // namespace

TEST_CASE("a scope is read with its wave, role, enforcement and paths") {
  const WaveScope scope = parse_wave_scope(
      R"({"wave":2,"role":"Impl-Core","enforcement":"warn","allowedPaths":["src/**","a b"],
          "blockedCommands":["rm -rf"],"gates":{"path-guard":true}})",
      RepoPath(".claude/wave-scope.json"));
  CHECK(scope.file.bytes() == ".claude/wave-scope.json");
  CHECK(scope.wave == 2);
  CHECK(scope.role == "Impl-Core");
  CHECK(scope.enforcement == Enforcement::Warn);
  CHECK(patterns_of(scope) == std::vector<std::string>{"src/**", "a b"});
  CHECK(scope.problems.empty());
}

TEST_CASE("blocked commands and gates are read, and what is wrong with them is said") {
  const WaveScope scope = parse_wave_scope(
      R"({"enforcement":"warn","allowedPaths":[],"blockedCommands":["rm -rf","a b"],
          "gates":{"path-guard":true,"command-guard":false,"post-edit-validate":false}})",
      RepoPath("s"));
  CHECK(scope.blocked_commands == std::vector<std::string>{"rm -rf", "a b"});
  CHECK(scope.gate(kPathGuard));
  CHECK_FALSE(scope.gate(kCommandGuard));
  CHECK_FALSE(scope.gate("post-edit-validate"));
  CHECK(scope.problems.empty());
  const WaveScope broken = parse_wave_scope(
      R"({"enforcement":"warn","allowedPaths":[],"blockedCommands":[1,"x"],
          "gates":{"path-guard":"no"}})",
      RepoPath("s"));
  CHECK(broken.blocked_commands == std::vector<std::string>{"x"});
  CHECK(broken.gate(kPathGuard));
  CHECK(any_contains(broken.problems, "'blockedCommands'"));
  CHECK(any_contains(broken.problems, "gate 'path-guard'"));
}

TEST_CASE("an enforcement that is missing or unknown is strict, and said") {
  for (const char* text :
       {R"({"allowedPaths":[]})", R"({"allowedPaths":[],"enforcement":"lenient"})",
        R"({"allowedPaths":[],"enforcement":0})", R"({"allowedPaths":[],"enforcement":null})",
        R"({"allowedPaths":[],"enforcement":"OFF"})"}) {
    const WaveScope scope = parse_wave_scope(text, RepoPath("s"));
    CHECK_MESSAGE(scope.enforcement == Enforcement::Strict, text);
    CHECK_MESSAGE(any_contains(scope.problems, "'enforcement'"), text);
  }
  CHECK(parse_wave_scope(R"({"allowedPaths":[],"enforcement":"hard"})", RepoPath("s"))
            .problems.empty());
  CHECK(parse_wave_scope(R"({"allowedPaths":[],"enforcement":"off"})", RepoPath("s")).enforcement ==
        Enforcement::Off);
}

TEST_CASE("a scope that cannot be read is strict and allows nothing") {
  for (const char* text : {"", "{", "[]", "null", R"("off")", "{\"enforcement\":\"off\"} x"}) {
    const WaveScope scope = parse_wave_scope(text, RepoPath("s"));
    CHECK_MESSAGE(scope.enforcement == Enforcement::Strict, text);
    CHECK_MESSAGE(scope.allowed_paths.empty(), text);
    CHECK_MESSAGE(!scope.problems.empty(), text);
  }
}

TEST_CASE("allowed paths that are no list of texts allow nothing, and it is said") {
  const WaveScope missing = parse_wave_scope(R"({"enforcement":"warn"})", RepoPath("s"));
  CHECK(any_contains(missing.problems, "'allowedPaths' is missing"));
  const WaveScope text =
      parse_wave_scope(R"({"enforcement":"warn","allowedPaths":"**"})", RepoPath("s"));
  CHECK(text.allowed_paths.empty());
  CHECK(any_contains(text.problems, "no list"));
  const WaveScope mixed =
      parse_wave_scope(R"({"enforcement":"warn","allowedPaths":["a",1,"b"]})", RepoPath("s"));
  CHECK(patterns_of(mixed) == std::vector<std::string>{"a", "b"});
  CHECK(any_contains(mixed.problems, "not a string: 1"));
}

TEST_CASE("the first directory of the search order that has a scope gives it") {
  const TempRepo repo;
  CHECK_FALSE(find_wave_scope(repo.path(), RepoPath(".orchestrator")));
  repo.write(".orchestrator/wave-scope.json", scope_allowing("last"));
  CHECK(find_wave_scope(repo.path(), RepoPath(".orchestrator"))->file.bytes() ==
        ".orchestrator/wave-scope.json");
  CHECK(find_wave_scope(repo.path(), RepoPath(".claude"))->file.bytes() ==
        ".orchestrator/wave-scope.json");
  for (const std::string directory : {".claude", ".codex", ".cursor", ".pi"}) {
    repo.write(directory + "/wave-scope.json", scope_allowing(directory));
    CHECK(patterns_of(*find_wave_scope(repo.path(), RepoPath(".orchestrator"))) ==
          std::vector<std::string>{directory});
  }
}

TEST_CASE("a scope file that is a directory is a closed scope") {
  const TempRepo repo;
  repo.write(".pi/wave-scope.json/x", "");
  repo.write(".claude/wave-scope.json", scope_allowing("**"));
  const auto scope = find_wave_scope(repo.path(), RepoPath(".claude"));
  REQUIRE(scope);
  CHECK(scope->file.bytes() == ".pi/wave-scope.json");
  CHECK(scope->enforcement == Enforcement::Strict);
  CHECK(scope->allowed_paths.empty());
  CHECK_FALSE(scope->problems.empty());
}

TEST_CASE("a session's own scope is the one in its state directory") {
  const TempRepo repo;
  repo.write(".codex/wave-scope.json", scope_allowing("codex/**"));
  repo.write(".claude/wave-scope.json", scope_allowing("claude/**"));
  CHECK(find_own_wave_scope(repo.path(), RepoPath(".claude"), {})->file.bytes() ==
        ".claude/wave-scope.json");
  CHECK(find_own_wave_scope(repo.path(), RepoPath(".orchestrator"), {})->file.bytes() ==
        ".codex/wave-scope.json");
}

TEST_CASE("the scope of a parallel session is never taken for one's own") {
  const TempRepo repo;
  repo.write(".codex/wave-scope.json", scope_allowing("codex/**"));
  CHECK_FALSE(find_own_wave_scope(repo.path(), RepoPath(".claude"), {RepoPath(".codex")}));
}

TEST_CASE("a scope that is written reads back as what was asked for") {
  for (const Enforcement enforcement : {Enforcement::Strict, Enforcement::Warn, Enforcement::Off}) {
    const std::string text = render_wave_scope({"src/**", "a \"b\"\n"}, enforcement);
    CHECK(text.ends_with("}\n"));
    const WaveScope scope = parse_wave_scope(text, RepoPath("s"));
    CHECK(scope.problems.empty());
    CHECK(scope.enforcement == enforcement);
    CHECK(patterns_of(scope) == std::vector<std::string>{"src/**", "a \"b\"\n"});
  }
  CHECK_THROWS_AS((void)render_wave_scope({"\xff"}, Enforcement::Warn), Error);
}
