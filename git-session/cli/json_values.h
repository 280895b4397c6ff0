#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/json.h"
#include "git/object_id.h"
#include "snapshot/capture.h"
#include "snapshot/store.h"

// Values that several commands' JSON documents share.
namespace gs::cli {

// Relative to the top; in git's quoted form if it is not UTF-8.
[[nodiscard]] std::string json_path(std::string_view path);
[[nodiscard]] Json json_counts(const snapshot::Counts& counts);
[[nodiscard]] Json json_snapshot(const snapshot::Snapshot& snapshot);  // as in `snapshot list`

// "3 changed, 1 new": what a snapshot holds, in words.
[[nodiscard]] std::string describe(const snapshot::Counts& counts);
// "main-2026-11-22-1259/1/label", of `own_session` "1/label": as users type a snapshot's name.
[[nodiscard]] std::string short_name(std::string_view ref, std::string_view own_session = {});

}  // namespace gs::cli
