#include "git/config/files.h"

#include <utility>

#include "base/ascii.h"

namespace gs::git {
namespace {

constexpr char kEnd = '\n';  // read at the end of the file

// As in git's own table: neither '\v' nor '\f'.
bool is_space(char c) {
  return is_space_or_tab(c) || c == '\n' || c == '\r';
}
bool is_key_character(char c) {
  return is_alpha(c) || is_digit(c) || c == '-';
}

// What a backslash and the character after it mean in a value; NUL if git refuses them.
char unescaped(char c) {
  switch (c) {
    case 't':
      return '\t';
    case 'b':
      return '\b';
    case 'n':
      return '\n';
    case '\\':
    case '"':
      return c;
    default:
      return '\0';
  }
}

class Parser {
 public:
  explicit Parser(std::string_view content) : rest_(content) {}

  bool run() {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
    if (rest_.find('\0') != std::string_view::npos) return false;
    while (!rest_.empty()) {
      const char c = take();
      if (is_space(c)) continue;
      if (c == '#' || c == ';') {
        skip_line();
      } else if (c == '[') {
        if (!parse_section()) return false;
      } else if (section_.empty() || !is_alpha(c) || !parse_setting(c)) {
        return false;
      }
    }
    return true;
  }

  std::vector<ConfigSetting> settings;

 private:
  // The next character; "\r\n" counts as one.
  char take() {
    if (rest_.empty()) return kEnd;
    if (rest_.starts_with("\r\n")) rest_.remove_prefix(1);
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  void skip_line() {
    while (!rest_.empty() && take() != '\n') {
    }
  }

  // "section]", "section.subsection]" or "section "subsection"]"; leaves the dot before a name in
  // section_.
  bool parse_section() {
    section_.clear();
    while (!rest_.empty()) {
      const char c = take();
      if (c == ']') {
        section_ += '.';
        return is_understood();
      }
      if (is_space(c)) return parse_subsection(c);
      if (!is_key_character(c) && c != '.') return false;
      section_ += to_lower(c);
    }
    return false;
  }

  bool parse_subsection(char c) {
    while (is_space(c)) {
      if (c == '\n') return false;
      c = take();
    }
    if (c != '"') return false;
    section_ += '.';
    while (!rest_.empty()) {
      c = take();
      if (c == '\n') return false;
      if (c == '"') {
        section_ += '.';
        return take() == ']' && is_understood();
      }
      if (c == '\\') c = take();
      if (c == '\n') return false;
      section_ += c;
    }
    return false;
  }

  [[nodiscard]] bool is_understood() const {
    return section_.size() > 1 && !section_.starts_with("include.") &&
           !section_.starts_with("includeif.");
  }

  bool parse_setting(char c) {
    ConfigSetting setting;
    setting.key = section_ + to_lower(c);
    for (c = take(); is_key_character(c); c = take()) setting.key += to_lower(c);
    while (is_space_or_tab(c)) c = take();
    if (c == '\n') {
      setting.value = "true";
    } else if (c != '=' || !parse_value(setting.value)) {
      return false;
    }
    settings.push_back(std::move(setting));
    return true;
  }

  bool parse_value(std::string& value) {
    bool quoted = false;
    bool odd_space = false;
    std::size_t spaces = 0;
    while (true) {
      char c = take();
      if (c == '\n') return !quoted;
      if (is_space(c) && !quoted) {
        if (!value.empty()) ++spaces;
        odd_space = odd_space || (!value.empty() && c != ' ');
        continue;
      }
      if (!quoted && (c == '#' || c == ';')) {
        skip_line();
        return true;
      }
      if (odd_space) return false;
      value.append(std::exchange(spaces, 0), ' ');
      if (c == '"') {
        quoted = !quoted;
        continue;
      }
      if (c == '\\') {
        c = take();
        if (c == '\n') continue;
        c = unescaped(c);
        if (c == '\0') return false;
      }
      value += c;
    }
  }

  std::string_view rest_;
  std::string section_;
};

}  // namespace

std::optional<std::vector<ConfigSetting>> parse_config(std::string_view content) {
  Parser parser(content);
  if (!parser.run()) return std::nullopt;
  return std::move(parser.settings);
}

}  // namespace gs::git
