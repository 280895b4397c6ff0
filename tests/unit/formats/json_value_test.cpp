#include <doctest/doctest.h>

#include <bit>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

#include "formats/json.h"

using namespace gs;
using Reference = nlohmann::ordered_json;

namespace {

std::string line(const Json& value) {
  return formats::to_json_line(value);
}
// As the library writes it, but for DEL, which it leaves as it is.
std::string written(const Reference& value, int indent) {
  std::string text = value.dump(indent, ' ', false, Reference::error_handler_t::replace);
  for (std::size_t at = 0; (at = text.find('\x7F', at)) != std::string::npos;)
    text.replace(at, 1, "\\u007f");
  return text;
}
std::string line(const Reference& value) {
  return written(value, -1);
}

void check_same(const Json& value, const Reference& wanted) {
  CHECK(line(value) == line(wanted));
  CHECK(formats::to_json_text(value) == written(wanted, 2));
  CHECK(value.size() == wanted.size());
  CHECK(value.is_null() == wanted.is_null());
  CHECK(value.is_boolean() == wanted.is_boolean());
  CHECK(value.is_number() == wanted.is_number());
  CHECK(value.is_number_integer() == wanted.is_number_integer());
  CHECK(value.is_number_unsigned() == wanted.is_number_unsigned());
  CHECK(value.is_string() == wanted.is_string());
  CHECK(value.is_array() == wanted.is_array());
  CHECK(value.is_object() == wanted.is_object());
  CHECK(value.is_structured() == wanted.is_structured());
  std::vector<std::string> ours;
  std::vector<std::string> theirs;
  for (const Json& each : value) ours.push_back(line(each));
  for (const Reference& each : wanted) theirs.push_back(line(each));
  CHECK(ours == theirs);
}

// What a text is, twice; the same edits are made to both.
struct Pair {
  Json ours;
  Reference theirs;
};

class Values {
 public:
  explicit Values(unsigned seed) : random_(seed) {}

  [[nodiscard]] std::size_t below(std::size_t limit) { return random_() % limit; }

  [[nodiscard]] std::string text() {
    static const std::vector<std::string> kParts = {"a",
                                                    "key",
                                                    "\"",
                                                    "\\",
                                                    "\n",
                                                    "\x01",
                                                    "\x1f",
                                                    "\x7f",
                                                    "\xC3\xA9",
                                                    "\xC3",
                                                    "\xED\xA0\x80",
                                                    "\xF0\x9F\x98\x80",
                                                    "\xF0\x9F",
                                                    "\xE2\x82\x41",
                                                    "\xFF",
                                                    "/",
                                                    std::string(1, '\0')};
    std::string text;
    for (std::size_t parts = below(4); parts > 0; --parts) text += kParts[below(kParts.size())];
    return text;
  }

  [[nodiscard]] Pair value(int depth) {
    switch (below(depth > 0 ? 9 : 7)) {
      case 0:
        return {nullptr, nullptr};
      case 1: {
        const bool flag = below(2) == 0;
        return {flag, flag};
      }
      case 2: {
        const auto number = static_cast<std::int64_t>(random_()) >> below(64);
        return {number, number};
      }
      case 3: {
        const std::uint64_t number = random_() >> below(64);
        return {number, number};
      }
      case 4: {
        const double number = std::bit_cast<double>(random_());
        return {number, number};
      }
      case 5: {
        const double number = static_cast<double>(below(2000)) / 1000;
        return {number, number};
      }
      case 6: {
        const std::string words = text();
        return {words, words};
      }
      case 7: {
        Pair pair{Json::array(), Reference::array()};
        for (std::size_t count = below(4); count > 0; --count) {
          const Pair element = value(depth - 1);
          pair.ours.push_back(element.ours);
          pair.theirs.push_back(element.theirs);
        }
        return pair;
      }
      default:
        return object(depth);
    }
  }

