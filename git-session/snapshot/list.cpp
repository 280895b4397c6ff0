#include <algorithm>
#include <utility>

#include "base/error.h"
#include "snapshot/store.h"

namespace gs::snapshot {
namespace {

// Newest first. Commit times are in seconds: within one, the higher wave and counter is newer.
bool newer(const Snapshot& a, const Snapshot& b) {
  if (a.created_at != b.created_at) return a.created_at > b.created_at;
  if (a.name.wave != b.name.wave) return a.name.wave > b.name.wave;
  const std::size_t length_a = a.name.label.size();
  const std::size_t length_b = b.name.label.size();
  if (length_a != length_b) return length_a > length_b;
  return a.ref > b.ref;
}

}  // namespace

Snapshot snapshot_of(const git::Commit& commit, std::string ref, Name name) {
  Snapshot snapshot;
  snapshot.ref = std::move(ref);
  snapshot.oid = commit.oid;
  snapshot.session = raw_session(name, commit.subject).value_or(name.session);
  snapshot.name = std::move(name);
  snapshot.subject = commit.subject;
  snapshot.created_at = commit.committer_time;
  if (!commit.parents.empty()) snapshot.base = commit.parents.front();
  return snapshot;
}

std::optional<Snapshot> read_snapshot(const git::Repository& repository, const git::Ref& ref,
                                      Name name) {
  try {
    return snapshot_of(repository.commit(ref.target), ref.name, std::move(name));
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool is_stash_commit(const git::StoredObjects& objects, const git::Commit& commit) {
  if (commit.parents.size() < 2 || commit.parents.size() > 4) return false;
  const auto index = objects.find_commit(commit.parents[1]);
  return index && index->parents.size() == 1 && index->parents[0] == commit.parents[0];
}

bool belongs_to(const Snapshot& snapshot, const std::string& session) {
  if (raw_session(snapshot.name, snapshot.subject)) return snapshot.session == session;
  return snapshot.name.session == map_component(session);
}

Listing list(const git::Repository& repository, const std::optional<std::string>& session) {
  std::string prefix(kRefPrefix);
  if (session) prefix += map_component(*session) + "/";
  Listing listing;
  for (const git::Ref& ref : git::list_refs(repository, prefix)) {
    if (ref.name.starts_with(kUndoPrefix)) continue;
    auto name = parse_ref_name(ref.name);
    auto snapshot = name ? read_snapshot(repository, ref, std::move(*name)) : std::nullopt;
    if (!snapshot) {
      listing.ignored.push_back(ref.name);
    } else if (!session || belongs_to(*snapshot, *session)) {
      listing.snapshots.push_back(std::move(*snapshot));
    }
  }
  std::sort(listing.snapshots.begin(), listing.snapshots.end(), newer);
  return listing;
}

std::optional<Snapshot> newest(const git::Repository& repository, const std::string& session) {
  std::vector<Snapshot> all = list(repository, session).snapshots;
  const auto own = std::find_if(all.begin(), all.end(), [](const Snapshot& one) {
    return !is_automatic(one.name, one.subject);
  });
  if (own != all.end()) return std::move(*own);
  return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

}  // namespace gs::snapshot
