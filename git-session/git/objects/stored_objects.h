#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/object_id.h"
#include "git/refs.h"
#include "git/repository.h"

namespace gs::git {

enum class ObjectType { Commit, Tree, Blob, Tag };
struct StoredObject {
  ObjectType type;
  std::string bytes;  // without the header
};
struct StoredTreeEntry {
  std::string name;
  TreeEntry entry;  // a tree's, too
};

// Objects as they are stored, which is what a push sends. Replacements (git-replace(1)), grafts and
// commit graphs can show another history, and the list of a shallow clone's ends can be forged:
// nothing of that counts. Needs no work tree, so a bare repository is read as well.
class StoredObjects {
 public:
  explicit StoredObjects(const Repository& repository);
  // GIT_COMMON_DIR, GIT_OBJECT_DIRECTORY and GIT_ALTERNATE_OBJECT_DIRECTORIES count.
  [[nodiscard]] static StoredObjects open(const std::string& git_dir);

  // Absent if it is missing; throws if it cannot be read.
  [[nodiscard]] std::optional<StoredObject> find(const ObjectId& oid) const;
  // Absent if it is missing or not a commit.
  [[nodiscard]] std::optional<Commit> find_commit(const ObjectId& oid) const;
  // Throw if it is missing or of another type.
  [[nodiscard]] Commit commit(const ObjectId& oid) const;
  [[nodiscard]] std::vector<StoredTreeEntry> tree(const ObjectId& oid) const;

  // What a tag, or a tag of tags, points to in the end; of any other object, itself.
  struct Target {
    ObjectId oid;
    ObjectType type;
  };
  [[nodiscard]] Target peel(const ObjectId& oid) const;  // throws if one on the way is missing
  // Absent if it is missing, or not a commit.
  [[nodiscard]] std::optional<ObjectId> peel_to_commit(const ObjectId& oid) const;

  // Whether the parents of this commit may be missing, as in a shallow clone.
  [[nodiscard]] bool may_lack_parents(const ObjectId& oid) const;
  [[nodiscard]] std::vector<Ref> refs(std::string_view prefix) const;  // as list_refs

  struct Impl;

 private:
  explicit StoredObjects(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<Impl> impl_;
};

// The fields of a commit object.
[[nodiscard]] Commit parse_commit(const ObjectId& oid, std::string_view bytes);

}  // namespace gs::git
