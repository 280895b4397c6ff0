#include "config/value_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/ascii.h"
#include "base/error.h"
#include "base/text.h"
#include "formats/yaml.h"

namespace gs::config {
namespace {

constexpr long kLargest = 2147483647;

template <typename Number>
std::optional<Number> from_text(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string_view list_item(std::string_view text) {
  text = trim(text);
  const std::string_view bare = without_quotes(text, '"');
  return bare.size() != text.size() ? bare : without_quotes(text, '\'');
}

// Whether a scalar may start after `before`: after "- ", "key: ", '[', ',' or '{'.
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

std::string_view without_quotes(std::string_view text, char quote) {
  if (text.size() < 2 || text.front() != quote || text.back() != quote) return text;
  const std::string_view inner = text.substr(1, text.size() - 2);
  // In `"a" && "b"` the first and last quotes are not a pair: the next one closes the first.
  const std::size_t next = inner.find(quote);
  const bool pair = next == std::string_view::npos || next == 0 ||
                    std::string_view(" \t=\\(").find(inner[next - 1]) != std::string_view::npos;
  return pair ? inner : text;
}

std::vector<std::string> parse_list_text(std::string_view text) {
  text = trim(text);
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  std::vector<std::string> items;
  const auto add = [&items](std::string_view raw) {
    const std::string_view item = list_item(raw);
    if (!item.empty()) items.emplace_back(item);
  };
  std::size_t begin = 0;
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if ((c == '"' || c == '\'') && trim(text.substr(begin, i - begin)).empty()) {
      quote = c;
    } else if (c == ',') {
      add(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  add(text.substr(std::min(begin, text.size())));
  return items;
}

std::optional<long> parse_whole_number(std::string_view text) {
  const auto value = from_text<long>(text);
  if (!value || *value < 0 || *value > kLargest) return std::nullopt;
  return value;
}

std::optional<double> parse_number(std::string_view text) {
  const auto value = from_text<double>(text);
  if (!value || !std::isfinite(*value)) return std::nullopt;
  return value;
}

std::optional<Json> parse_integer_text(std::string_view text) {
  text = trim(text);
  const std::size_t open = text.find('(');
  const auto fallback = parse_whole_number(trim(text.substr(0, open)));
  if (!fallback) return std::nullopt;
  if (open == std::string_view::npos) return Json(*fallback);
  if (!text.ends_with(')')) return std::nullopt;
  Json value = {{"default", *fallback}};
  for (const std::string_view part : split(text.substr(open + 1, text.size() - open - 2), ',')) {
    const std::size_t colon = part.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view name = trim(part.substr(0, colon));
    const auto number = parse_whole_number(trim(part.substr(colon + 1)));
    if (name.empty() || !number) return std::nullopt;
    value[std::string(name)] = *number;
  }
  return value;
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  text = trim(text);
  unsigned shift = 0;
  const std::string last = to_lower(text.substr(text.empty() ? 0 : text.size() - 1));
  if (last == "k" || last == "m" || last == "g") {
    shift = last == "k" ? 10 : last == "m" ? 20 : 30;
    text.remove_suffix(1);
  }
  const auto number = from_text<std::uint64_t>(text);
  if (!number || *number > (std::numeric_limits<std::uint64_t>::max() >> shift)) {
    return std::nullopt;
  }
  return *number << shift;
}

Json parse_flow_text(std::string_view text) {
  try {
    return formats::parse_yaml(text, "");
  } catch (const Error&) {
    return std::string(text);  // kept as is
  }
}

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
