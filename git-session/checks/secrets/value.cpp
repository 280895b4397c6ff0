#include "checks/secrets/value.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/ascii.h"
#include "base/text.h"

namespace gs::checks {
namespace {

constexpr std::size_t kChecksumDigits = 6;
constexpr auto kPlaceholderWords = std::to_array<std::string_view>(
    {"example", "placeholder", "dummy", "changeme", "change-me", "change_me", "your", "xxxx",
     "0000000", "****", "....", "123456", "abcdef", "abc123", "fake", "redacted", "sample",
     "insert", "replace", "deadbeef", "secret", "password",
     // From documentation: {"sub":"1234567890"} in a JSON Web Token, the UUID of RFC 4122.
     "ijeymzq1njc4ota", "550e8400"});
constexpr std::array<std::string_view, 23> kTestDirectories{
    "test",      "tests",   "spec",     "specs",         "__tests__", "testdata",
    "test-data", "testing", "fixtures", "fixture",       "__mocks__", "mocks",
    "e2e",       "example", "examples", "__snapshots__", "testcases", "unittests",
    "demo",      "demos",   "sample",   "samples",       "_files"};

std::size_t distinct_characters(std::string_view text) {
  std::array<bool, 256> seen{};
  std::size_t count = 0;
  for (const char c : text) {
    bool& known = seen[static_cast<unsigned char>(c)];
    if (!known) ++count;
    known = true;
  }
  return count;
}

// "caddytest", "smoke-tests", but not "latest" and the like.
bool is_named_for_tests(std::string_view directory) {
  constexpr auto kOthers = std::to_array<std::string_view>(
      {"latest", "fastest", "greatest", "contest", "contests", "attest", "protest"});
  return (directory.ends_with("test") || directory.ends_with("tests")) &&
         std::find(kOthers.begin(), kOthers.end(), directory) == kOthers.end();
}

// "KEY1", "tls", "2024", "Config": letters as people write them, then a few digits.
bool is_written(std::string_view segment) {
  constexpr std::size_t kMostDigits = 4;
  const std::size_t letters = segment.find_first_of("0123456789");
  const std::string_view word = segment.substr(0, letters);
  const std::string_view digits = segment.substr(word.size());
  if (digits.size() > kMostDigits || !std::all_of(digits.begin(), digits.end(), is_digit) ||
      !std::all_of(word.begin(), word.end(), is_alpha))
    return false;
  const bool upper = std::all_of(word.begin(), word.end(), is_upper);
  return upper || std::all_of(std::next(word.begin()), word.end(), is_lower);
}

// Words and numbers with something between them: a path, a version, the name of another value.
bool is_written_in_words(std::string_view value) {
  while (!value.empty()) {
    const std::size_t end = std::min(value.find_first_of("-_./:@,+="), value.size());
    const std::string_view segment = value.substr(0, end);
    if (!segment.empty() && !is_written(segment)) return false;
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return true;
}

}  // namespace

double entropy(std::string_view text) {
  std::array<std::size_t, 256> counts{};
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
  double bits = 0.0;
  for (const std::size_t count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / static_cast<double>(text.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

std::size_t kind_changes(std::string_view text) {
  const auto kind = [](char c) { return is_digit(c) ? 0 : is_lower(c) ? 1 : is_upper(c) ? 2 : 3; };
  std::size_t changes = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (kind(text[i]) != kind(text[i - 1])) ++changes;
  }
  return changes;
}

bool is_placeholder(std::string_view value) {
  if (distinct_characters(value) < std::min<std::size_t>(8, value.size() / 2)) return true;
  const std::string lower = to_lower(value);
  return std::any_of(kPlaceholderWords.begin(), kPlaceholderWords.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_hex_digit(text[i])) return false;
  }
  return true;
}

bool looks_random(std::string_view value) {
  const bool has_digit = std::any_of(value.begin(), value.end(), is_digit);
  const bool has_letter =
      std::any_of(value.begin(), value.end(), [](char c) { return is_lower(c) || is_upper(c); });
  if (!has_digit || !has_letter || is_uuid(value) || is_placeholder(value) ||
      is_written_in_words(value))
    return false;
  // Password hashes, variables, markup, URLs, what SOPS has encrypted.
  if (value.starts_with("ENC[") || value.front() == '$' || value.front() == '{' ||
      value.front() == '@' || value.find_first_of("<>(){} \t\\") != std::string_view::npos ||
      value.find("://") != std::string_view::npos || value.find("$$") != std::string_view::npos) {
    return false;
  }
  const bool hex = std::all_of(value.begin(), value.end(), is_hex_digit);
  const double least = hex ? 3.0 : value.size() < 20 ? 3.2 : value.size() < 28 ? 3.4 : 3.6;
  // People separate words. A single run of letters and digits needs fewer changes of kind: a random
  // one in lower case has few.
  const bool one_run = std::all_of(value.begin(), value.end(), is_alnum);
  return entropy(value) >= least && kind_changes(value) * (one_run ? 6 : 4) >= value.size();
}

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

bool has_base62_checksum(std::string_view value) {
  constexpr std::string_view kDigits =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  if (value.size() <= kChecksumDigits) return false;
  std::uint32_t crc = crc32(value.substr(0, value.size() - kChecksumDigits));
  std::string digits(kChecksumDigits, '0');
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    *digit = kDigits[crc % kDigits.size()];
    crc /= static_cast<std::uint32_t>(kDigits.size());
  }
  return value.ends_with(digits);
}

bool is_test_path(std::string_view path) {
  const std::string lower = to_lower(path);
  const std::vector<std::string_view> segments = split(lower, '/');
  for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
    if (std::find(kTestDirectories.begin(), kTestDirectories.end(), segments[i]) !=
            kTestDirectories.end() ||
        is_named_for_tests(segments[i])) {
      return true;
    }
  }
  const std::string_view name = segments.back();
  return name.starts_with("test_") || name.find("_test.") != std::string_view::npos ||
         name.find(".test.") != std::string_view::npos ||
         name.find(".spec.") != std::string_view::npos ||
         name.find("_spec.") != std::string_view::npos ||
         name.find("tests.") != std::string_view::npos || name == "conftest.py";
}

}  // namespace gs::checks
