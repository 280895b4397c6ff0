#include "git/index/index_file.h"

#include <fcntl.h>
#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"

namespace gs::git {
namespace {

// stat(2) names the times differently on macOS.
const timespec& modified_time(const struct stat& status) {
#ifdef __APPLE__
  return status.st_mtimespec;
#else
  return status.st_mtim;
#endif
}
const timespec& changed_time(const struct stat& status) {
#ifdef __APPLE__
  return status.st_ctimespec;
#else
  return status.st_ctim;
#endif
}

// Offsets in an entry's fixed part.
constexpr std::size_t kMode = 24;
constexpr std::size_t kOid = 40;
constexpr std::size_t kFlags = kOid + ObjectId::kSize;
constexpr std::size_t kMoreFlags = kFlags + 2;

constexpr unsigned kAssumeUnchanged = 0x8000U;
constexpr unsigned kExtended = 0x4000U;
constexpr unsigned kStageShift = 12U;
constexpr unsigned kNameMask = 0x0fffU;
constexpr unsigned kSkipWorktree = 0x4000U;
constexpr unsigned kIntentToAdd = 0x2000U;

constexpr std::size_t kHeader = 12;
constexpr std::size_t kChecksum = ObjectId::kSize;

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());  // NOLINT: bytes of a file
}
std::uint32_t read32(const unsigned char* at) {
  return std::uint32_t{at[0]} << 24U | std::uint32_t{at[1]} << 16U | std::uint32_t{at[2]} << 8U |
         at[3];
}
unsigned read16(const unsigned char* at) {
  return static_cast<unsigned>(at[0]) << 8U | at[1];
}
ObjectId read_oid(const unsigned char* at) {
  std::array<std::uint8_t, ObjectId::kSize> bytes{};
  std::memcpy(bytes.data(), at, bytes.size());
  return ObjectId(bytes);
}

// Git's variable-length number, as in packs: seven bits a byte, each continuation adds one.
std::optional<std::size_t> take_number(std::string_view& bytes) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < bytes.size() && i < 9; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    value = (i == 0 ? 0 : (value + 1) << 7U) | (byte & 0x7fU);
    if ((byte & 0x80U) == 0) {
      bytes.remove_prefix(i + 1);
      return value;
    }
  }
  return std::nullopt;
}

// "123", up to and including `end`.
std::optional<long> take_decimal(std::string_view& bytes, char end) {
  long value = 0;
  const auto [stop, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), value);
  const auto length = static_cast<std::size_t>(stop - bytes.data());
  if (error != std::errc{} || length >= bytes.size() || *stop != end) return std::nullopt;
  bytes.remove_prefix(length + 1);
  return value;
}

std::optional<CachedTree> take_cached_tree(std::string_view& bytes, int depth) {
  constexpr int kDeepest = 2000;
  const std::size_t end = bytes.find('\0');
  if (end == std::string_view::npos || depth > kDeepest) return std::nullopt;
  CachedTree node;
  node.name = bytes.substr(0, end);
  bytes.remove_prefix(end + 1);
  const auto entries = take_decimal(bytes, ' ');
  const auto children = entries ? take_decimal(bytes, '\n') : std::nullopt;
  if (!children || *children < 0) return std::nullopt;
  if (*entries >= 0) {
    if (bytes.size() < ObjectId::kSize) return std::nullopt;
    node.tree = read_oid(raw(bytes));
    node.entries = static_cast<std::size_t>(*entries);
    bytes.remove_prefix(ObjectId::kSize);
  }
  for (long i = 0; i < *children; ++i) {
    auto child = take_cached_tree(bytes, depth + 1);
    if (!child) return std::nullopt;
    node.children.push_back(std::move(*child));
  }
  return node;
}

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

// A time in the index without nanoseconds was written by a git that does not record them.
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

