#include <map>

#include "config/keys.h"
#include "config/layer.h"
#include "config/value_text.h"

namespace gs::config {
namespace {

constexpr std::string_view kSection = "session.";

// "file:.git/config" names a file; "command line:" and "blob:…" do not.
Origin origin_of(const git::ConfigValue& value) {
  constexpr std::string_view kFile = "file:";
  const bool file = value.origin.starts_with(kFile);
  return {value.scope, file ? value.origin.substr(kFile.size()) : "", 0};
}

// The object key that has `name` as a field: "enforcement-gates" for
// "enforcement-gates.path-guard".
const Key* object_of(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  const Key* key = dot == std::string::npos ? nullptr : find_key(name.substr(0, dot));
  const bool object = key && (key->type == Type::Object || key->type == Type::BoolObject);
  return object ? key : nullptr;
}

// The values of one list key in the last scope that sets it; an empty value clears those before it.
struct ListValues {
  Origin origin;
  std::vector<std::string> values;
  bool emptied = false;
};

void add_to_list(ListValues& list, const git::ConfigValue& value) {
  if (list.origin.scope != value.scope) list = {};
  list.origin = origin_of(value);
  if (value.value.empty()) {
    list.values.clear();
    list.emptied = true;
  } else {
    list.values.push_back(value.value);
  }
}

Json list_value(const ListValues& list) {
  if (list.values.size() == 1 && !list.emptied) return list.values.front();  // may contain commas
  if (list.values.size() == 1) return Json(parse_list_text(list.values.front()));
  return Json(list.values);
}

}  // namespace

Layer read_git_layer(const std::vector<git::ConfigValue>& values) {
  Layer layer;
  std::map<std::string, ListValues> lists;
  std::map<std::string, Setting> objects;
  for (const git::ConfigValue& value : values) {
    if (!value.key.starts_with(kSection)) continue;
    const std::string name = value.key.substr(kSection.size());
    const Key* key = find_key(name);
    if (key && key->type == Type::List) {
      add_to_list(lists[name], value);
    } else if (const Key* object = object_of(name)) {
      Setting& setting = objects[std::string(object->name)];
      setting.key = object->name;
      setting.origin = origin_of(value);
      setting.value[name.substr(object->name.size() + 1)] = parse_flow_text(value.value);
    } else {
      layer.settings.push_back({name, value.value, origin_of(value)});
    }
  }
  for (const auto& [name, list] : lists) {
    layer.settings.push_back({name, list_value(list), list.origin});
  }
  for (auto& [name, setting] : objects) layer.settings.push_back(std::move(setting));
  return layer;
}

}  // namespace gs::config
