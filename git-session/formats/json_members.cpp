#include "formats/json_members.h"

#include <charconv>
#include <utility>

#include "base/utf8.h"
#include "formats/json.h"
#include "formats/lines.h"

namespace gs::formats {
namespace {

constexpr int kDeepest = 200;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Checks JSON from a place in a text on, by RFC 8259's grammar. Each function answers whether what
// it is named for stands there, and moves behind it.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool members(std::vector<JsonMember>& members) {
    blanks();
    if (!next('{')) return false;
    ++depth_;
    blanks();
    if (next('}')) return ends();
    do {
      blanks();
      std::size_t start = at_;
      if (!string()) return false;
      auto key = json_string(text_.substr(start, at_ - start));
      blanks();
      if (!key || !next(':')) return false;
      blanks();
      start = at_;
      if (!value()) return false;
      members.push_back({std::move(*key), text_.substr(start, at_ - start)});
      blanks();
    } while (next(','));
    return next('}') && ends();
  }

 private:
  bool next(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void blanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }

  bool ends() {
    blanks();
    return at_ == text_.size();
  }

  bool value() {
    if (at_ >= text_.size()) return false;
    switch (text_[at_]) {
      case '"':
        return string();
      case '{':
      case '[':
        return nested();
      case 't':
        return word("true");
      case 'f':
        return word("false");
      case 'n':
        return word("null");
      default:
        return number();
    }
  }

  bool word(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  bool nested() {
    const bool object = text_[at_] == '{';
    const char close = object ? '}' : ']';
    ++at_;
    if (++depth_ > kDeepest) return false;
    blanks();
    if (!next(close)) {
      do {
        blanks();
        if (object) {
          if (!string()) return false;
          blanks();
          if (!next(':')) return false;
          blanks();
        }
        if (!value()) return false;
        blanks();
      } while (next(','));
      if (!next(close)) return false;
    }
    --depth_;
    return true;
  }

  bool string() {
    if (!next('"')) return false;
    while (at_ < text_.size()) {
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c < 0x20) return false;
      if (c == '\\') {
        if (!escape()) return false;
      } else if (c < 0x80) {
        ++at_;
      } else {
        const std::size_t length = utf8_length(text_.substr(at_));
        if (length == 0) return false;
        at_ += length;
      }
    }
    return false;
  }

  bool escape() {
    ++at_;
    if (at_ >= text_.size()) return false;
    const char c = text_[at_++];
    if (c != 'u') return std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
    const std::optional<unsigned> unit = code_unit();
    if (!unit || (*unit >= 0xDC00 && *unit < 0xE000)) return false;
    if (*unit < 0xD800 || *unit >= 0xE000) return true;
    if (!word("\\u")) return false;  // half of a pair
    const std::optional<unsigned> low = code_unit();
    return low && *low >= 0xDC00 && *low < 0xE000;
  }

  std::optional<unsigned> code_unit() {
    unsigned unit = 0;
    const char* const start = text_.data() + at_;
    if (text_.size() - at_ < 4) return std::nullopt;
    const auto [end, error] = std::from_chars(start, start + 4, unit, 16);
    if (error != std::errc() || end != start + 4) return std::nullopt;
    at_ += 4;
    return unit;
  }

  bool digits() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ > start;
  }

  bool number() {
    const std::size_t start = at_;
    (void)next('-');
    const bool zero = next('0');  // nothing follows it before the point
    if (!zero && !digits()) return false;
    if (next('.') && !digits()) return false;
    const bool exponent = next('e') || next('E');
    if (exponent) {
      if (!next('+')) (void)next('-');
      if (!digits()) return false;
    }
    // Beyond what a double holds: with an exponent, or very long.
    constexpr std::size_t kAlwaysFits = 16;
    const std::string_view written = text_.substr(start, at_ - start);
    return (written.size() < kAlwaysFits && !exponent) ||
           Json::accept(written.begin(), written.end());
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

std::optional<std::vector<JsonMember>> json_members(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  constexpr std::size_t kUsually = 16;
  std::vector<JsonMember> members;
  members.reserve(kUsually);
  if (!Scanner(text).members(members)) return std::nullopt;
  return members;
}

std::optional<std::string> json_string(std::string_view value) {
  if (value.size() < 2 || value.front() != '"') return std::nullopt;
  if (value.find('\\') == std::string_view::npos) {
    return std::string(value.substr(1, value.size() - 2));
  }
  const Json parsed = Json::parse(value.begin(), value.end(), nullptr, false);
  return parsed.is_string() ? std::optional(parsed.get<std::string>()) : std::nullopt;
}

std::optional<double> json_number(std::string_view value) {
  if (value.empty() || (value.front() != '-' && !is_digit(value.front()))) return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error == std::errc() && end == value.data() + value.size()) return number;
  const Json parsed = Json::parse(value.begin(), value.end(), nullptr, false);  // underflow
  return parsed.is_number() ? std::optional(parsed.get<double>()) : std::nullopt;
}

}  // namespace gs::formats
