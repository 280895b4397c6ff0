#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/repo_path.h"
#include "git/command.h"
#include "git/index/index_file.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace gs::git {

struct StagedEntry {
  int stage = 0;
  TreeEntry entry;
  RepoPath path;
};

// The repository's own index (GIT_INDEX_FILE counts), read once for as long as nobody writes it.
// Null if only git can read it.
[[nodiscard]] std::shared_ptr<const IndexFile> own_index(const Repository& repository);

// `git ls-files --stage` of these paths. May list others too: where only git can read the index,
// entries below a path that is a directory in it, and all entries if there are many paths.
[[nodiscard]] std::vector<StagedEntry> list_index(const Repository& repository,
                                                  const std::vector<RepoPath>& paths);
// All entries of a private index.
[[nodiscard]] std::vector<StagedEntry> list_index_file(const GitCommand& git,
                                                       const std::string& index_file);

// Arguments and options of a plumbing command on an index file. A private index concerns no other
// process: no user hooks, no shared part left behind, no monitor started for it. "" is the
// repository's own index.
[[nodiscard]] std::vector<std::string> index_arguments(const std::string& index_file,
                                                       std::vector<std::string> args);
[[nodiscard]] ProcessOptions index_options(const std::string& index_file);
// Runs it and throws with git's message if it fails.
void run_on_index(const GitCommand& git, const std::string& index_file,
                  std::vector<std::string> args, std::string input = {});
// Throws with git's message if such a command failed, or left out a path that no index can hold.
void require_indexed(const std::string& subcommand, const ProcessResult& result);

// A line of `git update-index -z --index-info`; an entry that is not present removes the path.
[[nodiscard]] std::string index_info_line(const RepoPath& path, const TreeEntry& entry,
                                          int stage = 0);

}  // namespace gs::git
