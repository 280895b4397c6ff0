#include "githooks/judge/staged_memory.h"

#include "base/file/file.h"
#include "base/text.h"

namespace gs::githooks {

namespace {

std::string record_of(const PathChange& change) {
  return git::format_mode(change.after.mode) + " " + change.after.oid.hex() + " " +
         change.path.bytes();
}

}  // namespace

StagedMemory::StagedMemory(const git::Repository& repository, std::string session)
    : file_(join_path(repository.git_dir(), "git-session/staged")), session_(std::move(session)) {
  const auto text = read_file_if_exists(file_);
  if (!text) return;
  const std::vector<std::string_view> records = split(*text, '\0');
  if (records.front() != session_) return;
  // The last one is empty, where the file was written to its end.
  known_.insert(records.begin() + 1, records.end() - 1);
}

std::vector<PathChange> StagedMemory::newly(const std::vector<PathChange>& staged) const {
  std::vector<PathChange> changes;
  for (const PathChange& change : staged) {
    if (!known_.contains(record_of(change))) changes.push_back(change);
  }
  return changes;
}

void StagedMemory::remember(const std::vector<PathChange>& staged) const {
  std::set<std::string> records;
  for (const PathChange& change : staged) records.insert(record_of(change));
  if (records == known_) return;
  std::string text = session_ + '\0';
  for (const std::string& record : records) text += record + '\0';
  make_directories(file_.substr(0, file_.rfind('/')));
  write_file_atomically(file_, text);
}

}  // namespace gs::githooks
