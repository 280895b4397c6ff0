#include "config/normalize.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/clock.h"
#include "base/screen.h"
#include "base/text.h"
#include "config/value_text.h"
#include "git/expiry.h"

namespace gs::config {
namespace {

using Result = std::optional<Normalized>;

// A scalar as written in a file.
std::optional<std::string> scalar_text(const Json& value) {
  if (value.is_string()) return std::string(trim(value.get_ref<const std::string&>()));
  if (value.is_boolean() || value.is_number()) return formats::to_json_line(value);
  return std::nullopt;
}

bool contains(const std::vector<std::string_view>& choices, std::string_view word) {
  return std::find(choices.begin(), choices.end(), word) != choices.end();
}

bool is_unset(const Key& key, const Json& value) {
  if (value.is_null()) return true;
  if (!value.is_string()) return false;
  const std::string_view text = trim(value.get_ref<const std::string&>());
  return text.empty() || text == "null" || (text == "none" && !contains(key.choices, "none"));
}

std::optional<bool> to_bool(const Json& value, Spelling spelling) {
  if (value.is_boolean()) return value.get<bool>();
  const auto text = scalar_text(value);
  if (!text) return std::nullopt;
  const std::string word = to_lower(*text);
  if (word == "true") return true;
  if (word == "false") return false;
  if (spelling == Spelling::File) return std::nullopt;
  if (word == "yes" || word == "on" || word == "1") return true;
  if (word == "no" || word == "off" || word == "0") return false;
  return std::nullopt;
}

Result to_integer(const Json& value) {
  if (value.is_object()) {  // overrides
    if (!value.contains("default")) return std::nullopt;
    Json numbers = Json::object();
    for (const auto& [name, number] : value.items()) {
      const auto text = scalar_text(number);
      const auto whole = text ? parse_whole_number(*text) : std::nullopt;
      if (!whole) return std::nullopt;
      numbers[name] = *whole;
    }
    return Normalized{std::move(numbers), {}};
  }
  const auto text = scalar_text(value);
  auto number = text ? parse_integer_text(*text) : std::nullopt;
  if (!number) return std::nullopt;
  return Normalized{std::move(*number), {}};
}

Result to_ratio(const Json& value) {
  const auto text = scalar_text(value);
  const auto number = text ? parse_number(*text) : std::nullopt;
  if (!number || *number < 0.0 || *number >= 1.0) return std::nullopt;
  return Normalized{*number, {}};
}

Result to_percent(const Json& value) {
  const auto text = scalar_text(value);
  const auto number = text ? parse_whole_number(*text) : std::nullopt;
  if (!number || *number > 100) return std::nullopt;
  return Normalized{*number, {}};
}

// Excludes options, paths outside a directory, and other transports.
bool is_name(std::string_view text, std::string_view more) {
  if (text.empty() || std::string_view("-./").find(text.front()) != std::string_view::npos)
    return false;
  return std::all_of(text.begin(), text.end(), [more](char c) {
    return is_alnum(c) || is_high(c) || more.find(c) != std::string_view::npos;
  });
}

bool is_directory_name(std::string_view text) {
  if (text.ends_with('/')) text.remove_suffix(1);
  return !text.empty() && text != "." && text != ".." && text != ".git" &&
         text.find('/') == std::string_view::npos;
}

bool is_allowed_text(const Key& key, const std::string& text) {
  switch (key.type) {
    case Type::Remote:
      return is_name(text, "-._/");
    case Type::Directory:
      return is_directory_name(text);
    case Type::Host:
      return is_name(text, "-.:");
    case Type::Size:
      return parse_size(text).has_value();
    case Type::Duration:
      return parse_duration(text).has_value();
    case Type::Expiry:
      return git::is_expiry_value(text);
    default:
      return true;
  }
}

Result to_text(const Key& key, const Json& value) {
  auto text = scalar_text(value);
  if (!text || (key.type == Type::Command && !value.is_string())) return std::nullopt;
  if (!is_allowed_text(key, *text)) return std::nullopt;
  return Normalized{std::move(*text), {}};
}

Result to_choice(const Key& key, const Json& value) {
  auto text = scalar_text(value);
  if (text == "hard" && contains(key.choices, "strict")) text = "strict";
  if (!text || !contains(key.choices, *text)) return std::nullopt;
  return Normalized{std::move(*text), {}};
}

bool is_allowed_item(const Key& key, const std::string& item) {
  if (!key.choices.empty()) return contains(key.choices, item);
  if (key.name != "co-author") return true;
  const std::size_t open = item.find(" <");
  return open != std::string::npos && open > 0 && item.ends_with('>') &&
         item.find('@', open) != std::string::npos && item.find('\n') == std::string::npos;
}

Result to_list(const Key& key, const Json& value) {
  std::vector<std::string> items;
  if (value.is_array()) {
    for (const Json& element : value) {
      if (element.is_null()) continue;
      const auto text = scalar_text(element);
      if (!text) return std::nullopt;
      if (!text->empty()) items.push_back(*text);
    }
  } else {
    const auto text = scalar_text(value);
    if (!text) return std::nullopt;
    items = parse_list_text(*text);
  }
  Normalized result{Json::array(), {}};
  for (std::string& item : items) {
    if (is_allowed_item(key, item)) {
      result.value.push_back(std::move(item));
    } else {
      result.dropped.push_back(std::move(item));
    }
  }
  return result;
}

Result to_bool_object(const Json& value, Spelling spelling) {
  const Json object =
      value.is_string() ? parse_flow_text(value.get_ref<const std::string&>()) : value;
  if (!object.is_object()) return std::nullopt;
  Normalized result{Json::object(), {}};
  for (const auto& [name, flag] : object.items()) {
    const auto on = to_bool(flag, spelling);
    if (!on) return std::nullopt;
    result.value[name] = *on;
  }
  return result;
}

Result to_object(const Json& value) {
  if (!value.is_string()) return Normalized{value, {}};
  const std::string_view text = trim(value.get_ref<const std::string&>());
  const bool flow = text.starts_with('{') || text.starts_with('[');
  return Normalized{flow ? parse_flow_text(text) : value, {}};
}

}  // namespace

bool is_git_scope(const std::string& scope) {
  static constexpr std::array<std::string_view, 5> kScopes = {"system", "global", "local",
                                                              "worktree", "command"};
  return std::find(kScopes.begin(), kScopes.end(), scope) != kScopes.end();
}

Spelling spelling_of(const Origin& origin) {
  return origin.scope.empty() || is_git_scope(origin.scope) ? Spelling::Git : Spelling::File;
}

std::optional<Normalized> normalize(const Key& key, const Json& value, Spelling spelling) {
  if (is_unset(key, value)) return Normalized{nullptr, {}};
  switch (key.type) {
    case Type::Bool: {
      const auto flag = to_bool(value, spelling);
      return flag ? Result(Normalized{*flag, {}}) : std::nullopt;
    }
    case Type::Integer:
      return to_integer(value);
    case Type::Ratio:
      return to_ratio(value);
    case Type::Percent:
      return to_percent(value);
    case Type::Choice:
      return to_choice(key, value);
    case Type::List:
      return to_list(key, value);
    case Type::BoolObject:
      return to_bool_object(value, spelling);
    case Type::Object:
      return to_object(value);
    default:
      return to_text(key, value);
  }
}

std::string refusal(const Key& key, const Json& value) {
  const auto text = scalar_text(value);
  const std::string shown =
      ellipsize(escape_hidden(text ? *text : formats::to_json_line(value)), 80);
  return std::string(key.name) + " is '" + shown + "', allowed: " + std::string(describe_type(key));
}

std::string suggestion(const Key& key, const Json& value) {
  std::vector<std::string_view> candidates = key.choices;
  if (key.type == Type::Bool) candidates = {"true", "false"};
  const auto text = scalar_text(value);
  const std::string_view near = text ? nearest(to_lower(*text), candidates) : std::string_view{};
  return near.empty() ? "" : "did you mean '" + std::string(near) + "'?";
}

}  // namespace gs::config
