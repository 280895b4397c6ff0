#include <doctest/doctest.h>

#include "config/session_config.h"
#include "formats/errors.h"

using namespace gs::config;
using gs::Json;
using gs::test::contains;
using gs::test::error_of;

namespace {

Layer layer(const std::string& scope, const std::vector<std::pair<std::string, Json>>& values) {
  Layer result;
  std::size_t line = 10;
  for (const auto& [key, value] : values) {
    const bool file = scope == "markdown" || scope == "toml";
    result.settings.push_back({key, value, {scope, file ? "CLAUDE.md" : "", file ? ++line : 0}});
  }
  return result;
}
SessionConfig of(const std::string& scope, const std::string& key, const Json& value) {
  return resolve({layer(scope, {{key, value}})});
}
gs::Error thrown_by(const std::string& scope, const std::string& key, const Json& value) {
  try {
    (void)of(scope, key, value);
  } catch (const gs::Error& error) {
    return error;
  }
  return gs::fatal("(nothing thrown)");
}

}  // namespace

TEST_CASE("without layers every key has its default") {
  const SessionConfig config = resolve({});
  CHECK(config.values().size() == keys().size());
  CHECK(config.flag("persistence"));
  CHECK(config.text("enforcement") == "warn");
  CHECK_FALSE(config.text("vcs"));
  CHECK_FALSE(config.text("mirror"));
  CHECK_FALSE(config.text("test-command"));
  CHECK(config.text("remote") == "origin");
  CHECK(config.required_text("remote") == "origin");
  CHECK_THROWS_AS((void)config.required_text("mirror"), gs::Error);
  CHECK(config.duration("gate-timeout") == std::chrono::minutes(30));
  CHECK(config.size("snapshot-max-file") == 50U << 20U);
  CHECK(config.ratio("learning-decay-rate") == doctest::Approx(0.05));
  CHECK(config.integer("discovery-confidence-threshold") == 60);
  CHECK(config.list("discovery-probes") == std::vector<std::string>{"all"});
  CHECK(config.list("drift-check.include-paths") ==
        std::vector<std::string>{"CLAUDE.md", "_meta/**/*.md"});
  CHECK(config.list("ssot-files").empty());
  CHECK(config.at("vault-staleness.thresholds").value ==
        Json({{"top", 30}, {"active", 60}, {"archived", 180}}));
  CHECK(config.enabled_in("enforcement-gates", "path-guard"));
  CHECK(config.at("waves").origin.describe() == "default");
  CHECK(config.warnings().empty());
  CHECK_THROWS_AS((void)config.at("nonsense"), gs::Error);
}

TEST_CASE("the last layer that sets a key wins, key by key, and names its origin") {
  const SessionConfig config =
      resolve({layer("stack", {{"test-command", "make test"}, {"lint-command", "make lint"}}),
               layer("markdown", {{"test-command", "t"}, {"waves", "2"}, {"waves", "3"}}),
               layer("command", {{"waves", "4"}})});
  CHECK(config.text("test-command") == "t");
  CHECK(config.at("test-command").origin.describe() == "CLAUDE.md:11");
  CHECK(config.text("lint-command") == "make lint");
  CHECK(config.at("lint-command").origin.describe() == "stack");
  CHECK(config.integer("waves") == 4);
}

TEST_CASE("none is the default, and no command even where the stack has one") {
  const SessionConfig config = resolve(
      {layer("stack", {{"test-command", "make test"}}),
       layer("markdown",
             {{"test-command", "x"}, {"mirror", "backup"}, {"waves", "9"}, {"lint-command", "l"}}),
       layer("local", {{"test-command", "none"},
                       {"mirror", "none"},
                       {"waves", "null"},
                       {"lint-command", ""}})});
  CHECK_FALSE(config.text("test-command"));
  CHECK_FALSE(config.text("mirror"));
  CHECK(config.at("mirror").origin.describe() == "git config (local)");
  CHECK(config.integer("waves") == 5);
  CHECK_FALSE(config.text("lint-command"));
  CHECK(of("local", "remote", "none").required_text("remote") == "origin");
  CHECK(of("markdown", "vcs", "none").text("vcs") == "none");
  CHECK_FALSE(of("markdown", "vcs", "null").text("vcs"));
  CHECK(of("markdown", "test-command", "skip").text("test-command") == "skip");
}

TEST_CASE("an invalid value names file, line, key, value, what is allowed and the nearest choice") {
  const gs::Error error = thrown_by("markdown", "enforcement", "strct");
  CHECK(error.message() == "CLAUDE.md:11: enforcement is 'strct', allowed: strict, warn or off");
  CHECK(error.hint() == "did you mean 'strict'?");
  CHECK(error.kind() == gs::ErrorKind::Fatal);
  CHECK(thrown_by("local", "persistence", "maybe").message() ==
        "git config (local): persistence is 'maybe', allowed: true or false");
}

