#include "checks/gates/command_run.h"
#include "fuzz.h"

// What a test command prints.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)gs::checks::parse_test_counts(gs::fuzz::text_of(data, size));
  return 0;
}
