#include "fuzz.h"
#include "records/session_record.h"
#include "records/transfer.h"

// Records that `records import` is given: what it accepts is written and read again alike.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gs::records;
  gs::fuzz::allow_error([&] {
    const Transfer read = parse_transfer(gs::fuzz::text_of(data, size), "records");
    for (const gs::Json& session : read.sessions) (void)validate_session_record(session);
    const Transfer again = parse_transfer(render_transfer(read), "written");
    gs::fuzz::require(again.sessions == read.sessions && again.learnings == read.learnings);
  });
  return 0;
}
