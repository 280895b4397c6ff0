#include "formats/frontmatter.h"

#include "formats/yaml.h"
#include "fuzz.h"

namespace {

// For frontmatter that is a YAML mapping: the key has the new value, every other key the old one.
void check_values(std::string_view before, std::string_view after) {
  gs::Json old;
  try {
    old = gs::formats::parse_yaml(before, "before");
  } catch (const gs::Error&) {  // damaged: only its frame has to hold
    return;
  }
  if (!old.is_object()) return;
  old["status"] = "completed";
  bool same = false;
  gs::fuzz::allow_error([&] { same = gs::formats::parse_yaml(after, "after") == old; });
  gs::fuzz::require(same);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gs::formats;
  const std::string_view text = gs::fuzz::text_of(data, size);
  gs::fuzz::allow_error([&] {
    const auto parts = split_frontmatter(text);
    const std::string once = set_frontmatter_values(text, {{"status", "completed"}});
    const auto changed = split_frontmatter(once);
    gs::fuzz::require(parts && changed && changed->body == parts->body);
    gs::fuzz::require(changed->yaml.find("completed") != std::string_view::npos);
    check_values(parts->yaml, changed->yaml);
  });
  return 0;
}
