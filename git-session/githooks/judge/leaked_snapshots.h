#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "git/repository.h"
#include "githooks/call.h"

namespace gs::githooks {

// A snapshot holds what nobody meant to publish (an untracked `.env`).

// By the names alone; absent: neither is one of a snapshot. Deletions never are: they take a leak
// back.
[[nodiscard]] std::optional<std::string> snapshot_by_name(const PushedRef& ref);

// The refs that would publish a snapshot, a part of one, or a history with one in it that the
// remote has not yet (`on_remote`: what is known to be there), by their place in `refs`, and why.
[[nodiscard]] std::map<std::size_t, std::string> snapshots_by_object(
    const git::Repository& repository, const std::vector<PushedRef>& refs,
    const std::vector<git::ObjectId>& on_remote);

}  // namespace gs::githooks
