// Tokens in the formats of their providers.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/ascii.h"
#include "checks/secrets/secrets.h"
#include "checks/secrets/token_formats.h"
#include "checks/secrets/value.h"

namespace gs::checks {
namespace {

using session::Severity;

bool is_in_set(char c, char set) {
  switch (set) {
    case 'a':
      return is_alnum(c);
    case 'w':
      return is_alnum(c) || c == '-' || c == '_';
    case 'u':
      return is_upper(c) || (c >= '2' && c <= '7');
    case 'U':
      return is_upper(c) || is_digit(c);
    case 'h':
      return is_hex_digit(c) && !is_upper(c);
    case 'H':
      return is_hex_digit(c);
    case 'd':
      return is_digit(c);
    case 'x':
      return is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '=';
    case 'v':
      return is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '~';
    case 'b':
      return is_alnum(c) || c == '+' || c == '/' || c == '-' || c == '_' || c == '=';
    case 'q':
      return is_in_set(c, 'b') || c == '%';
    case 'l':
      return is_lower(c) || is_digit(c);
    default:
      return false;
  }
}

std::size_t take_count(std::string_view& text) {
  std::size_t count = 0;
  while (!text.empty() && is_digit(text.front())) {
    count = count * 10 + static_cast<std::size_t>(text.front() - '0');
    text.remove_prefix(1);
  }
  return count;
}

// The length of `format` at the start of `text`, 0 if it does not match there. Each run is greedy,
// without backtracking, so each character is read once.
std::size_t match_format(std::string_view format, std::string_view text) {
  std::size_t at = 0;
  while (!format.empty()) {
    if (format.front() != '{') {
      if (at >= text.size() || text[at] != format.front()) return 0;
      format.remove_prefix(1);
      ++at;
      continue;
    }
    const char set = format[1];
    format.remove_prefix(3);
    const std::size_t least = take_count(format);
    std::size_t most = least;
    if (format.front() == '-') {
      format.remove_prefix(1);
      most = take_count(format);
    } else if (format.front() == '+') {
      format.remove_prefix(1);
      most = text.size();
    }
    format.remove_prefix(1);
    std::size_t run = 0;
    while (run < most && at < text.size() && is_in_set(text[at], set)) ++run, ++at;
    if (run < least) return 0;
  }
  return at;
}

bool is_mixed(std::string_view value) {
  bool digit = false;
  bool letter = false;
  for (const char c : value) {
    digit = digit || is_digit(c);
    letter = letter || is_alpha(c);
  }
  return digit && letter;
}

// The spread of a short value means less.
bool is_spread(std::string_view value) {
  return entropy(value) >= std::min(3.0, 0.75 * std::log2(static_cast<double>(value.size())));
}

// CRC-32 of Google API keys that are part of every copy of an open-source program or a document, so
// that the keys themselves are not here.
bool is_published_key(std::string_view token) {
  constexpr auto kPublished = std::to_array<std::uint32_t>(
      {0x08394327U, 0x091A9DC7U, 0x0BA59ABAU, 0x1F358CBEU, 0x202F468FU, 0x3627AA84U, 0x3C5D7FDAU,
       0x5C298136U, 0x6159AC90U, 0x6A4F7820U, 0x6B66E8A8U, 0x6B9463F8U, 0x7AA120D5U, 0x94BB94F9U,
       0xAFE8FF3EU, 0xDC2359B6U, 0xFBC47221U, 0xFFDDD189U});
  return std::find(kPublished.begin(), kPublished.end(), crc32(token)) != kPublished.end();
}

// Only hexadecimal digits although the format allows other letters: a hash, not a token.
bool is_hash(const TokenFormat& token, std::string_view value) {
  return value.size() >= 20 && std::all_of(value.begin(), value.end(), is_hex_digit) &&
         token.format.find("{h:") == std::string_view::npos &&
         token.format.find("{H:") == std::string_view::npos;
}

bool is_proven(const TokenFormat& token, std::string_view value) {
  if (is_placeholder(value) || is_hash(token, value)) return false;
  switch (token.proof) {
    case Proof::Shape:
      return true;
    case Proof::Chance:
      return is_spread(value);
    case Proof::Jumbled:
      return is_mixed(value) && is_spread(value) && kind_changes(value) * 4 >= value.size();
    case Proof::OpenAi:
      return is_mixed(value) && value.find("T3BlbkFJ") != std::string_view::npos;
    case Proof::Mixed:
    case Proof::Base62:
      return is_mixed(value) && is_spread(value);
  }
  return false;
}

// A token starts at the start of a word; "\n" within quotes ends a word.
bool starts_word(std::string_view line, std::size_t at) {
  if (at == 0) return true;
  if (at > 1 && line[at - 2] == '\\') return true;
  const char before = line[at - 1];
  return !is_alnum(before) && before != '_' && before != '-';
}

bool ends_word(std::string_view line, std::size_t end) {
  if (end >= line.size()) return true;
  const char after = line[end];
  return !is_alnum(after) && after != '_' && !(after == '-' && end + 1 < line.size());
}

// Of a token at `at` whose shape ends at `end`; absent if it only has the shape.
std::optional<SecretMatch> prove(const TokenFormat& token, std::string_view line, std::size_t at,
                                 std::size_t end) {
  const std::size_t prefix = token.format.find('{');
  const std::string_view value = line.substr(at + prefix, end - at - prefix);
  if (!is_proven(token, value) || is_published_key(line.substr(at, end - at))) return std::nullopt;
  SecretMatch match{at, end, std::string(token.name), prefix, Severity::Critical, 90};
  if (token.proof == Proof::Base62) {
    const bool valid = has_base62_checksum(value);
    match.severity = valid ? Severity::Critical : Severity::High;
    match.confidence = valid ? 100 : 60;
  }
  return match;
}

// The formats that can start with each character.
using Index = std::array<std::vector<const TokenFormat*>, 256>;
const Index& formats_by_first_character() {
  static const Index index = [] {
    Index by_first;
    for (const TokenFormat& token : token_formats()) {
      for (std::size_t c = 0; c < by_first.size(); ++c) {
        const char first = static_cast<char>(c);
        if (token.format.front() == '{' ? is_in_set(first, token.format[1])
                                        : first == token.format.front()) {
          by_first[c].push_back(&token);
        }
      }
    }
    return by_first;
  }();
  return index;
}

}  // namespace

std::vector<SecretMatch> find_tokens(std::string_view line) {
  constexpr std::size_t kShortest = 14;
  // A longer one is not searched for others, or each of its words would read it again.
  constexpr std::size_t kLong = 500;
  std::vector<SecretMatch> matches;
  const Index& formats = formats_by_first_character();
  for (std::size_t at = 0; at + kShortest <= line.size(); ++at) {
    if (!starts_word(line, at)) continue;
    std::size_t read_to = at + 1;
    for (const TokenFormat* token : formats[static_cast<unsigned char>(line[at])]) {
      const std::size_t end = at + match_format(token->format, line.substr(at));
      if (end == at || !ends_word(line, end)) continue;
      auto match = prove(*token, line, at, end);
      if (match || end - at > kLong) read_to = end;
      if (!match) continue;
      matches.push_back(std::move(*match));
      break;
    }
    at = read_to - 1;
  }
  return matches;
}

}  // namespace gs::checks
