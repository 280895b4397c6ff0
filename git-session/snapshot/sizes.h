#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "git/object_id.h"
#include "git/objects/stored_objects.h"
#include "git/repository.h"

namespace gs::snapshot {

struct HeldObject {
  git::ObjectId oid;
  std::uint64_t bytes = 0;  // on disk
};

// What snapshots hold on disk: the objects that their commits have and the commits that they were
// taken on have not, each counted once. An upper bound of what their deletion frees: another branch
// may have an object as well, and one that was packed since takes less.
class Sizes {
 public:
  // Of every ref below the prefix. What each snapshot holds never changes, so it is measured once
  // and remembered in git-session/snapshot-sizes of the common git directory, by object id.
  [[nodiscard]] static Sizes of_all(const git::Repository& repository);

  [[nodiscard]] std::uint64_t total() const { return total_; }
  // All that a snapshot holds, shared or not; 0 for one that cannot be read.
  [[nodiscard]] std::uint64_t held_by(const git::ObjectId& snapshot) const;
  // A closer look, for when the bound is too high: measures every object as it is by now (packed
  // since, perhaps), and leaves out what HEAD's tree has by now.
  void narrow(const git::Repository& repository);
  // As if this snapshot's last ref were deleted.
  void drop(const git::ObjectId& snapshot);

 private:
  // An object id is a hash already.
  struct Hash {
    std::size_t operator()(const git::ObjectId& oid) const;
  };
  struct Use {
    std::uint64_t bytes = 0;
    std::size_t snapshots = 0;
  };
  void add(const git::ObjectId& snapshot, std::vector<HeldObject> held);
  void remove_object(const git::ObjectId& oid);
  void measure_again(const git::Repository& repository);
  void leave_out_head(const git::Repository& repository);

  std::map<git::ObjectId, std::vector<HeldObject>> snapshots_;
  std::unordered_map<git::ObjectId, Use, Hash> objects_;
  std::uint64_t total_ = 0;
};

// The objects that a commit adds to its first parent's tree: itself, its other parents, trees and
// blobs. Throws if one that is needed is missing.
[[nodiscard]] std::vector<git::ObjectId> objects_held_by(const git::StoredObjects& objects,
                                                         const git::ObjectId& snapshot);

}  // namespace gs::snapshot
