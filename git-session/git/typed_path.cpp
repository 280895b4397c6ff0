#include "git/typed_path.h"

#include <vector>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"

namespace gs::git {

RepoPath typed_path(const Repository& repository, const std::string& typed) {
  std::string from_top = join_path(repository.prefix(), typed);
  if (typed.starts_with('/')) {
    const std::string absolute = normalize_path(typed);
    const std::string& top = repository.work_tree();
    if (absolute != top && !absolute.starts_with(top + "/"))
      throw usage_error("'" + quote_path(typed) + "' is outside of the work tree");
    from_top = absolute.substr(std::min(absolute.size(), top.size() + 1));
  }
  std::vector<std::string_view> segments;
  for (const std::string_view segment : split(from_top, '/')) {
    if (segment.empty() || segment == ".") continue;
    if (segment != "..") {
      segments.push_back(segment);
    } else if (segments.empty()) {
      throw usage_error("'" + quote_path(typed) + "' is outside of the work tree");
    } else {
      segments.pop_back();
    }
  }
  std::string path;
  for (const std::string_view segment : segments)
    path += (path.empty() ? "" : "/") + std::string(segment);
  return RepoPath(path);
}

}  // namespace gs::git
