#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/glob.h"
#include "session/baseline.h"
#include "session/changes.h"
#include "session/hand_claims.h"
#include "session/plan.h"
#include "session/state_file.h"
#include "session/wave_scope.h"

namespace gs::session {

// What a session claims as its own.
class Claim {
 public:
  // `state_directory`: the session's, for its records. `docs`: patterns of its docs tasks.
  Claim(const std::optional<Plan>& plan, const std::optional<WaveScope>& scope,
        const std::vector<Wave>& waves, FilePlace state_directory,
        const std::vector<std::string>& docs = {}, HandClaims by_hand = {});

  // Why `path` is claimed ("plan item 'Retry uploads'", "wave-scope.json 'src/**'", "docs task
  // 'README.md'", "wave history", "records"); absent if it is not. A file named in the wave history
  // must be exactly that path.
  [[nodiscard]] std::optional<std::string> reason(const RepoPath& path) const;
  // Whether plan, scope, docs tasks or wave history name anything at all (records alone do not
  // count).
  [[nodiscard]] bool has_any() const { return has_any_; }
  // Whether exactly this file was claimed by name, which counts also if it was dirty before.
  [[nodiscard]] bool is_by_hand(const RepoPath& path) const { return by_hand_.contains(path); }
  // Whether it is a record in its state directory (STATE.md, plan, scope, handover): never another
  // session's, whatever patterns say.
  [[nodiscard]] bool owns_record(const RepoPath& path) const;
  // The same, or a record shared by all tracked sessions.
  [[nodiscard]] bool has_record(const RepoPath& path) const;

 private:
  struct Pattern {
    Glob glob;
    std::string reason;
  };
  std::vector<Pattern> patterns_;
  std::set<std::string> named_;
  HandClaims by_hand_;
  FilePlace state_directory_;
  bool has_any_ = false;
};

enum class Owner { Ours, Foreign, Mixed, Contested, Unclaimed };
[[nodiscard]] std::string_view owner_name(Owner owner);

// What a paused session has left in the tree: its files, as they were then.
struct LeftByPause {
  Timestamp since;
  std::map<RepoPath, git::TreeEntry> files;
};

struct OtherClaim {
  std::string session;  // what it is called
  Claim claim;
  std::optional<Baseline> baseline = std::nullopt;
  std::optional<LeftByPause> left = std::nullopt;  // of a paused one, which claims nothing else
};

struct OwnedChange {
  Change change;
  Owner owner = Owner::Unclaimed;
  std::string reason;                          // one line, for people
  std::optional<BaselineEntry> at_start = {};  // if it was dirty then
  std::optional<RepoPath> renamed_with = {};   // in whose commit it belongs: a rename's other side
  bool made_by_commands = false;               // of the session, and unclaimed
};

// The owner of each uncommitted change (docs/formats.md, "Baseline"). Pure; returns exactly the
// uncommitted changes, in the same order. The first rule that applies, but that what is claimed by
// hand, and by no other session, is ours:
// - dirty at the start, with the same content in work tree and index: foreign, whatever is claimed;
// - dirty at the start, with the same content in the work tree and only staged or unstaged since:
// foreign;
// - a record in another active session's state directory: foreign;
// - left in the tree by a paused session, and unchanged since (or changed, by a session that began
// before that pause): contested if ours too, else foreign;
// - claimed by another active session (except for its own and shared records, and, unless it is
// claimed by hand, for what was dirty before that session started and is unchanged since):
// contested if ours too, else foreign;
// - changed since a dirty start: mixed if claimed (or if we claim nothing at all), else unclaimed;
// - content that was dirty at the start under another path (a moved file): likewise mixed or
// unclaimed;
// - claimed: ours;
// - became dirty while the session's commands ran: unclaimed;
// - no claim at all and a baseline: ours; else unclaimed.
// If that makes one side of an exact rename ours, an unclaimed other side is ours too. A session
// with a baseline and no claim at all takes every change since; if another active session has no
// claim at all either, unnamed changes are contested.
[[nodiscard]] std::vector<OwnedChange> assign_owners(const std::vector<Change>& changes,
                                                     const Claim& ours,
                                                     const std::vector<OtherClaim>& others,
                                                     const std::optional<Baseline>& baseline);

}  // namespace gs::session