TEST_CASE("each type refuses what it cannot be") {
  const std::pair<const char*, Json> cases[] = {
      {"persistence", "yes"},
      {"persistence", 1},
      {"memory-cleanup-threshold", "-1"},
      {"memory-cleanup-threshold", 1.5},
      {"memory-cleanup-threshold", Json{{"deep", 3}}},
      {"learning-decay-rate", "1.0"},
      {"learning-decay-rate", "nan"},
      {"learning-decay-rate", -0.1},
      {"discovery-confidence-threshold", 101},
      {"gate-timeout", "soon"},
      {"snapshot-expire", "14"},
      {"snapshot-max-file", "50 MiB"},
      {"test-command", true},
      {"test-command", Json::array({"a"})},
      {"enforcement-gates", "path-guard"},
      {"enforcement-gates", Json{{"path-guard", "on"}}},
      {"discovery-exclude-paths", Json{{"a", 1}}},
      {"vault-sync.enabled", "ture"},
      {"vcs", "svn"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.first);
    CAPTURE(gs::formats::to_json_line(each.second));
    CHECK(contains(thrown_by("markdown", each.first, each.second).message(), ", allowed: "));
  }
}

TEST_CASE("a remote's name is nothing that git would take for an option, a path or a URL") {
  for (const char* name : {"--receive-pack=evil", "-o", ".", "../x", "/tmp/x", "ext::sh -c evil",
                           "https://x", "a b", "a\nb", "git@host:x"}) {
    CAPTURE(name);
    CHECK(contains(thrown_by("markdown", "remote", name).message(), "allowed: a remote's name"));
    CHECK(contains(thrown_by("toml", "mirror", name).message(), "allowed: a remote's name"));
  }
  CHECK(of("markdown", "mirror", "team/backup-2").text("mirror") == "team/backup-2");
  CHECK(contains(thrown_by("markdown", "gitlab-host", "--x").message(), "a host name"));
  CHECK(of("markdown", "gitlab-host", "git.x.org:8443").text("gitlab-host") == "git.x.org:8443");
}

TEST_CASE("booleans: true and false in files, what git takes in git config") {
  CHECK_FALSE(of("toml", "persistence", false).flag("persistence"));
  CHECK_FALSE(of("markdown", "persistence", "False").flag("persistence"));
  for (const char* text : {"no", "off", "0", "false"}) {
    CHECK_FALSE(of("local", "persistence", text).flag("persistence"));
  }
  for (const char* text : {"yes", "on", "1", "TRUE"}) {
    CHECK(of("system", "discovery-on-close", text).flag("discovery-on-close"));
  }
}

TEST_CASE("hard is strict in every mode and in enforcement") {
  CHECK(of("markdown", "enforcement", "hard").text("enforcement") == "strict");
  CHECK(of("markdown", "drift-check.mode", "hard").text("drift-check.mode") == "strict");
  CHECK(contains(thrown_by("markdown", "vcs", "hard").message(), "allowed"));
}

TEST_CASE("an invalid mode of a block becomes warn with a warning") {
  const SessionConfig config = of("markdown", "vault-sync.mode", "strikt");
  CHECK(config.text("vault-sync.mode") == "warn");
  REQUIRE(config.warnings().size() == 1);
  CHECK(config.warnings()[0] ==
        "CLAUDE.md:11: vault-sync.mode is 'strikt', allowed: strict, warn or off; taken for warn");
  CHECK(of("toml", "vault-sync.mode", false).text("vault-sync.mode") == "warn");
}

TEST_CASE("integers with overrides by session type, from text and from TOML") {
  for (const Json& value : {Json("6 (deep: 18)"), Json({{"default", 6}, {"deep", 18}})}) {
    const SessionConfig config = of("markdown", "agents-per-wave", value);
    CHECK(config.integer("agents-per-wave") == 6);
    CHECK(config.integer("agents-per-wave", "deep") == 18);
    CHECK(config.integer("agents-per-wave", "feature") == 6);
  }
}

TEST_CASE("lists from text, arrays and single values; items that are not allowed are left out") {
  CHECK(of("markdown", "ssot-files", "[a, b]").list("ssot-files") ==
        std::vector<std::string>{"a", "b"});
  CHECK(of("toml", "ssot-files", Json({"a", nullptr, 3})).list("ssot-files") ==
        std::vector<std::string>{"a", "3"});
  const SessionConfig config = of("markdown", "discovery-probes", "code, cod, ui");
  CHECK(config.list("discovery-probes") == std::vector<std::string>{"code", "ui"});
  REQUIRE(config.warnings().size() == 1);
  CHECK(contains(config.warnings()[0], "'cod'"));
  CHECK(of("markdown", "co-author", "A B <a@b>, nobody").list("co-author") ==
        std::vector<std::string>{"A B <a@b>"});
}

