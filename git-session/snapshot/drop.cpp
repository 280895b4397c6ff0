#include <cstddef>
#include <map>
#include <span>
#include <utility>

#include "base/error.h"
#include "git/refs.h"
#include "snapshot/store.h"

namespace gs::snapshot {
namespace {

using git::RefDeletion;

// Deletes what can be deleted: when a transaction fails because of one ref, its halves are tried.
class Dropper {
 public:
  Dropper(const git::Repository& repository, std::map<std::string, DropResult>& results)
      : repository_(repository), results_(results) {}

  void drop(std::span<const RefDeletion> deletions) {
    if (deletions.empty()) return;
    std::string error;
    try {
      git::delete_refs(repository_, {deletions.begin(), deletions.end()}, kRefPrefix);
      for (const auto& deletion : deletions) results_.at(deletion.name).ok = true;
      return;
    } catch (const Error& e) {
      error = e.message();
    }
    if (deletions.size() == 1 || --attempts_ <= 0) {
      for (const auto& deletion : deletions) results_.at(deletion.name).error = error;
      return;
    }
    const std::size_t half = deletions.size() / 2;
    drop(deletions.first(half));
    drop(deletions.subspan(half));
  }

 private:
  const git::Repository& repository_;
  std::map<std::string, DropResult>& results_;
  int attempts_ = 64;  // a lock that stops every deletion must not cost two runs for each ref
};

}  // namespace

std::vector<DropResult> drop(const git::Repository& repository,
                             const std::vector<std::string>& refs) {
  std::map<std::string, DropResult> results;
  std::vector<RefDeletion> deletions;
  for (const std::string& ref : refs) {
    const auto [at, is_new] = results.try_emplace(ref);
    if (!is_new) continue;
    at->second.ref = ref;
    if (!ref.starts_with(kRefPrefix)) {
      at->second.error =
          "not a snapshot: only refs below " + std::string(kRefPrefix) + " are deleted";
      continue;
    }
    const auto target = git::read_ref(repository, ref);
    at->second.existed = target.has_value();
    if (target) {
      deletions.push_back({ref, *target});
    } else {
      at->second.ok = true;
    }
  }
  Dropper(repository, results).drop(deletions);

  std::vector<DropResult> answers;
  answers.reserve(refs.size());
  for (const std::string& ref : refs) answers.push_back(results.at(ref));
  return answers;
}

}  // namespace gs::snapshot
