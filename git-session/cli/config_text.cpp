#include "cli/config_text.h"

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "config/keys.h"

namespace gs::cli {
namespace {

std::string scalar_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : formats::to_json_line(value);
}

bool has_overrides(const Json& value) {
  return value.contains("default") && value["default"].is_number();
}

std::string object_text(const Json& value) {
  std::string text;
  const bool overrides = has_overrides(value);
  for (const auto& [name, field] : value.items()) {
    if (overrides && name == "default") continue;
    text += (text.empty() ? "" : ", ") + name + ": " + value_text(field);
  }
  if (overrides) return scalar_text(value["default"]) + " (" + text + ")";
  return text.empty() ? "{}" : "{ " + text + " }";
}

// "none" is one of its values, so it cannot mean unset.
bool has_choice_none(const std::string& name) {
  const config::Key* key = config::find_key(name);
  return key != nullptr &&
         std::find(key->choices.begin(), key->choices.end(), "none") != key->choices.end();
}

using Visit = std::function<void(const std::string& key, const config::Effective& effective)>;

void for_each_key(const config::SessionConfig& config, const Visit& visit) {
  for (const config::Key& key : config::keys()) {
    config::Effective effective = config.at(key.name);
    // No items make an empty list.
    if (key.type == config::Type::List && effective.value.is_null()) {
      effective.value = Json::array();
    }
    visit(std::string(key.name), effective);
  }
  for (const auto& [name, effective] : config.unknown()) visit(name, effective);
}

}  // namespace

std::string value_text(const Json& value) {
  if (value.is_null()) return "none";
  if (value.is_object()) return object_text(value);
  if (!value.is_array()) return scalar_text(value);
  std::string text;
  for (const Json& item : value) text += (text.empty() ? "" : ", ") + value_text(item);
  return "[" + text + "]";
}

std::vector<std::string> value_lines(const Json& value) {
  if (!value.is_array()) return {value_text(value)};
  std::vector<std::string> lines;
  for (const Json& item : value) lines.push_back(value_text(item));
  return lines;
}

Json json_value(const config::Effective& effective, bool with_origin) {
  if (!with_origin) return effective.value;
  return {{"value", effective.value},
          {"origin", effective.origin.describe()},
          {"scope", effective.origin.scope}};
}

void put_json(Json& fields, const std::string& key, Json value) {
  const std::size_t dot = key.find('.');
  const auto blocks = config::blocks();
  const bool in_block = dot != std::string::npos &&
                        std::find(blocks.begin(), blocks.end(), key.substr(0, dot)) != blocks.end();
  if (!in_block) {
    if (key != "schema") fields[key] = std::move(value);
    return;
  }
  Json& block = fields[key.substr(0, dot)];
  if (!block.is_object()) block = Json::object();
  block[key.substr(dot + 1)] = std::move(value);
}

Json all_json(const config::SessionConfig& config, bool with_origin) {
  Json fields = Json::object();
  for_each_key(config, [&](const std::string& key, const config::Effective& effective) {
    put_json(fields, key, json_value(effective, with_origin));
  });
  return fields;
}

std::string all_text(const config::SessionConfig& config, bool with_origin, const Style& style) {
  std::size_t key_width = 0;
  std::size_t origin_width = 0;
  for_each_key(config, [&](const std::string& key, const config::Effective& effective) {
    key_width = std::max(key_width, report::display_width(key));
    origin_width = std::max(origin_width, report::display_width(effective.origin.describe()));
  });
  std::string text;
  for_each_key(config, [&](const std::string& key, const config::Effective& effective) {
    const bool is_default = effective.origin.scope == "default";
    if (with_origin) {
      text += report::paint(report::pad(effective.origin.describe(), origin_width) + "  ",
                            report::Tone::Accent, style.colour);
    }
    const bool unset = effective.value.is_null() && has_choice_none(key);
    const std::string value = unset ? "unset" : value_text(effective.value);
    const std::string line = report::pad(key, key_width) + " = " + value;
    text += report::paint(line, is_default ? report::Tone::Dim : report::Tone::Plain, style.colour);
    text += "\n";
  });
  return text;
}

}  // namespace gs::cli
