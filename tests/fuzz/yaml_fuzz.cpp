#include "formats/yaml.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  gs::fuzz::allow_error([&] {
    const gs::Json value = gs::formats::parse_yaml(gs::fuzz::text_of(data, size), "f.yml");
    gs::fuzz::require(!gs::formats::to_json_line(value).empty());
  });
  return 0;
}
