#include "fuzz.h"
#include "git/status/ignore_rules.h"

// The first line is a path, the rest an ignore file. A file without a rule ignores nothing, and the
// same rules in the parent directory give the same result for the path.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gs::git::Ignored;
  using gs::git::IgnoreRules;
  const std::string_view text = gs::fuzz::text_of(data, size);
  const std::size_t newline = text.find('\n');
  const std::string_view path = text.substr(0, newline);
  if (path.empty() || path.ends_with('/') || newline == std::string_view::npos) return 0;
  const std::string_view content = text.substr(newline + 1);
  const auto rules = IgnoreRules::read(content, "", nullptr);
  for (const bool is_directory : {false, true}) {
    const Ignored answer = rules->match(path, is_directory);
    if (content.empty()) gs::fuzz::require(answer == Ignored::No);
    const auto below = IgnoreRules::read("", "", rules);
    gs::fuzz::require(below->match(path, is_directory) == answer);
  }
  return 0;
}
