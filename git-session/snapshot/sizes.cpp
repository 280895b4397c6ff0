#include "snapshot/sizes.h"

#include <fcntl.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/objects/disk_sizes.h"
#include "git/objects/stored_objects.h"
#include "git/refs.h"
#include "snapshot/names.h"

namespace gs::snapshot {
namespace {

using git::FileMode;
using git::ObjectId;
using git::StoredObjects;
using git::StoredTreeEntry;

// Trees and blobs that one tree has at other places than the other, on either side.
class TreeDifference {
 public:
  explicit TreeDifference(const StoredObjects& objects) : objects_(objects) {}

  void add(const std::optional<ObjectId>& before, const ObjectId& after) {
    if (before == after || !added_.insert(after).second) return;
    compare(before, after);
  }
  // What moved from one place to another is held by the old tree, too.
  [[nodiscard]] std::vector<ObjectId> added() const {
    std::vector<ObjectId> oids;
    std::set_difference(added_.begin(), added_.end(), removed_.begin(), removed_.end(),
                        std::back_inserter(oids));
    return oids;
  }

 private:
  using Entries = std::map<std::string, git::TreeEntry>;

  [[nodiscard]] Entries entries_of(const std::optional<ObjectId>& tree) const {
    Entries entries;
    if (!tree) return entries;
    for (StoredTreeEntry& each : objects_.tree(*tree))
      if (each.entry.mode != FileMode::Gitlink) entries[std::move(each.name)] = each.entry;
    return entries;
  }
  static std::optional<ObjectId> tree_at(const Entries& entries, const std::string& name) {
    const auto found = entries.find(name);
    if (found == entries.end() || found->second.mode != FileMode::Tree) return std::nullopt;
    return found->second.oid;
  }

  void compare(const std::optional<ObjectId>& before, const std::optional<ObjectId>& after) {
    const Entries old_entries = entries_of(before);
    const Entries new_entries = entries_of(after);
    for (const auto& [name, entry] : new_entries) {
      const auto old = old_entries.find(name);
      if (old != old_entries.end() && old->second.oid == entry.oid) continue;
      const bool is_new = added_.insert(entry.oid).second;
      if (is_new && entry.mode == FileMode::Tree) compare(tree_at(old_entries, name), entry.oid);
    }
    for (const auto& [name, entry] : old_entries) {
      const auto now = new_entries.find(name);
      if (now != new_entries.end() && now->second.oid == entry.oid) continue;
      const bool is_new = removed_.insert(entry.oid).second;
      if (is_new && entry.mode == FileMode::Tree && !tree_at(new_entries, name))
        compare(entry.oid, std::nullopt);
    }
  }

