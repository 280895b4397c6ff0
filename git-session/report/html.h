#pragma once

#include <string>
#include <string_view>

namespace gs::report {

// For text and for attributes in double quotes; what a screen would not show is escaped first, line
// breaks become spaces.
[[nodiscard]] std::string html(std::string_view text);

}  // namespace gs::report
