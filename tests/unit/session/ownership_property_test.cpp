// Random histories of a tree with three actors, judged by assign_owners and by an oracle that knows
// only texts and sets of names.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "session/claim.h"

using namespace gs;
using namespace gs::session;

namespace {

using Files = std::map<std::string, std::string>;  // absent: no such file
struct World {
  Files head, index, worktree;
};

const std::vector<std::string> kPaths = {
    "a", "b", "c", "d", "e", ".claude/STATE.md", ".codex/STATE.md", ".orchestrator/issues/1.md"};
const std::vector<std::string> kContents = {"", "one", "two", "three", "four", "five"};

std::string content_in(const Files& files, const std::string& path) {
  const auto found = files.find(path);
  return found == files.end() ? "(absent)" : found->second;
}

class History {
 public:
  explicit History(unsigned seed) : random_(seed) {}

  std::size_t roll(std::size_t sides) { return random_() % sides; }
  const std::string& any(const std::vector<std::string>& list) { return list[roll(list.size())]; }

  void start(World& world) {
    for (const std::string& path : kPaths) {
      if (roll(2) == 0) world.head[path] = any(kContents);
    }
    world.index = world.worktree = world.head;
  }

  void step(World& world) {
    const std::string& path = any(kPaths);
    switch (roll(6)) {
      case 0:
      case 1:
        world.worktree[path] = any(kContents);
        break;
      case 2:
        world.worktree.erase(path);
        break;
      case 3:
        copy(world.worktree, world.index, path);  // git add
        break;
      case 4:
        copy(world.head, world.index, path);  // git restore --staged
        break;
      default: {
        const std::string& to = any(kPaths);  // mv
        if (to == path) break;
        copy(world.worktree, world.worktree, path, to);
        world.worktree.erase(path);
      }
    }
  }

  std::set<std::string> some_paths() {
    std::set<std::string> paths;
    if (roll(3) == 0) return paths;
    for (std::size_t i = 0; i < 5; ++i) {
      if (roll(3) == 0) paths.insert(kPaths[i]);
    }
    return paths;
  }