// Written no earlier than the index, so a later change may have left the same times. Nanoseconds
// count only if ctime does, which cannot be set back.
bool is_racy(const StatData& known, const StatRules& rules, const timespec& index_time) {
  const auto seconds = static_cast<std::uint32_t>(index_time.tv_sec);
  const auto nanoseconds = static_cast<std::uint32_t>(index_time.tv_nsec);
  const bool exact = rules.check_all && rules.trust_ctime && known.mtime_nanoseconds != 0 &&
                     known.ctime_nanoseconds != 0 && nanoseconds != 0;
  if (!exact) return seconds <= known.mtime_seconds;
  return std::pair(seconds, nanoseconds) <= std::pair(known.mtime_seconds, known.mtime_nanoseconds);
}

const ObjectId& empty_blob() {
  static const ObjectId kEmpty = *ObjectId::parse("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  return kEmpty;
}

}  // namespace

ObjectId IndexEntry::oid() const {
  return read_oid(record + kOid);
}

StatData IndexEntry::stat_data() const {
  StatData data;
  data.ctime_seconds = read32(record);
  data.ctime_nanoseconds = read32(record + 4);
  data.mtime_seconds = read32(record + 8);
  data.mtime_nanoseconds = read32(record + 12);
  data.device = read32(record + 16);
  data.inode = read32(record + 20);
  data.user = read32(record + 28);
  data.group = read32(record + 32);
  data.size = read32(record + 36);
  return data;
}

const CachedTree* CachedTree::child(std::string_view child_name) const {
  const auto found = std::find_if(children.begin(), children.end(),
                                  [&](const CachedTree& node) { return node.name == child_name; });
  return found == children.end() ? nullptr : &*found;
}

struct IndexFile::Mapping {
  void* start = MAP_FAILED;
  std::size_t size = 0;

  Mapping(int fd, std::size_t length)
      : start(::mmap(nullptr, length, PROT_READ, MAP_PRIVATE, fd, 0)), size(length) {}
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (start != MAP_FAILED) ::munmap(start, size);
  }
};

std::optional<IndexFile> IndexFile::read(const std::string& path) {
  IndexFile index;
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.valid() && errno == ENOENT) return index;
  struct stat status {};
  if (!fd.valid() || fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size < kHeader + kChecksum) return std::nullopt;
  auto mapping = std::make_shared<Mapping>(fd.get(), size);
  if (mapping->start == MAP_FAILED) return std::nullopt;
  index.modified_ = modified_time(status);
  index.inode_ = status.st_ino;
  const std::string_view bytes(static_cast<const char*>(mapping->start), size);
  index.mapping_ = std::move(mapping);
  if (!index.parse(bytes.substr(0, size - kChecksum))) return std::nullopt;
  return index;
}

bool IndexFile::is_still_at(const std::string& path) const {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return inode_ == 0 && errno == ENOENT;
  const timespec modified = modified_time(status);
  return status.st_ino == inode_ && modified.tv_sec == modified_.tv_sec &&
         modified.tv_nsec == modified_.tv_nsec;
}

std::span<const IndexEntry> IndexFile::entries_at(std::string_view path) const {
  const auto first = std::lower_bound(
      entries_.begin(), entries_.end(), path,
      [](const IndexEntry& entry, std::string_view text) { return entry.path < text; });
  const auto last = std::find_if(first, entries_.end(),
                                 [&](const IndexEntry& entry) { return entry.path != path; });
  return {first, last};
}

std::span<const IndexEntry> IndexFile::entries_below(std::string_view directory) const {
  const std::string prefix = std::string(directory) + '/';
  const auto first = std::lower_bound(
      entries_.begin(), entries_.end(), prefix,
      [](const IndexEntry& entry, const std::string& text) { return entry.path < text; });
  const auto last = std::find_if(first, entries_.end(), [&](const IndexEntry& entry) {
    return !entry.path.starts_with(prefix);
  });
  return {first, last};
}

bool IndexFile::contains(std::string_view path) const {
  return !entries_at(path).empty();
}

bool IndexFile::parse(std::string_view bytes) {
  const std::uint32_t version = read32(raw(bytes) + 4);
  const std::uint32_t count = read32(raw(bytes) + 8);
  if (!bytes.starts_with("DIRC") || version < 2 || version > 4) return false;
  bytes.remove_prefix(kHeader);
  if (count > bytes.size() / kMoreFlags) return false;
  entries_.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!parse_entry(bytes, version)) return false;
  }
  return parse_extensions(bytes);
}

