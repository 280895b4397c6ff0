#include "checks/notes/vault.h"

#include <algorithm>

#include "formats/frontmatter.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gs::fuzz::text_of(data, size);
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  const gs::checks::NoteScan scan = gs::checks::scan_note(text);  // never throws
  gs::fuzz::require(scan.has_frontmatter == gs::formats::split_frontmatter(text).has_value());
  for (const auto* problems : {&scan.errors, &scan.warnings}) {
    for (const gs::checks::NoteProblem& problem : *problems) {
      gs::fuzz::require(problem.line >= 1 && problem.line <= lines + 1);
      gs::fuzz::require(!problem.message.empty());
    }
  }
  std::size_t last = 0;
  for (const gs::formats::WikiLink& link : scan.links) {
    gs::fuzz::require(link.line >= last && link.line <= lines && !link.target.empty());
    gs::fuzz::require(link.target.find_first_of("[]#|\n") == std::string::npos);
    last = link.line;
  }
  return 0;
}
