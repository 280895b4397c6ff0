// The rules are listed at assign_owners in claim.h, in this order.
#include <map>
#include <utility>

#include "base/names.h"
#include "session/claim.h"

namespace gs::session {

namespace {

constexpr auto kOwnerNames = std::to_array<Name<Owner>>({{Owner::Ours, "ours"},
                                                         {Owner::Foreign, "foreign"},
                                                         {Owner::Mixed, "mixed"},
                                                         {Owner::Contested, "contested"},
                                                         {Owner::Unclaimed, "unclaimed"}});
static_assert(is_complete(kOwnerNames));

struct Verdict {
  Owner owner;
  std::string reason;
};

// Paths of the content that was dirty at the start, by object. The empty file does not count.
class ContentAtStart {
 public:
  explicit ContentAtStart(const std::optional<Baseline>& baseline) {
    if (!baseline) return;
    for (const auto& [path, entry] : baseline->dirty) {
      add(entry.worktree, entry.head, path);
      add(entry.index, entry.head, path);
    }
  }

  // Another path that had the new content of `change`.
  [[nodiscard]] const RepoPath* origin_of(const Change& change) const {
    if (const RepoPath* path = find(change.worktree, change)) return path;
    return find(change.index, change);
  }

 private:
  void add(const git::TreeEntry& entry, const git::TreeEntry& head, const RepoPath& path) {
    if (is_content(entry) && entry.oid != head.oid) paths_.emplace(entry.oid, path);
  }
  [[nodiscard]] const RepoPath* find(const git::TreeEntry& entry, const Change& change) const {
    if (!is_content(entry) || entry.oid == change.head.oid) return nullptr;
    const auto found = paths_.find(entry.oid);
    return found == paths_.end() || found->second == change.path ? nullptr : &found->second;
  }
  [[nodiscard]] static bool is_content(const git::TreeEntry& entry) {
    static const git::ObjectId empty_file = git::Repository::hash_blob("");
    return entry.present() && entry.mode != git::FileMode::Gitlink && entry.oid != empty_file;
  }

  std::map<git::ObjectId, RepoPath> paths_;
};

class Judge {
 public:
  Judge(const Claim& ours, const std::vector<OtherClaim>& others,
        const std::optional<Baseline>& baseline)
      : ours_(ours),
        others_(others),
        baseline_(baseline),
        takes_everything_(baseline.has_value() && !ours.has_any()),
        content_at_start_(baseline) {}

  [[nodiscard]] Verdict judge(const Change& change, const BaselineEntry* at_start) const {
    const bool by_hand = ours_.is_by_hand(change.path);
    if (!by_hand && at_start != nullptr && at_start->worktree == change.worktree) {
      return {Owner::Foreign, at_start->index == change.index
                                  ? "already dirty when the session started, unchanged since"
                                  : "already dirty when the session started, only staged or "
                                    "unstaged since"};
    }
    const auto claimed = ours_.reason(change.path);
    if (auto verdict = judge_by_others(change, claimed)) return *std::move(verdict);
    if (by_hand) return {Owner::Ours, *claimed};
    if (at_start != nullptr)
      return judge_changed(claimed, "dirty when the session started, changed since");
    // The plan is a copy of a file that may be in the tree, but that does not make it another
    // session's.
    const RepoPath* origin =
        ours_.owns_record(change.path) ? nullptr : content_at_start_.origin_of(change);
    if (origin != nullptr) {
      return judge_changed(
          claimed, "content that was dirty in " + origin->quoted() + " when the session started");
    }
    if (claimed) return {Owner::Ours, *claimed};
    if (baseline_ && baseline_->made_by_commands.contains(change.path)) {
      return {Owner::Unclaimed, "became dirty while the session's commands ran"};
    }
    if (takes_everything_) return {Owner::Ours, "changed since the session started"};
    return {Owner::Unclaimed, "in no plan item or scope"};
  }

  [[nodiscard]] bool is_record(const RepoPath& path) const { return ours_.has_record(path); }
  [[nodiscard]] bool brings_dirty_content(const Change& change) const {
    return content_at_start_.origin_of(change) != nullptr;
  }

 private:
  // Dirty before that session started and unchanged since: foreign to it.
  [[nodiscard]] static bool is_older_than(const OtherClaim& other, const Change& change) {
    if (!other.baseline) return false;
    const auto found = other.baseline->dirty.find(change.path);
    return found != other.baseline->dirty.end() && found->second.worktree == change.worktree;
  }

