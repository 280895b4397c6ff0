#include "formats/toml.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  gs::fuzz::allow_error([&] {
    const auto toml = gs::formats::parse_toml(gs::fuzz::text_of(data, size), "f.toml");
    for (const auto& [pointer, line] : toml.lines) {
      gs::fuzz::require(line > 0 && toml.value.contains(gs::Json::json_pointer(pointer)));
    }
  });
  return 0;
}
