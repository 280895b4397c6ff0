#include "config/layer.h"

#include <algorithm>

#include "config/flatten.h"
#include "config/keys.h"
#include "config/normalize.h"

namespace gs::config {

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

}  // namespace gs::config
