#pragma once

#include <optional>
#include <string>
#include <vector>

#include "session/claim.h"

namespace gs::session {

// The part of a changed .gitmodules that belongs to the submodules that the session adds, removes,
// moves or updates (gitmodules(5)): a gitlink without its section breaks every clone.
struct SubmoduleSections {
  std::string content;      // HEAD's file with just these sections as they are now
  bool everything = false;  // nothing else of the file has changed
  RepoPath link;            // the gitlink whose commit they go into
};
// Absent if no section of the session's own gitlinks in `owned` has changed, or if the file cannot
// be read. Nothing is stored.
[[nodiscard]] std::optional<SubmoduleSections> submodule_sections(
    const git::Repository& repository, const std::vector<OwnedChange>& owned);

// Whether the change is of the file that describes the submodules.
[[nodiscard]] bool is_gitmodules(const Change& change);

// Puts .gitmodules beside the gitlink that it describes: `renamed_with` names that, and the file is
// the session's if nothing else of it has changed.
void follow_submodules(const git::Repository& repository, std::vector<OwnedChange>& owned);

}  // namespace gs::session
