#include "fuzz.h"
#include "session/plan.h"

// A session-plan.toml of anybody's.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  gs::fuzz::allow_error([&] {
    const gs::session::Plan plan =
        gs::session::parse_plan(gs::fuzz::text_of(data, size), "session-plan.toml");
    const auto item = gs::session::item_of(plan, "src/a.c");
    gs::fuzz::require(!item || *item < plan.items.size());
  });
  return 0;
}
