#include "githooks/judge/leaked_snapshots.h"

#include <set>

#include "base/text.h"
#include "git/history.h"
#include "githooks/judge/known_snapshots.h"
#include "snapshot/names.h"

namespace gs::githooks {

namespace {

using git::ObjectId;

// In any letter case, which some file systems do not tell apart, and below another name: that of a
// namespace (gitnamespaces(7)) or of a backup.
bool is_snapshot_ref(const std::string& name) {
  const std::string path = "/" + to_lower(name) + "/";
  return path.find("/" + std::string(snapshot::kRefPrefix)) != std::string::npos;
}

// The commits about to leave that have a snapshot in their history, or are one: which.
std::map<ObjectId, ObjectId> find_leaks(const git::StoredObjects& objects,
                                        const std::vector<ObjectId>& tips,
                                        const std::vector<ObjectId>& on_remote,
                                        const KnownSnapshots& known) {
  std::map<ObjectId, ObjectId> leaks;
  const auto leaving =
      git::walk_history(objects, tips, on_remote, SIZE_MAX, [&](const git::Commit& commit) {
        if (known.include(commit)) leaks.emplace(commit.oid, commit.oid);
      });
  if (leaks.empty()) return leaks;
  const std::set<ObjectId> left(leaving.begin(), leaving.end());
  std::erase_if(leaks, [&](const auto& leak) { return !left.contains(leak.first); });
  // Oldest first, so that one pass does unless a clock was wrong.
  for (bool changed = !leaks.empty(); changed;) {
    changed = false;
    for (auto oid = leaving.rbegin(); oid != leaving.rend(); ++oid) {
      if (leaks.contains(*oid)) continue;
      for (const ObjectId& parent : objects.commit(*oid).parents) {
        const auto leak = leaks.find(parent);
        if (leak == leaks.end()) continue;
        changed = leaks.emplace(*oid, leak->second).second;
        break;
      }
    }
  }
  return leaks;
}

std::string reason_of_tip(const ObjectId& tip, const PushedRef& ref) {
  return "commit " + tip.abbreviated() + " ('" + ref.source + "') is a snapshot or a part of one";
}

}  // namespace

std::optional<std::string> snapshot_by_name(const PushedRef& ref) {
  if (ref.is_deletion()) return std::nullopt;
  if (is_snapshot_ref(ref.source)) return "'" + ref.source + "' is a snapshot";
  if (is_snapshot_ref(ref.target)) return "'" + ref.target + "' is a name for snapshots";
  return std::nullopt;
}

std::map<std::size_t, std::string> snapshots_by_object(const git::StoredObjects& objects,
                                                       const std::vector<PushedRef>& refs) {
  KnownSnapshots known(objects);
  std::map<std::size_t, std::string> reasons;
  std::vector<ObjectId> on_remote;
  std::map<std::size_t, ObjectId> branches;
  for (std::size_t i = 0; i < refs.size(); ++i) {
    const PushedRef& ref = refs[i];
    if (!ref.there_before.is_null()) on_remote.push_back(ref.there_before);
    if (ref.is_deletion()) continue;
    const git::StoredObjects::Target target = objects.peel(ref.object);
    if (target.type != git::ObjectType::Commit) {
      if (known.include(target)) reasons[i] = "'" + ref.source + "' is content of a snapshot";
    } else if (known.include(objects.commit(target.oid))) {
      reasons[i] = reason_of_tip(target.oid, ref);  // even if the remote has it by another name
    } else {
      branches.emplace(i, target.oid);
    }
  }
  std::vector<ObjectId> tips;
  for (const auto& [i, tip] : branches) tips.push_back(tip);
  const std::map<ObjectId, ObjectId> leaks = find_leaks(objects, tips, on_remote, known);
  for (const auto& [i, tip] : branches) {
    const auto leak = leaks.find(tip);
    if (leak == leaks.end()) continue;
    reasons[i] = "the history of '" + refs[i].source + "' has a snapshot in it, commit " +
                 leak->second.abbreviated();
  }
  return reasons;
}

}  // namespace gs::githooks
