#include "formats/frontmatter.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gs::formats;
  const std::string_view text = gs::fuzz::text_of(data, size);
  gs::fuzz::allow_error([&] {
    const auto parts = split_frontmatter(text);
    const std::string once = set_frontmatter_values(text, {{"status", "completed"}});
    const auto changed = split_frontmatter(once);
    gs::fuzz::require(parts && changed && changed->body == parts->body);
    gs::fuzz::require(changed->yaml.find("completed") != std::string_view::npos);
    gs::fuzz::require(set_frontmatter_values(once, {{"status", "completed"}}) == once);
  });
  return 0;
}
