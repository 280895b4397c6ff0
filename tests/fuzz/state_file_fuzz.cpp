#include "fuzz.h"
#include "session/state_file.h"

// A STATE.md, read as far as it can be; what a close and `start` write into it is found again.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gs::session;
  const std::string_view text = gs::fuzz::text_of(data, size);
  gs::fuzz::allow_error([&] {
    const StateFile before = parse_state(text, "STATE.md");
    (void)count_agents(before.waves);
    (void)files_named(before.waves);
    const gs::Timestamp now{std::chrono::seconds{1767225600}};
    const std::string completed = mark_completed(text, now);
    gs::fuzz::require(parse_state(completed, "STATE.md").status == Status::Completed);
    const StateFile after = parse_state(append_deviation(text, "one more", now), "STATE.md");
    gs::fuzz::require(after.status == before.status && after.session == before.session);
    gs::fuzz::require(after.deviations.size() == before.deviations.size() + 1);
  });
  return 0;
}
