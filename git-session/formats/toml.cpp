#include "formats/toml.h"

#include <toml++/toml.h>

#include <algorithm>
#include <sstream>
#include <vector>

#include "base/error.h"
#include "formats/lines.h"
#include "formats/toml_guard.h"

namespace gs::formats {
namespace {

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

// Turns the library's tree into a Json value and notes the line of each node.
class Converter {
 public:
  explicit Converter(Toml& result) : result_(result) {}

  [[nodiscard]] Json table(const toml::table& from, const std::string& pointer) {
    // The library sorts by name; ours keep the order of the file.
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
                ": no valid TOML: " + std::string(error.description()));
  }
}

}  // namespace gs::formats
