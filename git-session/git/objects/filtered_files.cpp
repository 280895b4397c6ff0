#include "git/objects/filtered_files.h"

#include <set>
#include <unordered_map>

#include "base/file/file.h"
#include "git/index/index_listing.h"

namespace gs::git {
namespace {

// The paths, and every attributes file that may speak of them.
std::vector<RepoPath> paths_that_matter(const std::vector<RepoPath>& paths) {
  std::set<std::string> names;
  for (const RepoPath& path : paths) {
    const std::string& bytes = path.bytes();
    names.insert(bytes);
    names.insert(".gitattributes");
    for (std::size_t slash = bytes.find('/'); slash != std::string::npos;
         slash = bytes.find('/', slash + 1)) {
      names.insert(bytes.substr(0, slash) + "/.gitattributes");
    }
  }
  return {names.begin(), names.end()};
}

// What our index says of them, for a private one. Stage 2 stands for an unmerged path, as in git's
// own look at the index.
std::string copied_entries(const Repository& repository, const std::vector<RepoPath>& paths) {
  constexpr int kOurs = 2;
  const std::vector<RepoPath> wanted = paths_that_matter(paths);
  const std::set<RepoPath> wanted_set(wanted.begin(), wanted.end());
  std::string lines;
  for (const StagedEntry& staged : list_index(repository.git(), wanted)) {
    const bool counts = staged.stage == 0 || staged.stage == kOurs;
    if (counts && staged.entry.mode != FileMode::Gitlink && wanted_set.contains(staged.path)) {
      lines += index_info_line(staged.path, staged.entry);
    }
  }
  return lines;
}

}  // namespace

std::vector<std::optional<ObjectId>> convert_with_git(const Repository& repository,
                                                      const std::vector<RepoPath>& paths,
                                                      Storing storing) {
  std::vector<std::optional<ObjectId>> ids(paths.size());
  if (paths.empty()) return ids;
  const GitCommand& git = repository.git();
  const TemporaryDirectory scratch;
  const std::string index = join_path(scratch.path(), "index");
  std::string known = copied_entries(repository, paths);
  run_on_index(git, index, {"update-index", "-z", "--index-info"}, std::move(known));

  std::string names;
  for (const RepoPath& path : paths) names += path.bytes() + '\0';
  std::vector<std::string> args{"update-index", "--add", "--remove", "--replace"};
  if (storing == Storing::HashOnly) args.emplace_back("--info-only");
  args.insert(args.end(), {"-z", "--stdin"});
  run_on_index(git, index, std::move(args), std::move(names));

  std::unordered_map<RepoPath, ObjectId> found;
  for (const StagedEntry& staged : list_index_file(git, index)) {
    found.emplace(staged.path, staged.entry.oid);
  }
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto place = found.find(paths[i]);
    if (place != found.end()) ids[i] = place->second;
  }
  return ids;
}

}  // namespace gs::git
