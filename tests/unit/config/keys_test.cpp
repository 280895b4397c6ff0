#include "config/keys.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "config/layer.h"
#include "config/normalize.h"

using namespace gs::config;

TEST_CASE("every key has a unique name, a help line and an allowed default") {
  std::set<std::string_view> names;
  for (const Key& key : keys()) {
    CAPTURE(key.name);
    CHECK(names.insert(key.name).second);
    CHECK_FALSE(key.help.empty());
    CHECK_FALSE(describe_type(key).empty());
    CHECK(find_key(key.name) == &key);
    const auto value = normalize(key, std::string(key.fallback), Spelling::File);
    REQUIRE(value);
    CHECK(value->dropped.empty());
    CHECK(value->value.is_null() == (key.fallback == "null" || key.fallback == "none"));
  }
}

TEST_CASE("names can be set with git config: no character that git would refuse or change") {
  for (const Key& key : keys()) {
    const std::string name(key.name.substr(key.name.find('.') + 1));
    CAPTURE(name);
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos);
    CHECK(std::string_view("0123456789-").find(name.front()) == std::string_view::npos);
  }
}

TEST_CASE("keys of blocks belong to a known block") {
  for (const Key& key : keys()) {
    const std::size_t dot = key.name.find('.');
    if (dot == std::string_view::npos) continue;
    bool known = false;
    for (const std::string_view block : blocks()) known = known || block == key.name.substr(0, dot);
    CHECK(known);
  }
  for (const std::string_view block : blocks()) {
    CHECK(find_key(std::string(block) + ".enabled"));
    CHECK(find_key(std::string(block) + ".mode"));
  }
}

TEST_CASE("what may speak for the user is in no table that a file can set") {
  CHECK_FALSE(find_key("trust"));
  CHECK_FALSE(find_key("decide"));
}

TEST_CASE("a type is described in the words of an error message") {
  CHECK(describe_type(*find_key("enforcement")) == "strict, warn or off");
  CHECK(describe_type(*find_key("persistence")) == "true or false");
  CHECK(describe_type(*find_key("docs-orchestrator.audiences")) == "a list of user, dev and vault");
}
