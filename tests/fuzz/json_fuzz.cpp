#include "formats/json.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gs::formats;
  gs::fuzz::allow_error([&] {
    // What was written reads back as what was written.
    const std::string line = to_json_line(parse_json(gs::fuzz::text_of(data, size), "f.json"));
    gs::fuzz::require(to_json_line(parse_json(line, "again")) == line);
    gs::fuzz::require(to_json_line(parse_json(to_json_text(parse_json(line, "again")), "text")) ==
                      line);
  });
  return 0;
}
