#include "checks/notes/drift.h"

#include <algorithm>

#include "fuzz.h"

namespace {

template <typename Claims>
void require_places(const Claims& claims, std::size_t lines) {
  std::size_t last = 1;
  for (const auto& claim : claims) {
    gs::fuzz::require(claim.line >= last && claim.line <= lines);
    last = claim.line;
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gs::fuzz::text_of(data, size);
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  const gs::checks::DocumentClaims claims = gs::checks::scan_document(text);
  require_places(claims.paths, lines);
  require_places(claims.counts, lines);
  require_places(claims.issues, lines);
  require_places(claims.session_files, lines);
  for (const auto& path : claims.paths) {
    gs::fuzz::require(path.text.starts_with("/home/") || path.text.starts_with("/Users/"));
    gs::fuzz::require(text.find(path.text) != std::string_view::npos);
  }
  for (const auto& issue : claims.issues) {
    gs::fuzz::require(issue.issue > 0);
    gs::fuzz::require(gs::checks::looking(issue.heading) == gs::checks::Looking::Forward);
  }
  for (const auto& file : claims.session_files) {
    gs::fuzz::require(file.text.starts_with("50-sessions/") && file.text.ends_with(".md"));
    gs::fuzz::require(file.text.find('/', 12) == std::string::npos);
  }
  return 0;
}