  [[nodiscard]] Pair object(int depth) {
    Pair pair{Json::object(), Reference::object()};
    for (std::size_t count = below(6); count > 0; --count) {
      const std::string key = text();
      const Pair member = value(depth - 1);
      pair.ours[key] = member.ours;
      pair.theirs[key] = member.theirs;
    }
    return pair;
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace

TEST_CASE("initializer lists are taken as nlohmann_json takes them") {
  const std::string text = "text";
  check_same({{"a", 1}, {"b", text}}, {{"a", 1}, {"b", text}});
  check_same({{"a", {{"b", nullptr}}}}, {{"a", {{"b", nullptr}}}});
  check_same({"a", "b"}, {"a", "b"});
  check_same({1, 2U, -3L, 4.5, true}, {1, 2U, -3L, 4.5, true});
  check_same({{"a", 1}, {"a", 2}}, {{"a", 1}, {"a", 2}});
  check_same({{"a", 1}, {2, 3}}, {{"a", 1}, {2, 3}});
  check_same({{"a", 1, 2}}, {{"a", 1, 2}});
  check_same(Json::array({{"a", 1}}), Reference::array({{"a", 1}}));
  check_same(Json::array(), Reference::array());
  check_same(Json::object(), Reference::object());
  check_same({{"a", Json::array({Json::object()})}},
             {{"a", Reference::array({Reference::object()})}});
  check_same(std::vector<std::string>{"x", ""}, std::vector<std::string>{"x", ""});
  check_same(std::string_view("x"), std::string_view("x"));
  check_same(std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity());
}

TEST_CASE("a list's values are copied where they have a name") {
  const Json named = {{"a", "b"}};
  const Json holder = {{"x", named}, {"y", named}};
  CHECK(line(named) == R"({"a":"b"})");
  CHECK(line(holder) == R"({"x":{"a":"b"},"y":{"a":"b"}})");
}

TEST_CASE("random values are written, read and compared alike") {
  Values values(7);
  for (int round = 0; round < 3000; ++round) {
    const Pair a = values.value(4);
    const Pair b = values.value(2);
    check_same(a.ours, a.theirs);
    CHECK((a.ours == b.ours) == (a.theirs == b.theirs));
    const Json copy = a.ours;
    CHECK(line(copy) == line(a.theirs));
    const std::string text = line(a.theirs);
    check_same(formats::parse_json(text, "text"), Reference::parse(text));
  }
}

TEST_CASE("random edits of an object have the same outcome") {
  Values values(11);
  for (int round = 0; round < 2000; ++round) {
    Pair pair = values.object(3);
    const std::string key = values.text();
    CHECK(pair.ours.contains(key) == pair.theirs.contains(key));
    CHECK((pair.ours.find(key) == pair.ours.end()) == (pair.theirs.find(key) == pair.theirs.end()));
    CHECK(line(pair.ours.value(key, Json("none"))) ==
          line(pair.theirs.value(key, Reference("none"))));
    const Pair other = values.object(2);
    pair.ours.update(other.ours);
    pair.theirs.update(other.theirs);
    check_same(pair.ours, pair.theirs);
    pair.ours.erase(key);
    pair.theirs.erase(key);
    check_same(pair.ours, pair.theirs);
    std::vector<std::string> ours;
    std::vector<std::string> theirs;
    for (const auto& [name, value] : pair.ours.items()) ours.push_back(name + line(value));
    for (const auto& [name, value] : pair.theirs.items()) theirs.push_back(name + line(value));
    CHECK(ours == theirs);
  }
}

TEST_CASE("numbers turn into each other, nothing else does") {
  CHECK(Json(3.0).get<long>() == 3);
  CHECK(Json(7).get<double>() == 7.0);
  CHECK(Json(1) == Json(1U));
  CHECK(Json(1) == 1.0);
  CHECK(Json("1") != Json(1));
  CHECK(Json(0) == 0);
  CHECK(Json(0) == std::size_t{0});
  CHECK(Json("x") != 0);
  CHECK(Json("x") != 0L);
  CHECK(Json() != 0U);
  CHECK(Json("x") == "x");
  CHECK(Json("x") == std::string("x"));
  CHECK(Json(-1) != Json(~0ULL));
  CHECK(Json(-1L) == Json(-1));
  CHECK(Json(~0ULL).get<unsigned long long>() == ~0ULL);
  CHECK_THROWS_AS((void)Json("1").get<int>(), JsonError);
  CHECK_THROWS_AS((void)Json(1).get<std::string>(), JsonError);
  CHECK_THROWS_AS((void)Json(1).get<bool>(), JsonError);
  CHECK_THROWS_AS((void)Json({1, "a"}).get<std::vector<std::string>>(), JsonError);
}

TEST_CASE("a number that does not fit is an error, not another number") {
  CHECK(Json(2147483647L).get<int>() == 2147483647);
  CHECK(Json(-2147483648.0).get<int>() == -2147483648);
  CHECK_THROWS_AS((void)Json(2147483648L).get<int>(), JsonError);
  CHECK_THROWS_AS((void)Json(2147483648.0).get<int>(), JsonError);
  CHECK_THROWS_AS((void)Json(-1).get<unsigned>(), JsonError);
  CHECK_THROWS_AS((void)Json(1ULL << 63U).get<long>(), JsonError);
  CHECK_THROWS_AS((void)Json(9223372036854775808.0).get<long>(), JsonError);
  CHECK(Json(9223372036854774784.0).get<long>() == 9223372036854774784);
  CHECK_THROWS_AS((void)Json(std::numeric_limits<double>::quiet_NaN()).get<int>(), JsonError);
  CHECK(Json(1ULL << 62U).integer() == 1LL << 62);
  CHECK(Json(1ULL << 63U).integer() == std::nullopt);
  CHECK(Json(1.0).integer() == std::nullopt);
  CHECK(Json("1").integer() == std::nullopt);
}

TEST_CASE("what is missing or no container is an error") {
  const Json object = {{"a", 1}};
  CHECK_THROWS_WITH_AS((void)object.at("b"), "the key 'b' is missing", JsonError);
  CHECK_THROWS_AS((void)object.at(std::size_t{0}), JsonError);
  CHECK_THROWS_AS((void)Json(1).value("a", 2), JsonError);
  CHECK_THROWS_AS((void)object.value("a", ""), JsonError);
  const Json none = Json::array();
  CHECK_THROWS_AS((void)none.at(1), JsonError);
}

TEST_CASE("null becomes what is put in") {
  Json object;
  object["a"] = 1;
  CHECK(line(object) == R"({"a":1})");
  Json array;
  array.push_back(1);
  CHECK(line(array) == "[1]");
  CHECK(or_null(std::optional<int>()).is_null());
  CHECK(or_null(std::optional(2)) == 2);
  CHECK(text_or_null("").is_null());
  CHECK(text_or_null("x") == "x");
}
