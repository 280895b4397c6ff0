#include "git/status/stat_match.h"

#include <utility>

#include "git/index/file_times.h"

namespace gs::git {
namespace {

bool is_regular(FileMode mode) {
  return mode == FileMode::Regular || mode == FileMode::Executable;
}

bool type_or_mode_differs(const IndexEntry& entry, const struct stat& status,
                          const StatRules& rules) {
  if (entry.mode == FileMode::Symlink) {
    return !S_ISLNK(status.st_mode) && (rules.has_symlinks || !S_ISREG(status.st_mode));
  }
  if (!is_regular(entry.mode) || !S_ISREG(status.st_mode)) return true;
  const bool executable = (status.st_mode & S_IXUSR) != 0;
  return rules.trust_mode && executable != (entry.mode == FileMode::Executable);
}

// A time in the index without nanoseconds was written by a git that keeps none.
bool same_time(std::uint32_t seconds, std::uint32_t nanoseconds, const timespec& time) {
  return seconds == static_cast<std::uint32_t>(time.tv_sec) &&
         (nanoseconds == 0 || nanoseconds == static_cast<std::uint32_t>(time.tv_nsec));
}

bool is_touched(const StatData& known, const struct stat& status, const StatRules& rules) {
  if (!same_time(known.mtime_seconds, known.mtime_nanoseconds, modified_time(status))) return true;
  if (!rules.check_all) return false;
  if (rules.trust_ctime &&
      !same_time(known.ctime_seconds, known.ctime_nanoseconds, changed_time(status))) {
    return true;
  }
  return known.inode != static_cast<std::uint32_t>(status.st_ino) ||
         known.user != static_cast<std::uint32_t>(status.st_uid) ||
         known.group != static_cast<std::uint32_t>(status.st_gid);
}

// Written no earlier than the index: a later change may have left the same times. Nanoseconds count
// only where ctime does, which nobody can set back.
bool is_racy(const StatData& known, const StatRules& rules, const timespec& index_time) {
  const auto seconds = static_cast<std::uint32_t>(index_time.tv_sec);
  const auto nanoseconds = static_cast<std::uint32_t>(index_time.tv_nsec);
  const bool exact = rules.check_all && rules.trust_ctime && known.mtime_nanoseconds != 0 &&
                     known.ctime_nanoseconds != 0 && nanoseconds != 0;
  if (!exact) return seconds <= known.mtime_seconds;
  return std::pair(seconds, nanoseconds) <= std::pair(known.mtime_seconds, known.mtime_nanoseconds);
}

const ObjectId& empty_blob() {
  static const ObjectId kOid = *ObjectId::parse("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  return kOid;
}

}  // namespace

StatMatch match_stat(const IndexEntry& entry, const struct stat& status, const StatRules& rules,
                     const timespec& index_time) {
  if (type_or_mode_differs(entry, status, rules)) return StatMatch::Differs;
  const StatData known = entry.stat_data();
  if (known.size != static_cast<std::uint32_t>(status.st_size)) {
    // Git writes size 0 for what it could not be sure of.
    return known.size == 0 ? StatMatch::ContentKnows : StatMatch::Differs;
  }
  // So what looks empty may be one of these.
  const bool sure =
      (known.size != 0 || entry.oid() == empty_blob()) && !is_racy(known, rules, index_time);
  return sure && !is_touched(known, status, rules) ? StatMatch::Same : StatMatch::ContentKnows;
}

FileMode mode_of(const IndexEntry& entry, const struct stat& status, const StatRules& rules) {
  if (S_ISLNK(status.st_mode)) return FileMode::Symlink;
  if (S_ISDIR(status.st_mode)) return FileMode::Gitlink;
  if (S_ISREG(status.st_mode)) {
    if (!rules.has_symlinks && entry.mode == FileMode::Symlink) return FileMode::Symlink;
    if (!rules.trust_mode) return is_regular(entry.mode) ? entry.mode : FileMode::Regular;
  }
  return (status.st_mode & S_IXUSR) != 0 ? FileMode::Executable : FileMode::Regular;
}

}  // namespace gs::git
