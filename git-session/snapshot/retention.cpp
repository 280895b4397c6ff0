#include "snapshot/retention.h"

#include <chrono>

namespace gs::snapshot {
namespace {

// "now" has everything expired, also what this very second made.
bool has_expired(const Snapshot& snapshot, const git::Expiry& expiry, Timestamp now) {
  if (expiry.never) return false;
  return snapshot.created_at < expiry.before || expiry.before >= now;
}

}  // namespace

std::vector<Judged> judge(const std::vector<Snapshot>& snapshots, const git::Expiry& expiry,
                          const std::set<std::string>& protected_sessions, Timestamp now) {
  using Days = std::chrono::duration<double, std::ratio<86400>>;
  std::set<std::string> mapped;
  for (const std::string& session : protected_sessions) mapped.insert(map_component(session));

  std::vector<Judged> judged;
  judged.reserve(snapshots.size());
  for (const Snapshot& snapshot : snapshots) {
    const bool is_protected = raw_session(snapshot.name, snapshot.subject)
                                  ? protected_sessions.contains(snapshot.session)
                                  : mapped.contains(snapshot.name.session);
    const Verdict verdict = is_protected                         ? Verdict::Protect
                            : has_expired(snapshot, expiry, now) ? Verdict::Delete
                                                                 : Verdict::Keep;
    judged.push_back({snapshot, verdict, Days(now - snapshot.created_at).count()});
  }
  return judged;
}

}  // namespace gs::snapshot
