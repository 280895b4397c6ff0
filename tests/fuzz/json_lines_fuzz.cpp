#include "formats/json.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gs::formats;
  const JsonLines lines = parse_json_lines(gs::fuzz::text_of(data, size));
  for (const auto& record : lines.records) {
    gs::fuzz::require(record.value.is_object());
    gs::fuzz::require(to_json_line(record.value).find('\n') == std::string::npos);
  }
  return 0;
}
