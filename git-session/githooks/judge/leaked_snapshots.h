#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "git/objects/stored_objects.h"
#include "githooks/call.h"

namespace gs::githooks {

// A snapshot contains what was never meant to be published (an untracked `.env`).

// By the names alone; absent if neither is of a snapshot. Deletions never count: they undo a leak.
[[nodiscard]] std::optional<std::string> snapshot_by_name(const PushedRef& ref);

// The refs that would publish a snapshot, a part of one, or a history with one in it, by their
// index in `refs`, and why. Only what the remote itself has announced, the old values of these
// refs, is taken to be there: its remote-tracking branches anybody can write.
[[nodiscard]] std::map<std::size_t, std::string> snapshots_by_object(
    const git::StoredObjects& objects, const std::vector<PushedRef>& refs);

}  // namespace gs::githooks
