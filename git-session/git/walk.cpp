#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "base/error.h"
#include "git/history.h"
#include "git/libgit2.h"

// Walks of the real history. Neither libgit2 nor git is asked: both may follow grafts, a forged
// list of a shallow clone's ends or a commit graph, and git replacements.
namespace gs::git {
namespace {

struct Hash {
  std::size_t operator()(const ObjectId& oid) const {
    std::size_t value = 0;
    std::memcpy(&value, oid.bytes().data(), sizeof value);
    return value;
  }
};

// Commits from several starts, newest first. The paint of a commit spreads to its ancestors.
class Painter {
 public:
  // `dull`: what is painted so need not be walked for its own sake.
  Painter(const StoredObjects& objects, unsigned dull) : objects_(objects), dull_(dull) {}

  void start(const ObjectId& oid, unsigned paint) {
    if (!add(oid, paint)) throw fatal("commit " + oid.hex() + " is missing");
  }

  [[nodiscard]] bool has_more() const { return !queue_.empty(); }
  [[nodiscard]] bool has_more_of_interest() const { return of_interest_ > 0; }
  [[nodiscard]] Timestamp next_time() const { return queue_.front().commit.committer_time; }
  [[nodiscard]] unsigned paint_of(const ObjectId& oid) const { return nodes_.at(oid).paint; }

  // One that gets more paint afterwards comes again.
  Commit take() {
    std::pop_heap(queue_.begin(), queue_.end(), is_older);
    Commit commit = std::move(queue_.back().commit);
    queue_.pop_back();
    Node& node = nodes_.at(commit.oid);
    node.is_queued = false;
    if ((node.paint & dull_) == 0) --of_interest_;
    return commit;
  }

  void pass_on(const Commit& commit, unsigned paint) {
    for (const ObjectId& parent : commit.parents) {
      // Another parent may be missing where a shallow clone ends.
      if (!add(parent, paint) && !objects_.may_lack_parents(commit.oid)) {
        throw fatal("commit " + parent.hex() + " is missing");
      }
    }
  }

 private:
  struct Node {
    unsigned paint = 0;
    bool is_queued = false;
  };
  struct Entry {
    std::size_t order;
    Commit commit;
  };

  static bool is_older(const Entry& a, const Entry& b) {
    if (a.commit.committer_time != b.commit.committer_time) {
      return a.commit.committer_time < b.commit.committer_time;
    }
    return a.order > b.order;
  }

  // False if it is missing.
  bool add(const ObjectId& oid, unsigned paint) {
    const auto known = nodes_.find(oid);
    if (known != nodes_.end() && (known->second.paint & paint) == paint) return true;
    if (known != nodes_.end() && known->second.is_queued) {
      Node& node = known->second;
      if ((node.paint & dull_) == 0 && (paint & dull_) != 0) --of_interest_;
      node.paint |= paint;
      return true;
    }
    auto commit = objects_.find_commit(oid);
    if (!commit) return false;
    Node& node = nodes_[oid];
    node.paint |= paint;
    node.is_queued = true;
    if ((node.paint & dull_) == 0) ++of_interest_;
    queue_.push_back({order_++, *std::move(commit)});
    std::push_heap(queue_.begin(), queue_.end(), is_older);
    return true;
  }

  const StoredObjects& objects_;
  unsigned dull_;
  std::unordered_map<ObjectId, Node, Hash> nodes_;
  std::vector<Entry> queue_;  // a heap
  std::size_t order_ = 0;     // among equal times the first found is first, as in git
  std::size_t of_interest_ = 0;
};

constexpr unsigned kTip = 1;
constexpr unsigned kHidden = 2;

}  // namespace

std::vector<ObjectId> walk_history(const StoredObjects& objects, const std::vector<ObjectId>& tips,
                                   const std::vector<ObjectId>& hidden, std::size_t limit,
                                   const std::function<void(const Commit&)>& visit) {
  constexpr int kMostBeyond = 5;  // commits, as in git
  Painter painter(objects, kHidden);
  for (const ObjectId& oid : tips) painter.start(oid, kTip);
  bool hides = false;
  for (const ObjectId& oid : hidden) {
    const auto commit = objects.peel_to_commit(oid);
    if (commit) painter.start(*commit, kHidden);
    hides = hides || commit;
  }
  std::vector<ObjectId> commits;
  Timestamp oldest = Timestamp::max();
  for (int beyond = 0; painter.has_more();) {
    if (!painter.has_more_of_interest()) {
      // Where a clock was wrong, a hidden commit may yet turn out to have one of these as ancestor.
      if (commits.empty() || (painter.next_time() < oldest && ++beyond > kMostBeyond)) break;
    }
    const Commit commit = painter.take();
    const unsigned paint = painter.paint_of(commit.oid);
    if ((paint & kHidden) == 0) {
      if (visit) visit(commit);
      commits.push_back(commit.oid);
      oldest = std::min(oldest, commit.committer_time);
      if (!hides && commits.size() >= limit) break;
    }
    painter.pass_on(commit, paint);
  }
  std::erase_if(commits,
                [&](const ObjectId& oid) { return (painter.paint_of(oid) & kHidden) != 0; });
  if (commits.size() > limit) commits.resize(limit);
  return commits;
}

std::vector<ObjectId> commits_of_tips(const Repository& repository,
                                      const std::vector<ObjectId>& tips,
                                      const std::vector<ObjectId>& hidden, std::size_t limit) {
  return walk_history(StoredObjects(repository), tips, hidden, limit);
}

std::optional<ObjectId> Repository::merge_base(const ObjectId& a, const ObjectId& b) const {
  constexpr unsigned kOfA = 1;
  constexpr unsigned kOfB = 2;
  constexpr unsigned kBelow = 4;  // below a common ancestor
  const StoredObjects objects(*this);
  Painter painter(objects, kBelow);
  painter.start(a, kOfA);
  painter.start(b, kOfB);
  std::vector<ObjectId> bases;
  while (painter.has_more_of_interest()) {
    const Commit commit = painter.take();
    unsigned paint = painter.paint_of(commit.oid);
    if (paint == (kOfA | kOfB)) bases.push_back(commit.oid);
    if ((paint & (kOfA | kOfB)) == (kOfA | kOfB)) paint |= kBelow;
    painter.pass_on(commit, paint);
  }
  std::erase_if(bases, [&](const ObjectId& oid) { return (painter.paint_of(oid) & kBelow) != 0; });
  // Of histories that were merged both ways, some may still be ancestors of others.
  const auto is_below_another = [&](const ObjectId& base) {
    return std::any_of(bases.begin(), bases.end(), [&](const ObjectId& other) {
      return other != base && walk_history(objects, {base}, {other}).empty();
    });
  };
  const auto best = std::find_if_not(bases.begin(), bases.end(), is_below_another);
  if (best == bases.end()) return std::nullopt;
  return *best;
}

bool Repository::is_ancestor(const ObjectId& ancestor, const ObjectId& descendant) const {
  return ancestor == descendant || merge_base(ancestor, descendant) == ancestor;
}

std::vector<ObjectId> Repository::commits_between(const std::optional<ObjectId>& base,
                                                  const ObjectId& tip, std::size_t limit) const {
  if (!base) return commits_without({}, tip, limit);
  static_cast<void>(commit(*base));  // throws if it is missing
  return commits_without({*base}, tip, limit);
}

std::vector<ObjectId> Repository::commits_without(const std::vector<ObjectId>& hidden,
                                                  const ObjectId& tip, std::size_t limit) const {
  return commits_of_tips(*this, {tip}, hidden, limit);
}

}  // namespace gs::git
