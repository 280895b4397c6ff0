#include "base/text.h"
#include "config/layer.h"

namespace gs::config {

namespace {

// The value under a name; null where there is none or `object` is none.
Json field(const Json& object, const char* name) {
  return object.is_object() ? object.value(name, Json()) : Json();
}

}  // namespace

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
