#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "git/repository.h"
#include "githooks/call.h"

namespace gs::githooks {

// A snapshot contains what was never meant to be published (an untracked `.env`).

// By the names alone; absent if neither is of a snapshot. Deletions never count: they undo a leak.
[[nodiscard]] std::optional<std::string> snapshot_by_name(const PushedRef& ref);

// The refs that would publish a snapshot, a part of one, or a history with one in it that the
// remote does not have yet (`on_remote`: what it is known to have), by their index in `refs`, and
// why.
[[nodiscard]] std::map<std::size_t, std::string> snapshots_by_object(
    const git::Repository& repository, const std::vector<PushedRef>& refs,
    const std::vector<git::ObjectId>& on_remote);

}  // namespace gs::githooks