 private:
  static void copy(const Files& from, Files& to, const std::string& path) {
    copy(from, to, path, path);
  }
  static void copy(const Files& from, Files& to, const std::string& path, const std::string& name) {
    const auto found = from.find(path);
    if (found == from.end()) {
      to.erase(name);
    } else {
      const std::string content = found->second;
      to[name] = content;
    }
  }
  std::mt19937 random_;
};

git::TreeEntry entry_in(const Files& files, const std::string& path) {
  const auto found = files.find(path);
  if (found == files.end()) return {};
  return {git::FileMode::Regular, git::Repository::hash_blob(found->second)};
}

Baseline baseline_of(const World& world) {
  Baseline baseline;
  for (const std::string& path : kPaths) {
    const BaselineEntry entry{entry_in(world.head, path), entry_in(world.index, path),
                              entry_in(world.worktree, path)};
    if (entry.head != entry.index || entry.head != entry.worktree) {
      baseline.dirty[RepoPath(path)] = entry;
    }
  }
  return baseline;
}

std::vector<Change> changes_of(const World& world) {
  std::vector<Change> changes;
  for (const std::string& path : kPaths) {
    Change change;
    change.path = RepoPath(path);
    change.base = change.head = entry_in(world.head, path);
    change.index = entry_in(world.index, path);
    change.worktree = entry_in(world.worktree, path);
    changes.push_back(change);
  }
  return changes;
}

Claim claim_of(const std::set<std::string>& paths, const char* directory) {
  WaveScope scope;
  for (const std::string& path : paths) scope.allowed_paths.emplace_back(path);
  return {std::nullopt, scope, {}, RepoPath(directory)};
}

struct Case {
  World before, now;
  bool has_baseline = false;
  bool has_other = false;
  std::set<std::string> ours, theirs;
};

bool dirty(const World& world, const std::string& path) {
  const std::string head = content_in(world.head, path);
  return content_in(world.index, path) != head || content_in(world.worktree, path) != head;
}

// A content that `path` brings now and that was dirty elsewhere at the start.
bool brings_dirty_content(const Case& c, const std::string& path) {
  for (const Files* now : {&c.now.worktree, &c.now.index}) {
    const std::string content = content_in(*now, path);
    if (content.empty() || content == "(absent)" || content == content_in(c.now.head, path))
      continue;
    for (const std::string& other : kPaths) {
      if (other == path || content == content_in(c.before.head, other)) continue;
      if (content_in(c.before.worktree, other) == content) return true;
      if (content_in(c.before.index, other) == content) return true;
    }
  }
  return false;
}

Owner oracle(const Case& c, const std::string& path) {
  const bool shared = path.starts_with(".orchestrator");
  const bool our_record = path.starts_with(".claude");
  const bool their_record = c.has_other && path.starts_with(".codex");
  const bool claimed = shared || our_record || c.ours.contains(path);
  const bool implicit = c.has_baseline && c.ours.empty();
  const bool was_dirty = c.has_baseline && dirty(c.before, path);

  if (was_dirty && content_in(c.before.worktree, path) == content_in(c.now.worktree, path)) {
    return Owner::Foreign;
  }
  if (their_record) return Owner::Foreign;
  if (c.has_other && !shared && !our_record) {
    if (c.theirs.contains(path)) return claimed ? Owner::Contested : Owner::Foreign;
    if (implicit && c.theirs.empty()) return Owner::Contested;
  }
  // A session's own record may be a copy of a file that lies in the tree (its plan).
  const bool brings = c.has_baseline && !our_record && brings_dirty_content(c, path);
  if (was_dirty || brings) {
    return claimed || implicit ? Owner::Mixed : Owner::Unclaimed;
  }
  return claimed || implicit ? Owner::Ours : Owner::Unclaimed;
}

bool is_record(const std::string& path) {
  return path.starts_with(".orchestrator") || path.starts_with(".claude");
}

// The other side of a rename: the only path that went with a content, and the only one that came
// with it; "" where there is none.
std::string other_side(const Case& c, const std::string& path) {
  const auto moved = [&](const std::string& one) -> std::string {  // "-content", "+content", ""
    const std::string head = content_in(c.now.head, one);
    const std::string now = content_in(c.now.worktree, one);
    if (is_record(one) || (head == "(absent)") == (now == "(absent)")) return "";
    return now == "(absent)" ? "-" + head : "+" + now;
  };
  const std::string mine = moved(path);
  if (mine.size() < 2) return "";
  const std::string wanted = (mine[0] == '-' ? "+" : "-") + mine.substr(1);
  std::vector<std::string> found;
  for (const std::string& other : kPaths) {
    if (other == path || !dirty(c.now, other)) continue;
    if (moved(other) == mine) return "";
    if (moved(other) == wanted) found.push_back(other);
  }
  return found.size() == 1 ? found.front() : "";
}

Owner oracle_with_renames(const Case& c, const std::string& path) {
  const Owner owner = oracle(c, path);
  if (owner != Owner::Unclaimed || (c.has_baseline && dirty(c.before, path))) return owner;
  const std::string other = other_side(c, path);
  const bool follows = !other.empty() && oracle(c, other) == Owner::Ours &&
                       !(c.has_baseline && brings_dirty_content(c, path));
  return follows ? Owner::Ours : owner;
}

Case random_case(unsigned seed) {
  History history(seed);
  Case c;
  history.start(c.before);
  for (std::size_t i = history.roll(8); i > 0; --i) history.step(c.before);
  c.now = c.before;
  for (std::size_t i = history.roll(8); i > 0; --i) history.step(c.now);
  c.has_baseline = history.roll(4) != 0;
  c.has_other = history.roll(2) != 0;
  c.ours = history.some_paths();
  if (c.has_other) c.theirs = history.some_paths();
  return c;
}

}  // namespace

TEST_CASE("owners of random histories are those that a slow oracle finds") {
  std::map<Owner, int> seen;
  for (unsigned seed = 0; seed < 20000; ++seed) {
    const Case c = random_case(seed);
    std::vector<OtherClaim> others;
    if (c.has_other) others.push_back({"other", claim_of(c.theirs, ".codex")});
    std::optional<Baseline> baseline;
    if (c.has_baseline) baseline = baseline_of(c.before);
    const auto owned =
        assign_owners(changes_of(c.now), claim_of(c.ours, ".claude"), others, baseline);

    std::size_t next = 0;
    for (const std::string& path : kPaths) {
      if (!dirty(c.now, path)) continue;
      REQUIRE(next < owned.size());
      const OwnedChange& change = owned[next++];
      const Owner expected = oracle_with_renames(c, path);
      ++seen[expected];
      if (change.change.path.bytes() != path || change.owner != expected) {
        CAPTURE(seed);
        CAPTURE(path);
        CAPTURE(change.reason);
        CHECK(change.change.path.bytes() == path);
        CHECK(owner_name(change.owner) == owner_name(expected));
      }
      CHECK(!change.reason.empty());
    }
    REQUIRE(next == owned.size());
  }
  // The histories reach every answer.
  for (const Owner owner :
       {Owner::Ours, Owner::Foreign, Owner::Mixed, Owner::Contested, Owner::Unclaimed}) {
    CHECK(seen[owner] > 500);
  }
}
