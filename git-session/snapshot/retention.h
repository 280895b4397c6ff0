#pragma once

#include <set>
#include <string>
#include <vector>

#include "git/expiry.h"
#include "snapshot/store.h"

namespace gs::snapshot {

enum class Verdict { Delete, Keep, Protect };
struct Judged {
  Snapshot snapshot;
  Verdict verdict;
  double age_days;
};
// Pure: what gc drops. A snapshot of a protected session (raw ids, or mapped where the raw one is
// unknown) is never deleted.
[[nodiscard]] std::vector<Judged> judge(const std::vector<Snapshot>& snapshots,
                                        const git::Expiry& expiry,
                                        const std::set<std::string>& protected_sessions,
                                        Timestamp now);

}  // namespace gs::snapshot
