#include "config/layer.h"

#include <algorithm>

#include "base/text.h"
#include "config/keys.h"
#include "config/normalize.h"
#include "formats/toml.h"

namespace gs::config {
namespace {

// The value under a name; null if it is missing or `object` is not an object.
Json field(const Json& object, const char* name) {
  return object.is_object() ? object.value(name, Json()) : Json();
}

}  // namespace

bool Origin::is_of_tree() const {
  return scope == "markdown" || scope == "toml" || scope == "policy" || scope == "stack";
}

std::string Origin::describe() const {
  if (is_git_scope(scope)) return "git config (" + scope + ")";
  if (file.empty()) return scope;
  const std::string place = line > 0 ? file + ":" + std::to_string(line) : file;
  return scope == "stack" ? "stack (" + place + ")" : place;
}

bool is_block(std::string_view name) {
  const auto names = blocks();
  return std::find(names.begin(), names.end(), name) != names.end();
}

void add_setting(Layer& layer, const std::string& key, Json value,
                 const std::function<Origin(const std::string& block_key)>& origin_of) {
  if (!is_block(key) || !value.is_object()) {
    layer.settings.push_back({key, std::move(value), origin_of("")});
    return;
  }
  for (const auto& [name, below] : value.items()) {
    layer.settings.push_back({std::string(key).append(".").append(name), below, origin_of(name)});
  }
}

Layer default_layer() {
  Layer layer;
  for (const Key& key : keys()) {
    layer.settings.push_back(
        {std::string(key.name), std::string(key.fallback), Origin{"default", "", 0}});
  }
  return layer;
}

Layer read_toml_layer(std::string_view text, const std::string& file) {
  const formats::Toml toml = formats::parse_toml(text, file);
  Layer layer;
  for (const auto& [key, value] : toml.value.items()) {
    add_setting(layer, key, value, [&, &key = key](const std::string& block_key) {
      const std::string pointer = "/" + key + (block_key.empty() ? "" : "/" + block_key);
      return Origin{"toml", file, toml.line_of(pointer)};
    });
  }
  return layer;
}

Layer read_quality_gates_layer(std::string_view text, const std::string& file) {
  const Json policy = formats::parse_json(text, file);
  Layer layer;
  for (const char* gate : {"test", "typecheck", "lint"}) {
    const Json command = field(field(field(policy, "commands"), gate), "command");
    if (!command.is_string() || trim(command.get_ref<const std::string&>()).empty()) {
      return {{}, {file + ": ignored, it has no command for " + gate}};
    }
    layer.settings.push_back({std::string(gate) + "-command", command, Origin{"policy", file, 0}});
  }
  return layer;
}

}  // namespace gs::config