TEST_CASE("objects keep the default of names that are not set") {
  const SessionConfig config =
      resolve({layer("markdown", {{"enforcement-gates", "{ path-guard: false }"},
                                  {"vault-staleness.thresholds", Json{{"top", 10}}}})});
  CHECK_FALSE(config.enabled_in("enforcement-gates", "path-guard"));
  CHECK(config.enabled_in("enforcement-gates", "command-guard"));
  CHECK(config.enabled_in("enforcement-gates", "one-of-tomorrow"));
  CHECK(config.at("vault-staleness.thresholds").value["active"] == 60);
  CHECK(config.at("vault-staleness.thresholds").value["top"] == 10);
}

TEST_CASE("an overridden invalid value is only a warning: git -c is the way out") {
  const SessionConfig config = resolve(
      {layer("markdown", {{"enforcement", "strct"}}), layer("command", {{"enforcement", "off"}})});
  CHECK(config.text("enforcement") == "off");
  REQUIRE(config.warnings().size() == 1);
  CHECK(contains(config.warnings()[0], "strct"));
  // The other way round the invalid one is in force.
  CHECK(contains(error_of([] {
                   (void)resolve({layer("markdown", {{"enforcement", "off"}}),
                                  layer("command", {{"enforcement", "strct"}})});
                 }),
                 "git config (command)"));
}

TEST_CASE("invalid values of keys that are only shown are kept with a warning") {
  const SessionConfig config = of("markdown", "isolation", "container");
  CHECK(config.text("isolation") == "container");
  CHECK(config.warnings().size() == 1);
}

TEST_CASE("keys that only the plugin uses are kept without a word, whatever their value") {
  const SessionConfig config = resolve({layer(
      "markdown", {{"worktree-exclude", "container"}, {"learnings-surface-top-n", "some"}})});
  CHECK(config.unknown().size() == 2);
  CHECK(config.warnings().empty());
}

TEST_CASE("unknown keys are kept; one that looks like a known key is pointed out") {
  const SessionConfig config = resolve(
      {layer("markdown",
             {{"my-own-thing", "1"}, {"enforcment", "off"}, {"vault-sync.a-key-of-tomorrow", 2}})});
  CHECK(config.unknown().size() == 3);
  CHECK(config.unknown().at("my-own-thing").value == "1");
  CHECK(config.unknown().at("vault-sync.a-key-of-tomorrow").origin.describe() == "CLAUDE.md:13");
  REQUIRE(config.warnings().size() == 1);
  CHECK(contains(config.warnings()[0], "did you mean 'enforcement'?"));
}

TEST_CASE("a block given as a scalar is pointed out, not silently off") {
  CHECK(contains(of("markdown", "vault-sync", "true").warnings().at(0), "is a block"));
}

TEST_CASE("trust and decisions count from every scope of git config and from no file") {
  for (const char* scope : {"system", "global", "local", "worktree", "command"}) {
    CAPTURE(scope);
    const SessionConfig config =
        resolve({layer(scope, {{"trust", "always"}, {"decide.review", "carryover"}})});
    CHECK(config.trusts_always());
    CHECK(config.decision("review") == "carryover");
    CHECK_FALSE(config.decision("drift"));
    CHECK(config.unknown().empty());
  }
  for (const char* scope : {"markdown", "toml", "policy", "stack", "default"}) {
    CAPTURE(scope);
    const SessionConfig config =
        resolve({layer(scope, {{"trust", "always"},
                               {"decide.review", "carryover"},
                               {"decide", Json{{"review", "carryover"}}}})});
    CHECK_FALSE(config.trusts_always());
    CHECK_FALSE(config.decision("review"));
    CHECK(config.warnings().size() == 3);
  }
}

TEST_CASE("a higher scope takes trust back, and a slip in it is an error") {
  CHECK_FALSE(
      resolve({layer("global", {{"trust", "always"}}), layer("command", {{"trust", "ask"}})})
          .trusts_always());
  CHECK(contains(thrown_by("local", "trust", "allways").message(), "allowed: always or ask"));
}

TEST_CASE("a value typed on the command line is checked with a usage error") {
  const Key& key = *find_key("enforcement");
  CHECK(validate_value(key, "hard", {}) == "strict");
  CHECK(validate_value(*find_key("persistence"), "on", {}) == true);
  CHECK(validate_value(*find_key("ssot-files"), "a,b", {}) == Json({"a", "b"}));
  CHECK(validate_value(*find_key("mirror"), "none", {}).is_null());
  try {
    (void)validate_value(key, "strct", {});
    FAIL("not refused");
  } catch (const gs::Error& error) {
    CHECK(error.kind() == gs::ErrorKind::Usage);
    CHECK(error.message() == "enforcement is 'strct', allowed: strict, warn or off");
    CHECK(error.hint() == "did you mean 'strict'?");
  }
  CHECK(contains(error_of([] { (void)validate_value(*find_key("discovery-probes"), "ui,x", {}); }),
                 "'x'"));
}

TEST_CASE("messages show hostile values without driving the terminal") {
  const std::string message =
      thrown_by("markdown", "enforcement", "\x1B[31m" + std::string(500, 'x')).message();
  CHECK(message.find('\x1B') == std::string::npos);
  CHECK(message.size() < 200);
}
