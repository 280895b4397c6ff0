#include "config/block_yaml.h"

#include "base/ascii.h"

namespace gs::config {
namespace {

// Whether a scalar may start behind `before`: after "- ", "key: ", '[', ',' or '{'.
bool scalar_starts(std::string_view before) {
  bool spaced = false;
  while (!before.empty() && is_space_or_tab(before.back())) {
    before.remove_suffix(1);
    spaced = true;
  }
  if (before.empty()) return false;
  const char last = before.back();
  return last == '[' || last == ',' || last == '{' || (spaced && (last == '-' || last == ':'));
}

std::size_t end_of_glob(std::string_view line, std::size_t at, bool flow) {
  std::size_t end = at;
  for (; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '\r' || c == '\n' || (flow && (c == ',' || c == ']' || c == '}'))) break;
    if (c == '#' && is_space_or_tab(line[at - 1])) break;
    if (!is_space_or_tab(c)) end = at + 1;
  }
  return end;
}

std::string quote_line(std::string_view line) {
  std::string result;
  char quote = '\0';
  int flow = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char c = line[at];
    if (quote == '\0' && c == '*' && scalar_starts(line.substr(0, at))) {
      const std::size_t end = end_of_glob(line, at, flow > 0);
      result += '\'';
      for (const char letter : line.substr(at, end - at)) {
        result.append(letter == '\'' ? 2 : 1, letter);
      }
      result += '\'';
      at = end;
      continue;
    }
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if ((c == '"' || c == '\'') && scalar_starts(line.substr(0, at))) {
      quote = c;
    } else if (c == '[' || c == '{') {
      ++flow;
    } else if (c == ']' || c == '}') {
      --flow;
    }
    result += c;
    ++at;
  }
  return result;
}

}  // namespace

std::string quote_globs(std::string_view yaml) {
  std::string result;
  while (!yaml.empty()) {
    const std::size_t newline = yaml.find('\n');
    const std::size_t end = newline == std::string_view::npos ? yaml.size() : newline + 1;
    result += quote_line(yaml.substr(0, end));
    yaml.remove_prefix(end);
  }
  return result;
}

}  // namespace gs::config
