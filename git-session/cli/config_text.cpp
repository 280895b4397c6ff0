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

struct ConfigRow {
  std::string key, value, origin;
};

struct ConfigWidths {
  std::size_t key = 0;
  std::size_t origin = 0;

  void include(const std::vector<ConfigRow>& rows) {
    for (const ConfigRow& row : rows) {
      key = std::max(key, report::display_width(row.key));
      origin = std::max(origin, report::display_width(row.origin));
    }
  }
};

std::string config_row_text(const ConfigRow& row, const ConfigWidths& widths,
                            const Listing& listing, report::Tone tone, const Style& style) {
  std::string text;
  if (listing.with_origin) {
    text = report::paint(report::pad(row.origin, widths.origin) + "  ", report::Tone::Accent,
                         style.colour);
  }
  const std::string line = report::pad(row.key, widths.key) + " = " + row.value;
  return text + report::paint(line, tone, style.colour) + "\n";
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

std::string all_text(const config::SessionConfig& config, const Listing& listing,
                     const Style& style) {
  std::vector<ConfigRow> set;
  std::vector<ConfigRow> defaults;
  std::vector<ConfigRow> foreign;
  for_each_key(config, [&](const std::string& key, const config::Effective& effective) {
    const bool unset = effective.value.is_null() && has_choice_none(key);
    ConfigRow row{key, unset ? "unset" : value_text(effective.value), effective.origin.describe()};
    const config::Key* known = config::find_key(key);
    const bool is_foreign = known != nullptr && known->use == config::Use::Elsewhere;
    const bool is_default = effective.origin.scope == "default";
    (is_foreign ? foreign : is_default ? defaults : set).push_back(std::move(row));
  });
  if (!listing.with_foreign) foreign.clear();
  ConfigWidths widths;
  for (const std::vector<ConfigRow>* rows : {&set, &defaults, &foreign}) widths.include(*rows);
  std::string text;
  const auto group = [&](std::string_view heading, const std::vector<ConfigRow>& rows,
                         report::Tone tone) {
    if (rows.empty()) return;
    text += (text.empty() ? "# " : "\n# ") + std::string(heading) + "\n";
    for (const ConfigRow& row : rows) text += config_row_text(row, widths, listing, tone, style);
  };
  group("set", set, report::Tone::Plain);
  group("defaults", defaults, report::Tone::Dim);
  group("for other tools", foreign, report::Tone::Dim);
  return text;
}

}  // namespace gs::cli
