#include "git/config/values.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/error.h"
#include "support/scoped_environment.h"
#include "support/temp_repo.h"

using gs::git::ConfigValue;
using gs::git::GitCommand;
using gs::git::parse_bool;
using gs::test::ScopedEnvironment;
using gs::test::TempRepo;

TEST_CASE("values come with scope and origin, in git's precedence") {
  TempRepo repo;
  repo.git({"config", "--global", "session.Waves", "3"});
  repo.git({"config", "session.waves", "5"});
  repo.git({"config", "session.Vault-Sync.mode", "two\nlines = x"});
  repo.git({"config", "sessionx.other", "1"});
  const GitCommand git(repo.path());
  const ScopedEnvironment count("GIT_CONFIG_COUNT", "1");
  const ScopedEnvironment key("GIT_CONFIG_KEY_0", "session.waves");
  const ScopedEnvironment value("GIT_CONFIG_VALUE_0", "7");
  const std::vector<ConfigValue> values = gs::git::read_config(git, "session.");
  REQUIRE(values.size() == 4);
  CHECK(values[0].key == "session.waves");
  CHECK(values[0].value == "3");
  CHECK(values[0].scope == "global");
  CHECK(values[1].scope == "local");
  CHECK(values[1].origin == "file:.git/config");
  CHECK(values[2].key == "session.Vault-Sync.mode");
  CHECK(values[2].value == "two\nlines = x");
  CHECK(values[3].scope == "command");
  CHECK(gs::git::last_value(values, "session.waves") == "7");
  CHECK_FALSE(gs::git::last_value(values, "session.none"));
  repo.git({"config", "--global", "--unset", "session.waves"});
}

TEST_CASE("a key without a value is true, and an empty value is empty") {
  TempRepo repo;
  repo.write(".git/config", repo.read(".git/config") + "[session]\n\tbare\n\tempty =\n");
  const auto values = gs::git::read_config(GitCommand(repo.path()), "session.");
  CHECK(gs::git::last_value(values, "session.bare") == "true");
  CHECK(gs::git::last_value(values, "session.empty") == "");
}

TEST_CASE("conditional includes count") {
  TempRepo repo;
  repo.write(".git/extra", "[session]\n\tincluded = yes\n");
  repo.git({"config", "includeIf.onbranch:main.path", "extra"});
  const auto values = gs::git::read_config(GitCommand(repo.path()), "session.");
  CHECK(gs::git::last_value(values, "session.included") == "yes");
}

TEST_CASE("setting replaces every value, several become several lines, unsetting takes all") {
  TempRepo repo;
  const GitCommand git(repo.path());
  gs::git::set_config(git, "session.gate", {"a", "b c", "-d"});
  CHECK(repo.git({"config", "--get-all", "session.gate"}) == "a\nb c\n-d");
  gs::git::set_config(git, "session.gate", {"only"});
  CHECK(repo.git({"config", "--get-all", "session.gate"}) == "only");
  CHECK(gs::git::unset_config(git, "session.gate"));
  CHECK_FALSE(gs::git::unset_config(git, "session.gate"));
  CHECK_THROWS_AS(gs::git::set_config(git, "not a key", {"x"}), gs::Error);
}

TEST_CASE("a boolean is what git takes for one") {
  TempRepo repo;
  for (const std::string value : {"true", "YES", "on", "1", "0", "no", "OFF", "false", "", "2",
                                  "-1", "maybe", "1k", "truee", "0x1", "10 "}) {
    CAPTURE(value);
    repo.git({"config", "x.y", value});
    const gs::ProcessResult git = repo.try_git({"config", "--type=bool", "x.y"});
    const auto ours = parse_bool(value);
    CHECK(ours.has_value() == git.ok());
    if (ours && git.ok()) CHECK(git.out == (*ours ? "true\n" : "false\n"));
  }
}
