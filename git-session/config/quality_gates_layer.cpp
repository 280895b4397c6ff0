#include <array>

#include "base/text.h"
#include "config/layer.h"

namespace gs::config {

Layer read_quality_gates_layer(std::string_view text, const std::string& file) {
  const Json policy = formats::parse_json(text, file);
  Layer layer;
  for (const char* gate : {"test", "typecheck", "lint"}) {
    const Json::json_pointer place("/commands/" + std::string(gate) + "/command");
    const Json command = policy.is_object() ? policy.value(place, Json()) : Json();
    if (!command.is_string() || trim(command.get_ref<const std::string&>()).empty()) {
      return {{}, {file + ": ignored, it has no command for " + gate}};
    }
    layer.settings.push_back({std::string(gate) + "-command", command, Origin{"policy", file, 0}});
  }
  return layer;
}

}  // namespace gs::config
