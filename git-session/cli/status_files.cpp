#include "cli/status_files.h"

#include <map>
#include <set>

#include "base/text.h"
#include "git/typed_path.h"
#include "report/figures.h"

namespace gs::cli {
namespace {

using session::OwnedChange;
using ChangedFiles = std::vector<const OwnedChange*>;

char letter_of(const workflow::Overview& overview, const session::Change& change) {
  if (overview.unmerged.contains(change.path)) return 'U';
  if (change.untracked) return '?';
  if (!change.worktree.present()) return 'D';
  return change.head.present() ? 'M' : 'A';
}

// From each file that git's index has under a new name, the one that it had: where one alone is
// gone that had its content.
std::map<const OwnedChange*, const OwnedChange*> moves_in(const ChangedFiles& files) {
  std::map<git::ObjectId, ChangedFiles> gone;
  for (const OwnedChange* file : files) {
    const session::Change& change = file->change;
    if (change.head.present() && !change.index.present() && !change.worktree.present())
      gone[change.head.oid].push_back(file);
  }
  std::map<const OwnedChange*, const OwnedChange*> moves;
  for (const OwnedChange* file : files) {
    const session::Change& change = file->change;
    if (change.head.present() || !change.index.present() || change.untracked) continue;
    const auto from = gone.find(change.index.oid);
    if (from == gone.end() || from->second.size() != 1) continue;
    moves.emplace(file, from->second.front());
    gone.erase(from);
  }
  return moves;
}

}  // namespace

std::string FileEntry::text(std::size_t room) const {
  const std::string start{letter, ' '};
  if (!from.empty()) {
    std::string whole = start + from + " -> " + path;
    if (report::display_width(whole) <= room) return whole;
  }
  return start + report::fit_path(path, room - 2);
}

FileEntry entry_of(const workflow::Overview& overview, const OwnedChange& file,
                   const std::string& prefix) {
  return {letter_of(overview, file.change),
          quote_path(git::relative_path(file.change.path.bytes(), prefix))};
}

std::vector<FileEntry> entries_of(const workflow::Overview& overview, const ChangedFiles& files,
                                  const std::string& prefix) {
  const auto moves = moves_in(files);
  std::set<const OwnedChange*> sources;
  for (const auto& [to, from] : moves) sources.insert(from);
  std::set<RepoPath> folded;
  std::vector<FileEntry> entries;
  for (const OwnedChange* file : files) {
    if (sources.contains(file)) continue;
    const auto directory = overview.folded.find(file->change.path);
    if (directory != overview.folded.end()) {
      const std::string& path = directory->second.bytes();
      if (folded.insert(directory->second).second)
        entries.push_back({'?', quote_path(git::relative_path(path + "/", prefix))});
      continue;
    }
    entries.push_back(entry_of(overview, *file, prefix));
    if (const auto move = moves.find(file); move != moves.end()) {
      entries.back().letter = 'R';
      entries.back().from = entry_of(overview, *move->second, prefix).path;
    }
  }
  return entries;
}

}  // namespace gs::cli
