#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/glob.h"
#include "session/baseline.h"
#include "session/changes.h"
#include "session/plan.h"
#include "session/state_file.h"
#include "session/wave_scope.h"

namespace gs::session {

// What one session says is its own.
class Claim {
 public:
  // `state_directory`: that session's, for its records. `docs`: patterns of its docs tasks.
  Claim(const std::optional<Plan>& plan, const std::optional<WaveScope>& scope,
        const std::vector<Wave>& waves, std::string state_directory,
        const std::vector<std::string>& docs = {});

  // Why `path` is claimed ("plan item 'Retry uploads'", "wave-scope.json 'src/**'",
  // "docs task 'README.md'", "wave history", "records"); absent when it is not. A file named in the
  // wave history counts only when it is exactly that path.
  [[nodiscard]] std::optional<std::string> reason(const RepoPath& path) const;
  // A plan, a scope, a docs task or the wave history names anything at all (records alone do not
  // count).
  [[nodiscard]] bool has_any() const { return has_any_; }
  // A record in its state directory (STATE.md, plan, scope, handover): never another session's,
  // whatever patterns say.
  [[nodiscard]] bool owns_record(const RepoPath& path) const;
  // Such a record, or one that every session shares.
  [[nodiscard]] bool has_record(const RepoPath& path) const;

 private:
  struct Pattern {
    Glob glob;
    std::string reason;
  };
  std::vector<Pattern> patterns_;
  std::set<std::string> named_;
  std::string state_directory_;
  bool has_any_ = false;
};

enum class Owner { Ours, Foreign, Mixed, Contested, Unclaimed };
[[nodiscard]] std::string_view owner_name(Owner owner);

struct OtherClaim {
  std::string session;
  Claim claim;
  std::optional<Baseline> baseline = std::nullopt;
};

struct OwnedChange {
  Change change;
  Owner owner = Owner::Unclaimed;
  std::string reason;                          // one line, for people
  std::optional<BaselineEntry> at_start = {};  // when it was dirty then
  std::optional<RepoPath> renamed_with = {};   // the other side, by which it is ours
};

// Whose is each uncommitted change? By docs/formats.md, "Baseline"; pure; the answer holds exactly
// the uncommitted changes, in the same order. In this order:
// - dirty at the start, and work-tree and index content still the same: foreign, whatever the claim
// says;
// - dirty at the start, today's work-tree content the same and only staged or unstaged since:
// foreign;
// - a record in another active session's state directory: foreign;
// - claimed by another active session (its own and shared records apart; not what was dirty before
// that session started and is unchanged since): contested when ours too, else foreign;
// - changed since a dirty start: mixed when claimed (or we claim nothing at all), else unclaimed;
// - content that somebody had dirty at the start under another path (a moved file): mixed, else
// unclaimed, likewise;
// - claimed: ours;
// - became dirty while the session's commands ran: unclaimed;
// - no claim at all and a baseline: ours; else unclaimed.
// Where that makes one side of an exact rename ours, the other side is ours when nobody claims it.
// A session that has a baseline and claims nothing at all takes every change since: where another
// active session claims nothing at all either, what nobody names is contested.
[[nodiscard]] std::vector<OwnedChange> assign_owners(const std::vector<Change>& changes,
                                                     const Claim& ours,
                                                     const std::vector<OtherClaim>& others,
                                                     const std::optional<Baseline>& baseline);

}  // namespace gs::session
