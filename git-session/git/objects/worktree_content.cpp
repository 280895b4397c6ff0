#include "git/objects/worktree_content.h"

#include "base/file/file.h"

namespace gs::git {

namespace {

std::string with_lf(const std::string& content) {
  std::string converted;
  converted.reserve(content.size());
  for (std::size_t i = 0; i < content.size(); ++i) {
    const bool ends_line = content[i] == '\r' && i + 1 < content.size() && content[i + 1] == '\n';
    if (!ends_line) converted += content[i];
  }
  return converted;
}

}  // namespace

std::optional<std::string> worktree_content(const Repository& repository, const RepoPath& path,
                                            const ObjectId& stored_as) {
  std::optional<std::string> content = read_file_if_exists(repository.absolute(path));
  if (!content || Repository::hash_blob(*content) == stored_as) return content;
  if (content->find('\r') == std::string::npos) return std::nullopt;
  std::string converted = with_lf(*content);
  if (Repository::hash_blob(converted) == stored_as) return converted;
  return std::nullopt;
}

}  // namespace gs::git
