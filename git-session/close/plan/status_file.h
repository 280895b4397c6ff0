#pragma once

#include <map>
#include <optional>
#include <string>

#include "close/context.h"
#include "report/report.h"

namespace gs::close {

inline constexpr const char* kStatusFile = "STATUS.md";

// The figures that STATUS.md can have, by name.
[[nodiscard]] std::map<std::string, std::string, std::less<>> status_stats(
    const report::Report& report);

// STATUS.md with this session's figures between its markers for them (docs/formats.md,
// "STATUS.md"); absent if nothing changes. A file that is not committed, or that has changes which
// this close does not commit, is left alone.
[[nodiscard]] std::optional<std::string> status_with_figures(const Context& context,
                                                             const report::Report& report);

}  // namespace gs::close
