#include "session/scope_edit.h"

#include <doctest/doctest.h>

#include "session/session_fixture.h"
#include "support/temp_repo.h"

using namespace gs;
using namespace gs::session;
using gs::test::contains;
using gs::test::error_of;

namespace {

WaveScope edited(const std::optional<std::string>& text, const ScopeEdit& edit) {
  return parse_wave_scope(edit_wave_scope(text, "s", edit, Enforcement::Strict, {"command-guard"}),
                          RepoPath("s"));
}

}  // namespace

TEST_CASE("a new scope takes what the edit leaves out from the configuration") {
  ScopeEdit edit;
  edit.patterns = {"src/**"};
  const WaveScope scope = edited(std::nullopt, edit);
  CHECK(scope.problems.empty());
  CHECK(scope.enforcement == Enforcement::Strict);
  CHECK(scope.gates_off == std::vector<std::string>{"command-guard"});
  CHECK(scope.allowed_paths.size() == 1);
}

TEST_CASE("an edit changes what it names and nothing else") {
  const std::string before =
      R"({"x":{"y":[1]},"allowedPaths":["a","b"],"enforcement":"warn","role":"r"})";
  ScopeEdit edit;
  edit.wave = 3;
  const std::string text = edit_wave_scope(before, "s", edit, Enforcement::Off, {"path-guard"});
  CHECK(contains(text, R"("y")"));
  const WaveScope scope = parse_wave_scope(text, RepoPath("s"));
  CHECK(scope.wave == 3);
  CHECK(scope.role == "r");
  CHECK(scope.enforcement == Enforcement::Warn);
  CHECK(scope.gates_off.empty());
  CHECK(scope.allowed_paths.size() == 2);
}

TEST_CASE("adding keeps what is there, once, and setting replaces it") {
  ScopeEdit edit;
  edit.patterns = {"b", "c"};
  edit.blocked_commands = {"x"};
  edit.add = true;
  const std::string before = R"({"allowedPaths":["a","b"],"blockedCommands":["x","y"]})";
  const WaveScope added = edited(before, edit);
  CHECK(added.allowed_paths.size() == 3);
  CHECK(added.blocked_commands == std::vector<std::string>{"x", "y"});
  edit.add = false;
  const WaveScope set = edited(before, edit);
  CHECK(set.allowed_paths.size() == 2);
  CHECK(set.blocked_commands == std::vector<std::string>{"x"});
}

TEST_CASE("a scope that cannot be read is not edited") {
  ScopeEdit edit;
  edit.patterns = {"a"};
  for (const char* broken : {"", "{", "[]", "null"}) {
    CHECK_MESSAGE(contains(error_of([&] { (void)edited(broken, edit); }), "scope clear"), broken);
  }
}

TEST_CASE("patterns are understood as people write them, or refused with the right form") {
  const gs::test::TempRepo repo;
  repo.write("src/a.c", "");
  const TreeFiles files(repo.path());
  for (const char* pattern : {"", "/a", "a\\b", "a/../b", "..", "\xff"}) {
    CHECK_MESSAGE(!error_of([&] { (void)scope_patterns(pattern, files); }).empty(), pattern);
  }
  CHECK(contains(error_of([&] { (void)scope_patterns("/src/", files); }), "write 'src/'"));
  using Patterns = std::vector<std::string>;
  for (const char* pattern : {"a", "src/", "src/a.c", "**", ".github/**", "a/..b", "[x]?"})
    CHECK(scope_patterns(pattern, files) == Patterns{pattern});
  CHECK(scope_patterns("src", files) == Patterns{"src/"});
  CHECK(scope_patterns("./src", files) == Patterns{"src/"});
  CHECK(scope_patterns(".", files) == Patterns{"**"});
  CHECK(scope_patterns("{src,b}/*", files) == Patterns{"src/*", "b/*", "{src,b}/*"});
}

TEST_CASE(
    "a strict scope is loosened by more patterns, fewer blocked commands and less strictness") {
  const RepoPath file("s");
  const auto loosening = [&](const std::optional<std::string>& before,
                             const std::optional<std::string>& after) {
    const auto found = find_loosening(before, after, file, Enforcement::Strict);
    return found ? found->detail : "";
  };
  const std::string strict =
      R"({"enforcement":"strict","allowedPaths":["a/","b/"],"blockedCommands":["x"]})";
  CHECK(loosening(strict, strict).empty());
  CHECK(loosening(strict, R"({"enforcement":"strict","allowedPaths":["a/"],)"
                          R"("blockedCommands":["x","y"]})")
            .empty());
  CHECK(loosening(strict, R"({"enforcement":"strict","allowedPaths":["c/"],)"
                          R"("blockedCommands":[],"gates":{"path-guard":false}})") ==
        "+ allowed c/\n- blocked x\n- gate path-guard");
  CHECK(loosening(strict, R"({"enforcement":"warn","allowedPaths":["a/"],)"
                          R"("blockedCommands":["x"]})") == "enforcement warn");
  CHECK(contains(loosening(strict, std::nullopt), "no scope"));
  CHECK(loosening("torn {", "torn {").empty());
  CHECK(contains(loosening("torn {", std::nullopt), "no scope"));
  CHECK(loosening(R"({"enforcement":"warn","allowedPaths":["a"]})", std::nullopt).empty());
  CHECK(loosening(std::nullopt, std::nullopt).empty());
  CHECK(loosening(std::nullopt, strict).empty());
  CHECK(loosening(std::nullopt, R"({"enforcement":"off","allowedPaths":[]})") == "enforcement off");
}
