#include <doctest/doctest.h>

#include <map>

#include "config/layer.h"
#include "formats/errors.h"

using namespace gs::config;
using gs::Json;
using gs::test::error_of;

TEST_CASE("TOML: blocks become their keys, unknown tables stay whole, lines are known") {
  const Layer layer = read_toml_layer(
      "waves = {default = 6, deep = 18}\nco-author = [\"A <a@b>\"]\n\n[vault-sync]\nmode = "
      "\"strict\"\nextra = {x = 1}\n[mine]\na.b = 1\n",
      ".git-session.toml");
  REQUIRE(layer.settings.size() == 5);
  CHECK(layer.settings[0].value == Json({{"default", 6}, {"deep", 18}}));
  CHECK(layer.settings[1].origin.describe() == ".git-session.toml:2");
  CHECK(layer.settings[2].key == "vault-sync.mode");
  CHECK(layer.settings[2].origin.line == 5);
  CHECK(layer.settings[3].key == "vault-sync.extra");
  CHECK(layer.settings[4].key == "mine");
  CHECK(layer.settings[4].value == Json({{"a", {{"b", 1}}}}));
}

TEST_CASE("TOML that cannot be parsed is an error with file and line") {
  CHECK(error_of([] {
          (void)read_toml_layer("a = 1\nb = \n", ".git-session.toml");
        }).starts_with(".git-session.toml:2: "));
}

TEST_CASE("quality gates: all three commands or none") {
  const std::string file = "quality-gates.json";
  const Layer all = read_quality_gates_layer(
      R"({"version":1,"commands":{"test":{"command":"t"},"typecheck":{"command":"c"},"lint":{"command":"l"}}})",
      file);
  REQUIRE(all.settings.size() == 3);
  CHECK(all.settings[0].key == "test-command");
  CHECK(all.settings[0].value == "t");
  CHECK(all.settings[1].origin.describe() == file);
  CHECK(all.warnings.empty());
  for (
      const char* text :
      {R"({"commands":{"test":{"command":"t"},"typecheck":{"command":"c"}}})",
       R"({"commands":{"test":{"command":"t"},"typecheck":{"command":" "},"lint":{"command":"l"}}})",
       R"({"commands":{"test":{"command":1},"typecheck":{"command":"c"},"lint":{"command":"l"}}})",
       R"({"commands":{"test":"t","typecheck":"c","lint":"l"}})", R"({"commands":[1]})",
       R"({"commands":null})", "{}", "[]", "null"}) {
    CAPTURE(text);
    const Layer layer = read_quality_gates_layer(text, file);
    CHECK(layer.settings.empty());
    REQUIRE(layer.warnings.size() == 1);
    CHECK(layer.warnings[0].starts_with(file + ": "));
  }
  CHECK(error_of([&] { (void)read_quality_gates_layer("{\n\n", file); }).starts_with(file + ":"));
}

namespace {
gs::git::ConfigValue value(std::string key, std::string text, std::string scope = "local",
                           std::string origin = "file:.git/config") {
  return {std::move(key), std::move(text), std::move(scope), std::move(origin)};
}
Json last(const Layer& layer, const std::string& key) {
  Json found = "(not set)";
  for (const Setting& setting : layer.settings) {
    if (setting.key == key) found = setting.value;
  }
  return found;
}
}  // namespace

TEST_CASE("git config: keys of the section, with scope and file") {
  const Layer layer =
      read_git_layer({value("user.name", "x"), value("session.waves", "3", "global"),
                      value("session.vault-sync.mode", "off", "command", "command line:")});
  REQUIRE(layer.settings.size() == 2);
  CHECK(layer.settings[0].key == "waves");
  CHECK(layer.settings[0].origin.describe() == "git config (global)");
  CHECK(layer.settings[0].origin.file == ".git/config");
  CHECK(layer.settings[1].key == "vault-sync.mode");
  CHECK(layer.settings[1].origin.file.empty());
}

TEST_CASE("git config: several values of a list key make the list, one may hold commas") {
  const std::string key = "session.discovery-exclude-paths";
  CHECK(last(read_git_layer({value(key, "a,b"), value(key, "c")}), "discovery-exclude-paths") ==
        Json({"a,b", "c"}));
  CHECK(last(read_git_layer({value(key, "a, b")}), "discovery-exclude-paths") == "a, b");
}

TEST_CASE("git config: a higher scope replaces the list, an empty value starts it over") {
  const std::string key = "session.ssot-files";
  CHECK(last(read_git_layer({value(key, "g", "global"), value(key, "l"), value(key, "m")}),
             "ssot-files") == Json({"l", "m"}));
  CHECK(last(read_git_layer({value(key, "a"), value(key, ""), value(key, "b,c")}), "ssot-files") ==
        Json({"b", "c"}));
  CHECK(last(read_git_layer({value(key, "a"), value(key, "")}), "ssot-files") == Json::array());
}

TEST_CASE("git config: fields of an object key make the object") {
  const Layer layer = read_git_layer({value("session.enforcement-gates.path-guard", "false"),
                                      value("session.enforcement-gates.command-guard", "yes"),
                                      value("session.vault-staleness.thresholds.top", "10")});
  CHECK(last(layer, "enforcement-gates") ==
        Json({{"path-guard", false}, {"command-guard", "yes"}}));
  CHECK(last(layer, "vault-staleness.thresholds") == Json({{"top", 10}}));
}

TEST_CASE("origins are described as a person would look them up") {
  CHECK(Origin{"default", "", 0}.describe() == "default");
  CHECK(Origin{"stack", "", 0}.describe() == "stack");
  CHECK(Origin{"stack", "package.json", 0}.describe() == "stack (package.json)");
  CHECK(Origin{"markdown", "CLAUDE.md", 12}.describe() == "CLAUDE.md:12");
  CHECK(Origin{"policy", "q.json", 0}.describe() == "q.json");
  CHECK(Origin{"worktree", ".git/config.worktree", 0}.describe() == "git config (worktree)");
}
