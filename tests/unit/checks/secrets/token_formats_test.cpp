#include "checks/secrets/token_formats.h"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>

#include "checks/secrets/mask.h"
#include "checks/secrets/secrets.h"
#include "checks/secrets/value.h"

using namespace gs::checks;

namespace {

const std::map<char, std::string> kSets = {
    {'d', "0123456789"},
    {'h', "0123456789abcdef"},
    {'H', "0123456789ABCDEF"},
    {'l', "abcdefghijklmnopqrstuvwxyz0123456789"},
    {'U', "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"},
    {'u', "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"},
    {'a', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"},
};

std::string_view characters(char set) {
  const auto found = kSets.find(set);
  return found != kSets.end() ? found->second : kSets.at('a');
}

// A token of that format by chance, as a provider would make it.
std::string sample(std::string_view format, std::mt19937& random) {
  std::string token;
  while (!format.empty()) {
    if (format.front() != '{') {
      token += format.front();
      format.remove_prefix(1);
      continue;
    }
    const char set = format[1];
    const std::size_t end = format.find('}');
    std::size_t count = std::stoul(std::string(format.substr(3, end - 3)));
    if (count == 0) count = 24;  // "{b:0+}": usually there
    for (std::size_t i = 0; i < count; ++i) {
      token += characters(set)[random() % characters(set).size()];
    }
    format.remove_prefix(end + 1);
  }
  return token;
}

}  // namespace

TEST_CASE("nearly every random token of each format is found, whole, and masked") {
  constexpr int kSamples = 100;
  std::mt19937 random(20261127);
  for (const TokenFormat& format : token_formats()) {
    CAPTURE(format.format);
    int found = 0;
    for (int i = 0; i < kSamples; ++i) {
      std::string token = sample(format.format, random);
      if (format.proof == Proof::OpenAi) token.insert(token.size() / 2, "T3BlbkFJ");
      const std::string line = "key = \"" + token + "\";";
      const auto matches = find_tokens(line);
      if (matches.size() != 1 || matches[0].begin != 7 || matches[0].end != 7 + token.size()) {
        continue;
      }
      ++found;
      CHECK(mask_secrets(line).find(token.substr(token.size() - 8)) == std::string::npos);
    }
    CHECK(found >= 90);
  }
}

TEST_CASE("a shape with one letter again and again is a placeholder in every format") {
  for (const TokenFormat& format : token_formats()) {
    if (format.format.find(":0+}") != std::string_view::npos) continue;  // its text is proof enough
    std::string token;
    std::string_view rest = format.format;
    while (!rest.empty()) {
      if (rest.front() != '{') {
        token += rest.front();
        rest.remove_prefix(1);
        continue;
      }
      const std::size_t end = rest.find('}');
      token.append(std::stoul(std::string(rest.substr(3, end - 3))),
                   rest[1] == 'd' || rest[1] == 'h' || rest[1] == 'H' ? '0' : 'X');
      rest.remove_prefix(end + 1);
    }
    CAPTURE(token);
    CHECK(find_tokens("key = \"" + token + "\"").empty());
  }
}
