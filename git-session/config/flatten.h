#pragma once

#include <functional>
#include <string>

#include "config/layer.h"

namespace gs::config {

// Adds `value` under `key` to the layer; the mapping of a block becomes one setting for each of its
// keys. `origin_of` gets the block's key, or "" for the whole.
void add_setting(Layer& layer, const std::string& key, Json value,
                 const std::function<Origin(const std::string& block_key)>& origin_of);

[[nodiscard]] bool is_block(std::string_view name);

}  // namespace gs::config
