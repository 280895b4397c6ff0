#include "fuzz.h"
#include "git/objects/stored_objects.h"
#include "snapshot/names.h"

// A commit as it is stored, and the names that its subject and its ref may hold.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gs;
  const std::string_view text = fuzz::text_of(data, size);
  fuzz::allow_error([&] {
    const git::Commit commit = git::parse_commit(git::ObjectId{}, text);
    (void)snapshot::session_in_subject(commit.subject);
  });
  if (const auto name = snapshot::parse_ref_name(text)) {
    fuzz::require(snapshot::ref_name(*name) == text);
    (void)snapshot::raw_session(*name, text);
  }
  const snapshot::Name mapped{snapshot::map_component(text), 3, snapshot::map_component(text)};
  const auto found = snapshot::parse_ref_name(snapshot::ref_name(mapped));
  fuzz::require(found && found->session == mapped.session && found->label == mapped.label);
  return 0;
}
