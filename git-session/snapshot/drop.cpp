#include <map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "git/refs.h"
#include "snapshot/store.h"

namespace gs::snapshot {
namespace {

using git::RefDeletion;

using Results = std::map<std::string, DropResult>;

// Removes the refs that git's message names ("cannot lock ref 'refs/…': …"); false if there are
// none.
bool set_aside(std::vector<RefDeletion>& deletions, const std::string& words, Results& results) {
  const auto removed = std::erase_if(deletions, [&](const RefDeletion& deletion) {
    if (words.find("'" + deletion.name + "'") == std::string::npos) return false;
    results.at(deletion.name).error = words;
    return true;
  });
  return removed > 0;
}

// Deletes what can be deleted: one failing ref must not keep the others. Bounded, since git waits
// for a lock each time.
void delete_all(const git::Repository& repository, std::vector<RefDeletion> deletions,
                Results& results) {
  std::string words;
  for (int attempts = 8; attempts > 0 && !deletions.empty(); --attempts) {
    try {
      git::delete_refs(repository, deletions, kRefPrefix);
      for (const auto& deletion : deletions) results.at(deletion.name).ok = true;
      return;
    } catch (const Error& error) {
      words = error.message();
      if (!error.hint().empty()) words += " (" + error.hint() + ")";
      if (!set_aside(deletions, words, results)) break;
    }
  }
  for (const auto& deletion : deletions) results.at(deletion.name).error = words;
}

}  // namespace

std::vector<DropResult> drop(const git::Repository& repository,
                             const std::vector<std::string>& refs) {
  Results results;
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
  delete_all(repository, std::move(deletions), results);

  std::vector<DropResult> answers;
  answers.reserve(refs.size());
  for (const std::string& ref : refs) answers.push_back(results.at(ref));
  return answers;
}

}  // namespace gs::snapshot
