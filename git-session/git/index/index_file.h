#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <ctime>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "git/object_id.h"

namespace gs::git {

// What the index remembers of a file's lstat(2), each field cut to 32 bits as git does.
struct StatData {
  std::uint32_t ctime_seconds = 0, ctime_nanoseconds = 0;
  std::uint32_t mtime_seconds = 0, mtime_nanoseconds = 0;
  std::uint32_t device = 0, inode = 0, user = 0, group = 0, size = 0;
};

struct IndexEntry {
  std::string_view path;                  // lives as long as the IndexFile; followed by a NUL
  const unsigned char* record = nullptr;  // the entry's fixed part
  FileMode mode = FileMode::None;
  std::uint8_t stage = 0;
  bool assume_unchanged = false;
  bool skip_worktree = false;
  bool intent_to_add = false;

  [[nodiscard]] ObjectId oid() const;
  [[nodiscard]] StatData stat_data() const;
};

// One directory of the cached trees: what `git write-tree` would write for it.
struct CachedTree {
  std::string_view name;         // last segment; "" at the top
  std::optional<ObjectId> tree;  // absent: something below changed since
  std::size_t entries = 0;       // of the index, below it
  std::vector<CachedTree> children;

  [[nodiscard]] const CachedTree* child(std::string_view child_name) const;
};

// The index file (gitformat-index(5), versions 2 to 4), mapped. Its checksum is not verified: that
// would cost more than all the rest, and git's own index.skipHash omits it.
class IndexFile {
 public:
  // Absent if only git can read it: a shared or sparse index, an unknown extension that is
  // required, or a damaged file (git says how). A missing file is an empty index.
  [[nodiscard]] static std::optional<IndexFile> read(const std::string& path);

  [[nodiscard]] const std::vector<IndexEntry>& entries() const { return entries_; }
  [[nodiscard]] bool contains(std::string_view path) const;
  [[nodiscard]] std::span<const IndexEntry> entries_at(std::string_view path) const;  // each stage
  [[nodiscard]] std::span<const IndexEntry> entries_below(std::string_view directory) const;
  // Whether no other process has written the file since.
  [[nodiscard]] bool is_still_at(const std::string& path) const;
  [[nodiscard]] const std::optional<CachedTree>& cached_tree() const { return cached_tree_; }
  [[nodiscard]] const timespec& modified() const { return modified_; }

 private:
  struct Mapping;
  IndexFile() = default;
  bool parse(std::string_view bytes);
  bool parse_entry(std::string_view& bytes, std::uint32_t version);
  static std::size_t parse_name(IndexEntry& entry, std::string_view bytes, std::size_t length);
  std::size_t parse_shortened_name(IndexEntry& entry, std::string_view bytes,
                                   std::string_view previous);
  bool parse_extensions(std::string_view bytes);

  std::shared_ptr<const Mapping> mapping_;
  std::deque<std::string> names_;  // of version 4, which stores them shortened
  std::vector<IndexEntry> entries_;
  std::optional<CachedTree> cached_tree_;
  timespec modified_{};
  ino_t inode_ = 0;
};

// How git compares a file with what the index remembers of it (git-config(1), "core.*").
struct StatRules {
  bool trust_mode = true;    // core.fileMode
  bool has_symlinks = true;  // core.symlinks
  bool trust_ctime = true;   // core.trustctime
  bool check_all = true;     // core.checkStat is not "minimal"
  bool sparse_checkout = false;
};

enum class StatMatch {
  Same,
  Differs,
  ContentKnows,  // the file was touched, or so late that its time says nothing
};

// Like git's ie_match_stat, for a stage 0 entry other than a gitlink, and a file other than a
// directory. `index_time` is when the index was written.
[[nodiscard]] StatMatch match_stat(const IndexEntry& entry, const struct stat& status,
                                   const StatRules& rules, const timespec& index_time);

// The mode that git records for the file (its ce_mode_from_stat).
[[nodiscard]] FileMode mode_of(const IndexEntry& entry, const struct stat& status,
                               const StatRules& rules);

}  // namespace gs::git
