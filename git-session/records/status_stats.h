#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gs::records {

// A STATUS.md with its figures: the text between "<!-- git-session:NAME -->" and "<!-- /git-session
// -->" on one line, outside code fences, is replaced by the figure NAME. All other bytes are
// preserved.
struct StatusStats {
  std::string text;
  std::vector<std::string> unknown;  // names without a figure: left unchanged
  std::size_t markers = 0;           // that were found
};
[[nodiscard]] StatusStats set_status_figures(
    std::string_view text, const std::map<std::string, std::string, std::less<>>& stats);

}  // namespace gs::records
