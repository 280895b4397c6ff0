#include <map>
#include <utility>
#include <vector>

#include "git/refs.h"
#include "snapshot/store.h"

namespace gs::snapshot {

std::vector<DropResult> drop(const git::Repository& repository,
                             const std::vector<std::string>& refs) {
  std::map<std::string, DropResult> results;
  std::vector<git::RefDeletion> deletions;
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
    at->second.ok = true;
    if (target) deletions.push_back({ref, *target});
  }
  for (const auto& [ref, reason] : git::delete_refs(repository, deletions, kRefPrefix)) {
    results.at(ref).ok = false;
    results.at(ref).error = reason;
  }

  std::vector<DropResult> answers;
  answers.reserve(refs.size());
  for (const std::string& ref : refs) answers.push_back(results.at(ref));
  return answers;
}

}  // namespace gs::snapshot