  const StoredObjects& objects_;
  std::set<ObjectId> added_;
  std::set<ObjectId> removed_;
};

std::string cache_file(const git::Repository& repository) {
  return join_path(repository.common_dir(), "git-session/snapshot-sizes");
}

using Measured = std::map<ObjectId, std::vector<HeldObject>>;

// A line: "<snapshot> <number of objects> <object> <bytes> <object> <bytes> …". Absent if it is
// torn.
std::optional<std::pair<ObjectId, std::vector<HeldObject>>> parse_line(std::string_view line) {
  constexpr std::size_t kHex = 2 * ObjectId::kSize;
  const auto take_id = [&line]() -> std::optional<ObjectId> {
    const auto id = ObjectId::parse(line.substr(0, kHex));
    line.remove_prefix(std::min(kHex + 1, line.size()));
    return id;
  };
  const auto take_number = [&line] {
    const auto end = std::min(line.find(' '), line.size());
    const auto number = parse_number(line.substr(0, end), 18);
    line.remove_prefix(std::min(end + 1, line.size()));
    return number;
  };
  const auto snapshot = take_id();
  const auto count = take_number();
  if (!snapshot || !count) return std::nullopt;
  std::vector<HeldObject> held;
  while (!line.empty()) {
    const auto oid = take_id();
    const auto bytes = take_number();
    if (!oid || !bytes) return std::nullopt;
    held.push_back({*oid, static_cast<std::uint64_t>(*bytes)});
  }
  if (held.size() != static_cast<std::size_t>(*count)) return std::nullopt;
  return std::pair(*snapshot, std::move(held));
}

struct Cache {
  Measured measured;
  bool can_grow = false;  // not torn, and most of its lines are of use
};

Cache read_cache(const std::string& path, const std::set<ObjectId>& wanted) {
  Cache cache;
  std::string text;
  try {
    text = read_file_if_exists(path).value_or("");
  } catch (const Error&) {
    return cache;  // what cannot be read is measured
  }
  cache.can_grow = text.ends_with('\n');
  if (!cache.can_grow) text.erase(text.rfind('\n') + 1);
  std::size_t lines = 0;
  for (const std::string_view line : split_lines(text)) {
    ++lines;
    auto parsed = parse_line(line);
    if (parsed && wanted.contains(parsed->first)) cache.measured.insert(*std::move(parsed));
  }
  cache.can_grow = cache.can_grow && 2 * cache.measured.size() >= lines;
  return cache;
}

std::string line_of(const ObjectId& snapshot, const std::vector<HeldObject>& held) {
  std::string line = snapshot.hex() + ' ' + std::to_string(held.size());
  for (const HeldObject& object : held)
    line.append(" ").append(object.oid.hex()).append(" ").append(std::to_string(object.bytes));
  return line + '\n';
}

// One call, so that lines of two processes do not mix.
void add_to_cache(const std::string& path, const std::string& lines) {
  const UniqueFd file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
  if (file.valid()) static_cast<void>(write_fully(file.get(), lines));
}

// Another process may write at the same time: what its file lacks is measured again.
void write_cache(const std::string& path, const Measured& measured) {
  std::string text;
  for (const auto& [snapshot, held] : measured) text += line_of(snapshot, held);
  try {
    make_directories(parent_directory(path));
    write_file_unsynced(path, text);
  } catch (const Error&) {
    return;  // a full disk or a read-only repository only costs the time
  }
}

// Adds them, and returns their lines. All at once: git may have to be asked.
std::string measure_missing(const git::Repository& repository, const std::set<ObjectId>& snapshots,
                            Measured& measured) {
  const StoredObjects objects(repository);
  std::vector<ObjectId> oids;
  std::vector<std::pair<ObjectId, std::size_t>> found;  // and how many of `oids` are its own
  for (const ObjectId& snapshot : snapshots) {
    if (measured.contains(snapshot)) continue;
    try {
      const std::vector<ObjectId> held = objects_held_by(objects, snapshot);
      oids.insert(oids.end(), held.begin(), held.end());
      found.emplace_back(snapshot, held.size());
    } catch (const Error&) {
      continue;  // damaged, or no commit: nothing that a budget could go by
    }
  }
  const std::vector<std::uint64_t> sizes = git::disk_sizes(repository, oids);
  std::size_t next = 0;
  for (const auto& [snapshot, count] : found) {
    std::vector<HeldObject>& held = measured[snapshot];
    for (const std::size_t end = next + count; next < end; ++next)
      held.push_back({oids[next], sizes[next]});
  }
  std::string lines;
  for (const auto& [snapshot, count] : found) lines += line_of(snapshot, measured.at(snapshot));
  return lines;
}

// Calls `visit` for each tree and blob of a tree, once.
template <typename Visit>
void walk(const StoredObjects& objects, const ObjectId& tree, std::set<ObjectId>& seen,
          const Visit& visit) {
  if (!seen.insert(tree).second) return;
  visit(tree);
  for (const StoredTreeEntry& each : objects.tree(tree)) {
    if (each.entry.mode == FileMode::Tree) {
      walk(objects, each.entry.oid, seen, visit);
    } else {
      visit(each.entry.oid);
    }
  }
}

}  // namespace

std::vector<ObjectId> objects_held_by(const StoredObjects& objects, const ObjectId& snapshot) {
  const git::Commit top = objects.commit(snapshot);
  std::optional<ObjectId> base;
  if (!top.parents.empty()) base = objects.commit(top.parents.front()).tree;
  TreeDifference difference(objects);
  std::vector<ObjectId> oids{snapshot};
  difference.add(base, top.tree);
  for (std::size_t i = 1; i < top.parents.size(); ++i) {
    oids.push_back(top.parents[i]);
    const git::Commit part = objects.commit(top.parents[i]);
    // The untracked files' commit has no parents: to look there for what moved would read all of
    // the base.
    difference.add(part.parents.empty() ? std::nullopt : base, part.tree);
  }
  const std::vector<ObjectId> added = difference.added();
  oids.insert(oids.end(), added.begin(), added.end());
  return oids;
}

Sizes Sizes::of_all(const git::Repository& repository) {
  std::set<ObjectId> snapshots;
  for (const git::Ref& ref : git::list_refs(repository, kRefPrefix)) snapshots.insert(ref.target);
  const std::string path = cache_file(repository);
  Cache cache = read_cache(path, snapshots);
  const std::string added = measure_missing(repository, snapshots, cache.measured);
  if (cache.can_grow && !added.empty()) {
    add_to_cache(path, added);
  } else if (!added.empty()) {
    write_cache(path, cache.measured);
  }
  Sizes sizes;
  for (auto& [snapshot, held] : cache.measured) sizes.add(snapshot, std::move(held));
  return sizes;
}

std::size_t Sizes::Hash::operator()(const ObjectId& oid) const {
  std::size_t value = 0;
  std::memcpy(&value, oid.bytes().data(), sizeof value);
  return value;
}

void Sizes::add(const ObjectId& snapshot, std::vector<HeldObject> held) {
  for (const HeldObject& object : held) {
    Use& use = objects_[object.oid];
    if (use.snapshots++ > 0) continue;
    use.bytes = object.bytes;
    total_ += object.bytes;
  }
  snapshots_[snapshot] = std::move(held);
}

void Sizes::remove_object(const ObjectId& oid) {
  const auto found = objects_.find(oid);
  if (found == objects_.end()) return;
  total_ -= found->second.bytes;
  objects_.erase(found);
}

std::uint64_t Sizes::held_by(const ObjectId& snapshot) const {
  const auto found = snapshots_.find(snapshot);
  if (found == snapshots_.end()) return 0;
  std::uint64_t bytes = 0;
  for (const HeldObject& object : found->second) {
    const auto use = objects_.find(object.oid);
    if (use != objects_.end()) bytes += use->second.bytes;
  }
  return bytes;
}

void Sizes::measure_again(const git::Repository& repository) {
  std::vector<ObjectId> oids;
  oids.reserve(objects_.size());
  for (const auto& [oid, use] : objects_) oids.push_back(oid);
  const std::vector<std::uint64_t> sizes = git::disk_sizes(repository, oids);
  total_ = 0;
  bool changed = false;
  for (std::size_t i = 0; i < oids.size(); ++i) {
    Use& use = objects_[oids[i]];
    changed = changed || use.bytes != sizes[i];
    use.bytes = sizes[i];
    total_ += sizes[i];
  }
  if (!changed) return;
  for (auto& [snapshot, held] : snapshots_)
    for (HeldObject& object : held) object.bytes = objects_[object.oid].bytes;
  write_cache(cache_file(repository), snapshots_);
}

void Sizes::narrow(const git::Repository& repository) {
  measure_again(repository);
  leave_out_head(repository);
}

void Sizes::leave_out_head(const git::Repository& repository) {
  const auto head = repository.head().commit;
  if (!head || objects_.empty()) return;
  const StoredObjects objects(repository);
  std::set<ObjectId> seen;
  try {
    walk(objects, objects.commit(*head).tree, seen,
         [this](const ObjectId& oid) { remove_object(oid); });
  } catch (const Error&) {
    return;  // a partial clone lacks some of it; what is known was left out
  }
}

void Sizes::drop(const ObjectId& snapshot) {
  const auto found = snapshots_.find(snapshot);
  if (found == snapshots_.end()) return;
  for (const HeldObject& object : found->second) {
    const auto use = objects_.find(object.oid);
    if (use != objects_.end() && --use->second.snapshots == 0) remove_object(object.oid);
  }
  snapshots_.erase(found);
}

}  // namespace gs::snapshot
