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

std::string relative_path(const std::string& path, const std::string& prefix) {
  std::string_view here = prefix;
  while (here.ends_with('/')) here.remove_suffix(1);
  if (here.empty()) return path;
  const std::vector<std::string_view> from = split(here, '/');
  const std::vector<std::string_view> to = split(path, '/');
  std::size_t same = 0;
  while (same < from.size() && same < to.size() && from[same] == to[same]) ++same;
  std::string relative;
  for (std::size_t i = same; i < from.size(); ++i) relative += "../";
  for (std::size_t i = same; i < to.size(); ++i) {
    relative += to[i];
    if (i + 1 < to.size()) relative += '/';
  }
  return relative.empty() ? "./" : relative;
}

}  // namespace gs::git
