#include "cli/config_text.h"

#include <doctest/doctest.h>

#include <regex>

using namespace gs;
using namespace gs::cli;

namespace {

config::SessionConfig config_of(std::string_view toml) {
  return config::resolve({config::default_layer(), config::read_toml_layer(toml, "t.toml")});
}

}  // namespace

TEST_CASE("values are written as a person would write them") {
  CHECK(value_text(nullptr) == "none");
  CHECK(value_text(true) == "true");
  CHECK(value_text(0.05) == "0.05");
  CHECK(value_text("make \"x\"") == "make \"x\"");
  CHECK(value_text(formats::parse_json(R"({"default":6,"deep":18})", "test")) == "6 (deep: 18)");
  CHECK(value_text(formats::parse_json(R"(["a","b"])", "test")) == "[a, b]");
  CHECK(value_text(Json::array()) == "[]");
  CHECK(value_text(formats::parse_json(R"({"a":true,"b":{"c":1}})", "test")) ==
        "{ a: true, b: { c: 1 } }");
  CHECK(value_text(Json::object()) == "{}");
}

TEST_CASE("a list is one item a line, as git prints a key with several values") {
  CHECK(value_lines(formats::parse_json(R"(["a","b"])", "test")) ==
        std::vector<std::string>{"a", "b"});
  CHECK(value_lines(Json::array()).empty());
  CHECK(value_lines("one") == std::vector<std::string>{"one"});
}

TEST_CASE("keys of a block stand in an object, other keys with a dot as they are") {
  Json fields = Json::object();
  put_json(fields, "vault-sync.mode", "warn");
  put_json(fields, "vault-sync.enabled", true);
  put_json(fields, "somebody.else", 1);
  put_json(fields, "schema", "mine");
  CHECK(fields ==
        formats::parse_json(R"({"vault-sync":{"mode":"warn","enabled":true},"somebody.else":1})",
                            "test"));
}

TEST_CASE("every key is in the JSON, lists as arrays, unset values as null") {
  const Json fields = all_json(config_of("unheard-of = 7\n"), false);
  CHECK(fields["persistence"] == true);
  CHECK(fields["co-author"] == Json::array());
  CHECK(fields["mirror"].is_null());
  CHECK(fields["vault-staleness"]["thresholds"]["archived"] == 180);
  CHECK(fields["unheard-of"] == 7);
}

TEST_CASE("origins are told beside the values") {
  const Json fields = all_json(config_of("# c\nenforcement = \"off\"\n"), true);
  CHECK(fields["enforcement"] ==
        formats::parse_json(R"({"value":"off","origin":"t.toml:2","scope":"toml"})", "test"));
  CHECK(fields["vault-sync"]["mode"]["scope"] == "default");
}

TEST_CASE("an unset key that knows the value none is not said to be none") {
  const auto has_line = [](const std::string& text, const std::string& pattern) {
    return std::regex_search(text, std::regex("(^|\\n)" + pattern + "\\n"));
  };
  const std::string unset = all_text(config_of(""), {}, Style{});
  CHECK(has_line(unset, "vcs +  *= unset"));
  CHECK(has_line(unset, "mirror +  *= none"));
  CHECK(has_line(all_text(config_of("vcs = \"none\"\n"), {}, Style{}), "vcs +  *= none"));
}

TEST_CASE("the table is aligned, and begins with what is set") {
  const std::string text =
      all_text(config_of("unheard-of = 7\nwaves = 3\n"), {.with_foreign = true}, Style{});
  CHECK(text.starts_with("# set\nunheard-of "));
  CHECK(text.find("\n\n# defaults\npersistence ") != std::string::npos);
  CHECK(text.find("\n\n# for other tools\n") != std::string::npos);
  std::size_t column = 0;
  std::size_t lines = 0;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    if (text[at] == '#' || text[at] == '\n') continue;
    const std::size_t equals = text.find(" = ", at) - at;
    if (lines++ == 0) column = equals;
    CHECK(equals == column);
  }
  CHECK(lines == config::keys().size() + 1);
}

TEST_CASE("keys for other tools are listed on demand") {
  CHECK(all_text(config_of("waves = 3\n"), {}, Style{}).find("waves") == std::string::npos);
}
