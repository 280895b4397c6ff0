#pragma once

#include <string>
#include <vector>

#include "base/repo_path.h"
#include "git/command.h"
#include "git/object_id.h"

namespace gs::git {

struct StagedEntry {
  int stage = 0;
  TreeEntry entry;
  RepoPath path;
};

// `git ls-files --stage` of these paths, in index order. May list others too: what is below a path
// that the index holds as a directory, and everything when the paths are many.
[[nodiscard]] std::vector<StagedEntry> list_index(const GitCommand& git,
                                                  const std::vector<RepoPath>& paths);
// All of a private index.
[[nodiscard]] std::vector<StagedEntry> list_index_file(const GitCommand& git,
                                                       const std::string& index_file);

// Arguments and options of a plumbing command on an index file. A private one is nobody's business:
// no hooks of the user, no shared part left behind, no monitor started for it. "" is the
// repository's own.
[[nodiscard]] std::vector<std::string> index_arguments(const std::string& index_file,
                                                       std::vector<std::string> args);
[[nodiscard]] ProcessOptions index_options(const std::string& index_file);
// Runs it and throws with git's words when it fails.
void run_on_index(const GitCommand& git, const std::string& index_file,
                  std::vector<std::string> args, std::string input = {});
// Throws with git's words when such a command failed, or left out a path that no index can hold.
void require_indexed(const std::string& subcommand, const ProcessResult& result);

// A line of `git update-index -z --index-info`; an entry that is not present removes the path.
[[nodiscard]] std::string index_info_line(const RepoPath& path, const TreeEntry& entry);

}  // namespace gs::git
