#pragma once

#include <string>

#include "base/file/file.h"
#include "git/repository.h"
#include "snapshot/store.h"

namespace gs::snapshot {

// The work tree of a snapshot, with its untracked files. Stored.
[[nodiscard]] git::ObjectId whole_tree(const git::Repository& repository, const Snapshot& snapshot);

// A private index by which git compares a tree with the work tree: new files are in it as intents
// to add, and what is the same in both need not be in it. The repository's own index stays as it
// is.
class ComparedIndex {
 public:
  ComparedIndex(const git::Repository& repository, const git::ObjectId& tree);
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  TemporaryDirectory directory_;
  std::string file_;
};

}  // namespace gs::snapshot
