#include "formats/markdown.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gs::formats;
  const std::string_view text = gs::fuzz::text_of(data, size);
  std::size_t line = 0;
  for (const MarkdownSection& section : markdown_sections(text)) {
    gs::fuzz::require(section.level >= 1 && section.level <= 6 && section.line > line);
    line = section.line;
  }
  const std::string longer = append_to_section(text, "Deviations", "- added");
  gs::fuzz::require(longer.find("- added") != std::string::npos);
  return 0;
}
