// "api_key = …": a value made by chance under a name that says secret.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/text.h"
#include "checks/secrets/secrets.h"
#include "checks/secrets/value.h"

namespace gs::checks {
namespace {

constexpr std::size_t kShortest = 16;
constexpr std::size_t kLongest = 512;
constexpr std::size_t kLongestLine = 2000;  // beyond: generated

constexpr std::array<std::string_view, 10> kSecretWords{
    "password", "passwd", "pwd",     "passphrase", "secret",
    "token",    "apikey", "secrets", "authtoken",  "credential"};
// What makes a "key" one that must be kept.
constexpr std::array<std::string_view, 14> kSecretKeys{
    "api",     "access", "secret",  "private", "auth",   "encryption", "signing",
    "account", "master", "service", "storage", "deploy", "webhook",    "client"};
// A name with one of these is of something else: what is public, stands for one, or only a mark.
constexpr std::array<std::string_view, 23> kOtherWords{
    "public",      "csrf",     "xsrf",    "hash",         "hashed",      "digest",
    "checksum",    "fake",     "mock",    "dummy",        "example",     "sample",
    "test",        "page",     "next",    "continuation", "cursor",      "sync",
    "placeholder", "expected", "invalid", "site",         "authenticity"};

bool is_name_character(char c) {
  return is_word(c) || c == '-' || c == '.' || c == '$';
}

// "AWS_SECRET_ACCESS_KEY", "clientSecret", "db.password" in lower-case words.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool hump = is_upper(name[i]) && i > 0 && is_alpha(name[i - 1]) && !is_upper(name[i - 1]);
    if ((!is_alpha(name[i]) || hump) && !words.back().empty()) words.emplace_back();
    if (is_alpha(name[i])) words.back() += to_lower(name.substr(i, 1));
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool names_a_secret(std::string_view name) {
  std::vector<std::string> words = words_of(name);
  if (words.empty()) return false;
  if (std::any_of(words.begin(), words.end(),
                  [](const std::string& word) { return is_one_of(word, kOtherWords); })) {
    return false;
  }
  if (words.back() == "base" && words.size() > 1) words.pop_back();  // secret_key_base
  if (is_one_of(words.back(), kSecretWords)) return true;
  return words.size() > 1 && words.back() == "key" &&
         is_one_of(words[words.size() - 2], kSecretKeys);
}

std::string_view trim_end(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t") + 1);  // npos + 1 is 0
}

// The name that ends `text`: `api_key`, `"api_key"`, `config["api_key"]`.
std::string_view name_before(std::string_view text) {
  text = trim_end(text);
  while (!text.empty() && (text.back() == ']' || text.back() == '"' || text.back() == '\'')) {
    text.remove_suffix(1);
  }
  std::size_t start = text.size();
  while (start > 0 && is_name_character(text[start - 1])) --start;
  return text.substr(start);
}

// What `text`, up to a value, assigns it to: "" where it ends in no assignment. A type between name
// and value is passed over: "const apiKey: string = …".
std::string_view assigned_name(std::string_view text) {
  text = trim_end(text);
  bool assigns = false;
  while (!text.empty() && (text.back() == '=' || text.back() == ':' || text.back() == '>')) {
    text.remove_suffix(1);
    assigns = true;
  }
  if (!assigns || text.ends_with('!') || text.ends_with('<')) return {};
  text = trim_end(text);
  const std::string_view name = name_before(text);
  const std::string_view before = trim_end(text.substr(0, text.size() - name.size()));
  if (!names_a_secret(name) && before.ends_with(':')) {
    return name_before(before.substr(0, before.size() - 1));
  }
  return name;
}

std::optional<SecretMatch> judge(std::string_view line, std::string_view name, std::size_t begin,
                                 std::size_t end) {
  const std::string_view value = line.substr(begin, end - begin);
  if (value.size() < kShortest || value.size() > kLongest || !names_a_secret(name) ||
      !looks_random(value)) {
    return std::nullopt;
  }
  return SecretMatch{begin, end, "value of '" + std::string(name) + "'", 0, session::Severity::High,
                     80};
}

std::optional<SecretMatch> find_quoted(std::string_view line) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char quote = line[at];
    if (quote != '"' && quote != '\'' && quote != '`') continue;
    const std::size_t end = line.find(quote, at + 1);
    if (end == std::string_view::npos) return std::nullopt;
    if (auto match = judge(line, assigned_name(line.substr(0, at)), at + 1, end)) return match;
    at = end;
  }
  return std::nullopt;
}

// "export API_KEY=value", "api-key: value # comment"
std::optional<SecretMatch> find_bare(std::string_view line) {
  std::size_t start = line.find_first_not_of(" \t");
  if (start == std::string_view::npos || line[start] == '#' || line[start] == ';') {
    return std::nullopt;
  }
  if (line.substr(start).starts_with("export ")) start += 7;
  if (line.substr(start).starts_with("- ")) start += 2;
  std::size_t name_end = start;
  while (name_end < line.size() && is_name_character(line[name_end])) ++name_end;
  const std::size_t sign = line.find_first_not_of(" \t", name_end);
  if (sign == std::string_view::npos || (line[sign] != '=' && line[sign] != ':')) {
    return std::nullopt;
  }
  const std::size_t begin = line.find_first_not_of(" \t", sign + 1);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t end = std::min(line.find_first_of(" \t\r", begin), line.size());
  return judge(line, line.substr(start, name_end - start), begin, end);
}

}  // namespace

std::optional<SecretMatch> find_assigned_secret(std::string_view line, bool bare) {
  if (line.size() > kLongestLine) return std::nullopt;
  if (auto match = find_quoted(line)) return match;
  return bare ? find_bare(line) : std::nullopt;
}

}  // namespace gs::checks
