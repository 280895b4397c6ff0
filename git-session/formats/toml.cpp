#include "formats/toml.h"

#include <toml++/toml.h>

#include <algorithm>
#include <sstream>
#include <vector>

#include "base/error.h"
#include "formats/lines.h"

namespace gs::formats {
namespace {

constexpr std::size_t kLargestToml = 1U << 20U;
constexpr int kMostParts = 50;
constexpr int kDeepestToml = 50;

// Offset after the string that starts at `at`: basic or literal, with one quote or three. Up to two
// quotes may precede the closing three.
std::size_t behind_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string three(3, quote);
  const bool multi_line = text.substr(at, 3) == three;
  for (at += multi_line ? 3 : 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (multi_line && text.substr(at, 3) == three) {
      at += 3;
      for (int own = 0; own < 2 && at < text.size() && text[at] == quote; ++own) ++at;
      return at;
    } else if (!multi_line && (text[at] == quote || text[at] == '\n')) {
      return at + 1;
    }
  }
  return text.size();
}

// The library builds dotted keys of any depth, and overflows the stack when it destroys such a
// table. Refuses texts over 1 MiB, keys of more than 50 parts and values nested deeper than 50.
void refuse_deep_toml(std::string_view text, const std::string& source) {
  if (text.size() > kLargestToml) throw fatal(source + ":1: invalid TOML: larger than 1 MiB");
  const auto refuse = [&](std::size_t at, const char* message) {
    throw fatal(source + ":" + std::to_string(line_at(text, at)) + ": invalid TOML: " + message);
  };
  int dots = 0;   // since the start of this key or value
  int depth = 0;  // of brackets
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = behind_string(text, at);
      continue;
    }
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (c == '.' && ++dots >= kMostParts) refuse(at, "a key of more than 50 parts");
    if ((c == '[' || c == '{') && ++depth > kDeepestToml) refuse(at, "nested deeper than 50");
    if (c == ']' || c == '}') depth = std::max(depth - 1, 0);
    if (std::string_view("\n=,[]{}").find(c) != std::string_view::npos) dots = 0;
    ++at;
  }
}

std::string pointer_part(std::string_view key) {
  std::string part = "/";
  for (const char c : key) {
    if (c == '~') {
      part += "~0";
    } else if (c == '/') {
      part += "~1";
    } else {
      part += c;
    }
  }
  return part;
}

// Converts the library's tree to a Json value and records the line of each node.
class Converter {
 public:
  explicit Converter(Toml& result) : result_(result) {}

  [[nodiscard]] Json table(const toml::table& from, const std::string& pointer) {
    // The library sorts by name; Json keeps the order of the file.
    std::vector<std::pair<const toml::key*, const toml::node*>> entries;
    for (auto&& [key, node] : from) entries.emplace_back(&key, &node);
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
      const toml::source_position left = a.first->source().begin;
      const toml::source_position right = b.first->source().begin;
      return left < right;
    });
    Json object = Json::object();
    for (const auto& [key, node] : entries) {
      const std::string below = pointer + pointer_part(key->str());
      result_.lines[below] = key->source().begin.line;
      object.add(std::string(key->str()), value(*node, below));
    }
    return object;
  }

 private:
  [[nodiscard]] Json array(const toml::array& from, const std::string& pointer) {
    Json elements = Json::array();
    for (std::size_t i = 0; i < from.size(); ++i) {
      const std::string below = pointer + "/" + std::to_string(i);
      result_.lines[below] = from[i].source().begin.line;
      elements.push_back(value(from[i], below));
    }
    return elements;
  }

  [[nodiscard]] Json value(const toml::node& from, const std::string& pointer) {
    if (const auto* nested = from.as_table()) return table(*nested, pointer);
    if (const auto* elements = from.as_array()) return array(*elements, pointer);
    if (const auto* text = from.as_string()) return text->get();
    if (const auto* flag = from.as_boolean()) return flag->get();
    if (const auto* integer = from.as_integer()) return integer->get();
    if (const auto* number = from.as_floating_point()) return number->get();
    std::ostringstream text;
    from.visit([&text](const auto& node) {
      if constexpr (toml::is_date<decltype(node)> || toml::is_time<decltype(node)> ||
                    toml::is_date_time<decltype(node)>) {
        text << node.get();
      }
    });
    return text.str();
  }

  Toml& result_;
};

}  // namespace

std::size_t Toml::line_of(const std::string& pointer) const {
  const auto found = lines.find(pointer);
  return found == lines.end() ? 0 : found->second;
}

Toml parse_toml(std::string_view text, const std::string& source) {
  refuse_deep_toml(text, source);
  try {
    const toml::table root = toml::parse(text);
    Toml result;
    result.value = Converter(result).table(root, "");
    return result;
  } catch (const toml::parse_error& error) {
    throw fatal(source + ":" + std::to_string(error.source().begin.line) +
                ": invalid TOML: " + std::string(error.description()));
  }
}

}  // namespace gs::formats
