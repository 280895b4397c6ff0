#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tracker/local_issues.h"

// The text of one issue's file (docs/formats.md, "Local issues").
namespace gs::tracker {

// Throws a fatal Error that names `issue.file` where the frontmatter cannot be read.
[[nodiscard]] Issue parse_issue(std::string_view text, const RepoPath& file, long id_of_name);
[[nodiscard]] std::string render_issue(const Issue& issue, Timestamp now);
// The number that an issue's file name begins with; absent when it is no issue's.
[[nodiscard]] std::optional<long> id_of_name(std::string_view name);
// "0012-retry-uploads.md"
[[nodiscard]] std::string file_name(long id, std::string_view title);

// A text as a YAML scalar: plain where every reader takes that for the same text, else quoted.
[[nodiscard]] std::string yaml_scalar(const std::string& text);
[[nodiscard]] std::string yaml_flow_list(const std::vector<std::string>& items);

// `text` with "## Comment <time>" and the comment at its end, in its own line endings.
[[nodiscard]] std::string append_comment(std::string_view text, std::string_view comment,
                                         Timestamp now);

}  // namespace gs::tracker
