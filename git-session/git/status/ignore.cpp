#include "git/status/ignore.h"

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/list_lock.h"

namespace gs::git {

std::set<RepoPath> ignored_paths(const Repository& repository, const std::vector<RepoPath>& paths) {
  std::set<RepoPath> ignored;
  if (paths.empty()) return ignored;
  ProcessOptions options;
  for (const RepoPath& path : paths) options.input += path.bytes() + '\0';
  const ProcessResult result = repository.git().run({"check-ignore", "-z", "--stdin"}, options);
  if (!require_answer("check-ignore", result)) return ignored;
  for (const std::string_view path : split(result.out, '\0')) {
    if (!path.empty()) ignored.insert(RepoPath(std::string(path)));
  }
  return ignored;
}

void exclude_locally(const Repository& repository, const std::string& pattern) {
  const FileLock lock = lock_list(
      repository, {"exclude", "'info/exclude' of the git directory", ListLock::Of::Repository});
  const std::string file = join_path(repository.common_dir(), "info/exclude");
  const std::string text = read_file_if_exists(file).value_or("");
  for (const std::string_view line : split_lines(text)) {
    if (line == pattern) return;
  }
  append_lines(file, pattern + "\n");
}

}  // namespace gs::git
