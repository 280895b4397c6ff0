#include "config/flatten.h"
#include "config/layer.h"
#include "formats/toml.h"

namespace gs::config {

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

}  // namespace gs::config