bool IndexFile::parse_entry(std::string_view& bytes, std::uint32_t version) {
  constexpr std::size_t kSmallest = 64;  // with a name of one byte
  if (bytes.size() < kSmallest) return false;
  IndexEntry entry;
  entry.record = raw(bytes);
  entry.mode = static_cast<FileMode>(read32(entry.record + kMode));
  const unsigned flags = read16(entry.record + kFlags);
  entry.assume_unchanged = (flags & kAssumeUnchanged) != 0;
  entry.stage = static_cast<std::uint8_t>(flags >> kStageShift & 3U);
  std::size_t fixed = kMoreFlags;
  if (version > 2 && (flags & kExtended) != 0) {
    const unsigned more = read16(entry.record + kMoreFlags);
    entry.skip_worktree = (more & kSkipWorktree) != 0;
    entry.intent_to_add = (more & kIntentToAdd) != 0;
    fixed += 2;
  }
  const std::string_view previous = entries_.empty() ? std::string_view() : entries_.back().path;
  const std::size_t size = version == 4 ? parse_shortened_name(entry, bytes.substr(fixed), previous)
                                        : parse_name(entry, bytes.substr(fixed), flags & kNameMask);
  if (size == 0 || entry.path.empty() || entry.path < previous) return false;
  if (entry.mode == FileMode::Tree) return false;
  // Without shortened names, an entry is padded with one to eight NULs to a multiple of eight.
  const std::size_t whole = version == 4 ? fixed + size : (fixed + size + 8) & ~std::size_t{7};
  if (whole > bytes.size()) return false;
  bytes.remove_prefix(whole);
  entries_.push_back(entry);
  return true;
}

// Both return the name's length in bytes, 0 if invalid. This one excludes its NUL; `length` comes
// from the flags, whose maximum means that or more.
std::size_t IndexFile::parse_name(IndexEntry& entry, std::string_view bytes, std::size_t length) {
  if (length == kNameMask) length = bytes.find('\0');
  if (length >= bytes.size() || bytes[length] != '\0') return 0;
  entry.path = bytes.substr(0, length);
  return length;
}

// How much of the previous name to drop, what to append, and a NUL.
std::size_t IndexFile::parse_shortened_name(IndexEntry& entry, std::string_view bytes,
                                            std::string_view previous) {
  std::string_view rest = bytes;
  const auto dropped = take_number(rest);
  const std::size_t length = rest.find('\0');
  if (!dropped || *dropped > previous.size() || length == std::string_view::npos) return 0;
  std::string name(previous.substr(0, previous.size() - *dropped));
  name += rest.substr(0, length);
  entry.path = names_.emplace_back(std::move(name));
  return bytes.size() - rest.size() + length + 1;
}

// Extensions that start with a capital letter may be skipped; none of the others is known here.
bool IndexFile::parse_extensions(std::string_view bytes) {
  constexpr std::size_t kExtensionHeader = 8;
  while (!bytes.empty()) {
    if (bytes.size() < kExtensionHeader) return false;
    const std::string_view name = bytes.substr(0, 4);
    const std::size_t size = read32(raw(bytes) + 4);
    if (name[0] < 'A' || name[0] > 'Z' || size > bytes.size() - kExtensionHeader) return false;
    std::string_view content = bytes.substr(kExtensionHeader, size);
    if (name == "TREE") cached_tree_ = take_cached_tree(content, 0);
    bytes.remove_prefix(kExtensionHeader + size);
  }
  return true;
}

StatMatch match_stat(const IndexEntry& entry, const struct stat& status, const StatRules& rules,
                     const timespec& index_time) {
  if (type_or_mode_differs(entry, status, rules)) return StatMatch::Differs;
  const StatData known = entry.stat_data();
  if (known.size != static_cast<std::uint32_t>(status.st_size)) {
    // Git writes size 0 for an entry that it could not be sure of.
    return known.size == 0 ? StatMatch::ContentKnows : StatMatch::Differs;
  }
  // So a file that looks empty may be one of these.
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
