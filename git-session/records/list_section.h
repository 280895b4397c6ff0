#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gs::records {

// "## <title>" with a bullet for each line, "None." where there is none.
[[nodiscard]] std::string list_section(std::string_view title,
                                       const std::vector<std::string>& lines);

}  // namespace gs::records
