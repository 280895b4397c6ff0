#include "config/session_config.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gs::config;
  gs::fuzz::allow_error([&] {
    const Layer layer = read_markdown_layer(gs::fuzz::text_of(data, size), "CLAUDE.md");
    const SessionConfig config = resolve({layer});
    gs::fuzz::require(config.values().size() == keys().size());
    gs::fuzz::require(!config.trusts_always());
  });
  return 0;
}