  // What a session that began since the pause found dirty is in its baseline.
  [[nodiscard]] std::optional<Verdict> judge_by_paused(
      const Change& change, const std::optional<std::string>& claimed) const {
    for (const OtherClaim& other : others_) {
      if (!other.left) continue;
      const auto left = other.left->files.find(change.path);
      if (left == other.left->files.end()) continue;
      const bool unchanged = left->second == change.worktree;
      if (!unchanged && baseline_ && baseline_->taken_at >= other.left->since) continue;
      const std::string by = "session '" + other.session + "', which is paused";
      if (claimed)
        return Verdict{Owner::Contested, "claimed by us (" + *claimed + "), and left by " + by};
      const bool may_be_ours = !unchanged && takes_everything_;
      return Verdict{may_be_ours ? Owner::Contested : Owner::Foreign,
                     unchanged ? "left by " + by : "changed since it was left by " + by};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Verdict> judge_by_others(
      const Change& change, const std::optional<std::string>& claimed) const {
    const RepoPath& path = change.path;
    for (const OtherClaim& other : others_) {
      if (other.claim.owns_record(path)) {
        return Verdict{Owner::Foreign, "a record of session '" + other.session + "'"};
      }
    }
    if (ours_.has_record(path)) return std::nullopt;
    if (auto verdict = judge_by_paused(change, claimed)) return verdict;
    for (const OtherClaim& other : others_) {
      const auto theirs = other.claim.reason(path);
      if (!theirs || (is_older_than(other, change) && !other.claim.is_by_hand(path))) continue;
      const std::string by = "session '" + other.session + "' (" + *theirs + ")";
      if (!claimed) return Verdict{Owner::Foreign, "claimed by " + by};
      return Verdict{Owner::Contested, "claimed by us (" + *claimed + ") and by " + by};
    }
    if (claimed || !takes_everything_) return std::nullopt;
    for (const OtherClaim& other : others_) {
      if (other.left || other.claim.has_any() || is_older_than(other, change)) continue;
      return Verdict{Owner::Contested, "neither this session nor session '" + other.session +
                                           "' says what is its own"};
    }
    return std::nullopt;
  }

  [[nodiscard]] Verdict judge_changed(const std::optional<std::string>& claimed,
                                      const std::string& what) const {
    if (claimed) return {Owner::Mixed, what + "; " + *claimed};
    if (takes_everything_) return {Owner::Mixed, what};
    return {Owner::Unclaimed, what + "; in no plan item or scope"};
  }

  const Claim& ours_;
  const std::vector<OtherClaim>& others_;
  const std::optional<Baseline>& baseline_;
  bool takes_everything_;  // with a baseline and no claim at all: every change since is ours
  ContentAtStart content_at_start_;
};

// A rename is a deletion and an addition of the same content: committing only one side would lose
// or duplicate the file.
class Renames {
 public:
  Renames(std::vector<OwnedChange>& owned, const Judge& judge) : owned_(owned), judge_(judge) {}

  void complete() {
    for (OwnedChange& one : owned_) add(one);
    for (const auto& [content, sides] : by_content_) {
      const auto& [removed, added] = sides;
      if (removed.size() == 1 && added.size() == 1) join(*removed.front(), *added.front());
    }
  }

 private:
  using Sides = std::pair<std::vector<OwnedChange*>, std::vector<OwnedChange*>>;

  void add(OwnedChange& one) {
    const Change& change = one.change;
    static const git::ObjectId empty_file = git::Repository::hash_blob("");
    const bool removed = change.head.present() && !change.worktree.present();
    const bool added = !change.head.present() && change.worktree.present();
    if ((!removed && !added) || judge_.is_record(change.path)) return;
    const git::ObjectId& content = removed ? change.head.oid : change.worktree.oid;
    if (content == empty_file) return;
    Sides& sides = by_content_[content];
    (removed ? sides.first : sides.second).push_back(&one);
  }

  void join(OwnedChange& removed, OwnedChange& added) const {
    const auto follow = [this](OwnedChange& other, const OwnedChange& ours, const char* how) {
      if (ours.owner != Owner::Ours || other.owner != Owner::Unclaimed) return;
      if (other.at_start || judge_.brings_dirty_content(other.change)) return;
      other.owner = Owner::Ours;
      other.reason = std::string(how) + ours.change.path.quoted() + "': " + ours.reason;
      other.renamed_with = ours.change.path;
    };
    follow(added, removed, "renamed from '");
    follow(removed, added, "renamed to '");
  }

  std::vector<OwnedChange>& owned_;
  const Judge& judge_;
  std::map<git::ObjectId, Sides> by_content_;
};

}  // namespace

std::string_view owner_name(Owner owner) {
  return name_of(kOwnerNames, owner);
}

std::vector<OwnedChange> assign_owners(const std::vector<Change>& changes, const Claim& ours,
                                       const std::vector<OtherClaim>& others,
                                       const std::optional<Baseline>& baseline) {
  const Judge judge(ours, others, baseline);
  std::vector<OwnedChange> owned;
  for (const Change& change : changes) {
    if (!change.uncommitted()) continue;
    const BaselineEntry* at_start = nullptr;
    if (baseline) {
      const auto found = baseline->dirty.find(change.path);
      if (found != baseline->dirty.end()) at_start = &found->second;
    }
    Verdict verdict = judge.judge(change, at_start);
    OwnedChange result{change, verdict.owner, std::move(verdict.reason), std::nullopt};
    if (at_start != nullptr) result.at_start = *at_start;
    result.made_by_commands = result.owner == Owner::Unclaimed && baseline &&
                              baseline->made_by_commands.contains(change.path);
    owned.push_back(std::move(result));
  }
  Renames(owned, judge).complete();
  return owned;
}

}  // namespace gs::session
