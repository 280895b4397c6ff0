#include <charconv>

#include "base/text.h"
#include "formats/toml.h"
#include "fuzz.h"

namespace {

// Whether a JSON pointer leads to a value.
bool leads_somewhere(const gs::Json& root, std::string_view pointer) {
  const gs::Json* value = &root;
  for (const std::string_view part : gs::split(pointer.substr(1), '/')) {
    if (value->is_array()) {
      std::size_t index = 0;
      std::from_chars(part.data(), part.data() + part.size(), index);
      if (index >= value->size()) return false;
      value = &(*value)[index];
      continue;
    }
    std::string key;
    for (std::size_t i = 0; i < part.size(); ++i) {
      key += part[i] != '~' ? part[i] : part[++i] == '1' ? '/' : '~';
    }
    if (!value->contains(key)) return false;
    value = &value->at(key);
  }
  return true;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  gs::fuzz::allow_error([&] {
    const auto toml = gs::formats::parse_toml(gs::fuzz::text_of(data, size), "f.toml");
    for (const auto& [pointer, line] : toml.lines) {
      gs::fuzz::require(line > 0 && leads_somewhere(toml.value, pointer));
    }
  });
  return 0;
}
