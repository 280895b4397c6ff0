// Secrets that are detected by their context: a random value assigned to a secret's name, in an
// Authorization header, or as a password in a URL.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/text.h"
#include "checks/secrets/secret_name.h"
#include "checks/secrets/secrets.h"
#include "checks/secrets/value.h"

namespace gs::checks {
namespace {

constexpr std::size_t kShortest = 12;
constexpr std::size_t kLongest = 512;
constexpr std::size_t kLongestLine = 2000;  // beyond: generated

std::string_view trim_end(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t") + 1);  // npos + 1 is 0
}

bool ends_in(std::string_view text, std::string_view characters) {
  return !text.empty() && characters.find(text.back()) != std::string_view::npos;
}

std::string_view without_ending(std::string_view text, std::string_view characters) {
  while (ends_in(text, characters)) text.remove_suffix(1);
  return text;
}

// What may hold a name and its assignment; no more of it, so that long lines are not read again and
// again.
std::string_view just_before(std::string_view line, std::size_t from, std::size_t at) {
  constexpr std::size_t kReadBack = 200;
  const std::size_t start = at - from > kReadBack ? at - kReadBack : from;
  return line.substr(start, at - start);
}

// The name at the end of `text`: `api_key`, `"api_key"`, `config["api_key"]`, `getenv("API_KEY")`,
// `api_key[]`.
std::string_view name_before(std::string_view text) {
  const std::string_view whole = text;
  text = without_ending(text, " \t\"'`[])\\");
  const std::string_view closed = whole.substr(text.size());
  // digest(api_key) is another value.
  if (closed.find(')') != std::string_view::npos &&
      closed.find_first_of("\"'`") == std::string_view::npos)
    return {};
  std::size_t start = text.size();
  while (start > 0 && is_name_character(text[start - 1])) --start;
  return text.substr(start);
}

std::string_view before_name(std::string_view text, std::string_view name) {
  return trim_end(text.substr(0, static_cast<std::size_t>(name.data() - text.data())));
}

// A type, or what makes one: between a name and its value.
bool is_type(std::string_view word) {
  constexpr auto kTypes = std::to_array<std::string_view>(
      {"str",      "string",  "char",    "text", "bytes",  "byte",         "buffer",
       "some",     "from",    "new",     "of",   "secret", "securestring", "secretstr",
       "nsstring", "cstring", "pathbuf", "cow",  "any",    "object",       "varchar"});
  const std::string lower = to_lower(word.substr(word.find_last_of(".:") + 1));  // npos + 1 is 0
  return std::find(kTypes.begin(), kTypes.end(), lower) != kTypes.end();
}

// The letters before an opening quote: f"…", b'…', L"…", @"…".
std::string_view without_prefix(std::string_view text) {
  constexpr std::size_t kLongestPrefix = 2;
  std::size_t start = text.size();
  while (start > 0 && (is_alpha(text[start - 1]) || text[start - 1] == '@')) --start;
  return text.size() - start <= kLongestPrefix ? text.substr(0, start) : text;
}

// `api_key: &str`, `api_key string`, `ApiKey { get; set; }` without what follows the name.
std::string_view without_type(std::string_view text) {
  if (text.ends_with('}')) {
    const std::size_t open = text.rfind('{');
    if (open != std::string_view::npos && text.substr(open).find("get") != std::string_view::npos)
      return trim_end(text.substr(0, open));
  }
  const std::string_view name = name_before(text);
  if (name.empty() || names_a_secret(name)) return text;
  const std::string_view before = without_ending(before_name(text, name), "&*? \t");
  if (before.ends_with(':')) return trim_end(without_ending(before, ":"));
  return is_type(name) ? before : text;
}

// The name that `text`, up to a value, assigns it to; "" if `text` does not end in an assignment.
std::string_view assigned_name(std::string_view text) {
  text = without_ending(trim_end(without_prefix(text)), "([{ \t");
  // std::string("…"), String::from("…")
  if (const std::string_view called = name_before(text);
      !called.empty() && is_type(called) && text.ends_with(called)) {
    text = without_ending(before_name(text, called), ": \t");
    if (const std::string_view type = name_before(text); is_type(type) && text.ends_with(type))
      text = before_name(text, type);
  }
  if (text.ends_with(" or")) text.remove_suffix(3);
  text = trim_end(text);
  // Of a comparison with "<" or "!=" nothing is known.
  const std::string_view name_part = trim_end(without_ending(text, "=:>|?,+ \t"));
  if (name_part.ends_with('!') || name_part.ends_with('<')) return {};
  // define("API_KEY", "…"), env.set('token', '…'), but not f(token, "…")
  if (text.ends_with(',') && !ends_in(name_part, "\"'`")) return {};
  return name_before(without_type(name_part));
}

// `name: API_KEY, value: "…"`, `<add key="Password" value="…"/>`: what `text` last calls a name.
std::string_view named_in(std::string_view text) {
  for (const std::string_view key : {"name", "key", "Name", "Key"}) {
    const std::size_t at = text.rfind(key);
    if (at == std::string_view::npos) continue;
    const std::size_t begin = text.find_first_not_of("=:\"' ", at + key.size());
    if (begin == std::string_view::npos) continue;
    const std::size_t end = std::min(text.find_first_of("\"',}>", begin), text.size());
    const std::string_view name = name_before(text.substr(begin, end - begin));
    if (names_a_secret(name)) return name;
  }
  return {};
}

std::optional<SecretMatch> judge(std::string_view line, std::string_view name, std::size_t begin,
                                 std::size_t end) {
  const std::string_view value = line.substr(begin, end - begin);
  const bool calls = end < line.size() && line[end] == '(';
  if (value.size() < kShortest || value.size() > kLongest || calls) return std::nullopt;
  if (name == "value" || name == "default") name = named_in(just_before(line, 0, begin));
  if (!names_a_secret(name) ||
      !(looks_random(value) || (is_uuid(value) && !is_placeholder(value)))) {
    return std::nullopt;
  }
  return SecretMatch{begin, end, "value of '" + std::string(name) + "'", 0, session::Severity::High,
                     80};
}

void add(std::vector<SecretMatch>& matches, std::optional<SecretMatch> match) {
  if (match) add_apart(matches, {std::move(*match)});
}

// An apostrophe ("don't") opens nothing; the letter of b'…' does not make one.
bool opens_string(std::string_view line, std::size_t at) {
  if (line[at] == '"' || line[at] == '`') return true;
  if (line[at] != '\'') return false;
  return at == 0 || !is_alnum(line[at - 1]) || at == 1 || !is_alnum(line[at - 2]);
}

// The quote that closes the one at `at`; where that one is escaped, its end is before the "\".
std::size_t closing_quote(std::string_view line, std::size_t at) {
  const bool escaped = at > 0 && line[at - 1] == '\\';
  for (std::size_t end = line.find(line[at], at + 1); end != std::string_view::npos;
       end = line.find(line[at], end + 1)) {
    const bool ends_escaped = line[end - 1] == '\\';
    if (ends_escaped == escaped) return escaped ? end - 1 : end;
  }
  return std::string_view::npos;
}

// "api_key=…", "api-key: …", "${API_KEY:-…}", "?api_key=…&": without quotes.
void find_pairs(std::string_view line, std::size_t from, std::size_t to,
                std::vector<SecretMatch>& matches) {
  for (std::size_t at = line.find_first_of("=:", from); at < to;) {
    std::size_t begin = line.find_first_not_of("=:>? \t", at);
    if (begin >= to) return;
    const std::string_view before = without_ending(just_before(line, from, at), "=:?+ \t\"'");
    const std::string_view name = name_before(before);
    if (line[begin] == '-' && line[at] == ':') ++begin;
    at = line.find_first_of("=:", begin);
    // NAME=${NAME:-…}
    if (line.substr(std::min(begin, to)).starts_with("${")) continue;
    const std::size_t end = std::min(line.find_first_of(" \t\r\"'`,;&<>(){}[]|\\", begin), to);
    if (end > begin) add(matches, judge(line, name, begin, end));
  }
}

// "--api-key …", "ENV API_KEY …", "api_key …": a name and its value as words.
void find_words(std::string_view line, std::size_t from, std::size_t to,
                std::vector<SecretMatch>& matches) {
  std::string_view earlier;
  std::size_t words = 0;
  for (std::size_t at = from; at < to;) {
    const std::size_t begin = line.find_first_not_of(" \t\"'", at);
    if (begin >= to) return;
    const std::size_t end = std::min(line.find_first_of(" \t\r\"'`,;<>(){}[]|\\", begin), to);
    const bool option = earlier.starts_with("--");
    constexpr std::size_t kAmongFirst = 3;  // "set -gx NAME value"
    if (option || words <= kAmongFirst) add(matches, judge(line, earlier, begin, end));
    earlier = line.substr(begin, end - begin);
    ++words;
    at = std::max(end, begin + 1);
  }
}

void find_quoted(std::string_view line, std::size_t from, std::size_t to,
                 std::vector<SecretMatch>& matches) {
  for (std::size_t at = from; at < to; ++at) {
    if (!opens_string(line, at)) continue;
    const std::size_t end = closing_quote(line, at);
    if (end >= to) continue;
    add(matches, judge(line, assigned_name(just_before(line, from, at)), at + 1, end));
    // What the string says itself; a string in it is another one.
    find_pairs(line, at + 1, end, matches);
    if (from == 0) find_quoted(line, at + 1, end, matches);
    at = end;
  }
}

// <apiKey>…</apiKey>, <entry key="api.key">…</entry>
void find_elements(std::string_view line, std::vector<SecretMatch>& matches) {
  std::size_t open = std::string_view::npos;
  for (std::size_t at = line.find_first_of("<>"); at != std::string_view::npos;
       at = line.find_first_of("<>", at + 1)) {
    if (line[at] == '<') {
      open = at;
      continue;
    }
    if (open == std::string_view::npos) continue;
    const std::string_view element = line.substr(open + 1, at - open - 1);
    open = std::string_view::npos;
    const std::size_t end = line.find('<', at);
    if (end == std::string_view::npos) return;
    const std::string_view tag = element.substr(0, element.find_first_of(" \t/"));
    add(matches, judge(line, names_a_secret(tag) ? tag : named_in(element), at + 1, end));
  }
}

// Not in a comment, which is prose.
void find_bare(std::string_view line, std::vector<SecretMatch>& matches) {
  const std::size_t start = line.find_first_not_of(" \t");
  if (start == std::string_view::npos || line[start] == '#' || line[start] == ';') return;
  find_pairs(line, start, line.size(), matches);
  find_words(line, start, line.size(), matches);
}

// "Authorization: Bearer …" in code, a curl command or a recorded request.
std::vector<SecretMatch> find_bearers(std::string_view line) {
  constexpr std::size_t kLeast = 20;
  std::vector<SecretMatch> matches;
  for (std::size_t at = line.find("earer "); at != std::string_view::npos;
       at = line.find("earer ", at + 1)) {
    const std::size_t begin = at + 6;
    std::size_t end = begin;
    while (end < line.size() && (is_word(line[end]) || std::string_view("-.=+/~").find(line[end]) !=
                                                           std::string_view::npos)) {
      ++end;
    }
    const std::string_view value = line.substr(begin, end - begin);
    if (value.size() >= kLeast && looks_random(value)) {
      matches.push_back({begin, end, "bearer token", 0, session::Severity::High, 80});
    }
  }
  return matches;
}

// Placeholders that people write for a password.
bool is_example_password(std::string_view user, std::string_view password) {
  constexpr auto kExamples = std::to_array<std::string_view>(
      {"pass",     "pwd",   "token", "root",   "admin", "test",  "guest",
       "postgres", "mysql", "redis", "rabbit", "mongo", "user",  "key",
       "foo",      "bar",   "abc",   "xxx",    "pw",    "login", "hunter2"});
  const std::string lower = to_lower(password);
  return lower == to_lower(user) || is_placeholder(password) ||
         std::any_of(kExamples.begin(), kExamples.end(), [&](std::string_view example) {
           return lower.starts_with(example) && lower.size() < example.size() + 4;
         });
}

// "postgres://app:password@db.internal/app"
std::vector<SecretMatch> find_url_passwords(std::string_view line) {
  constexpr std::size_t kLeast = 8;
  std::vector<SecretMatch> matches;
  for (std::size_t at = line.find("://"); at != std::string_view::npos;
       at = line.find("://", at + 1)) {
    const std::size_t begin = at + 3;
    const std::size_t end = std::min(line.find_first_of("/ \t\"'`<>?#,;()|\\", begin), line.size());
    const std::string_view authority = line.substr(begin, end - begin);
    const std::size_t sign = authority.rfind('@');
    const std::size_t colon = authority.find(':');
    if (sign == std::string_view::npos || colon == std::string_view::npos || colon > sign) continue;
    const std::string_view password = authority.substr(colon + 1, sign - colon - 1);
    const std::string_view host = authority.substr(sign + 1);
    const bool variable = password.find_first_of("${}%*[]") != std::string_view::npos;
    const bool known_host = host.starts_with("localhost") || host.starts_with("127.") ||
                            host.find("example") != std::string_view::npos || host.empty();
    if (password.size() < kLeast || variable || known_host ||
        is_example_password(authority.substr(0, colon), password)) {
      continue;
    }
    matches.push_back(
        {begin + colon + 1, begin + sign, "password in a URL", 0, session::Severity::High, 70});
  }
  return matches;
}

}  // namespace

std::vector<SecretMatch> find_assigned_secrets(std::string_view line, bool bare) {
  if (line.size() > kLongestLine) return {};
  std::vector<SecretMatch> matches;
  find_quoted(line, 0, line.size(), matches);
  find_elements(line, matches);
  add_apart(matches, find_url_passwords(line));
  add_apart(matches, find_bearers(line));
  if (bare) find_bare(line, matches);
  return matches;
}

}  // namespace gs::checks
