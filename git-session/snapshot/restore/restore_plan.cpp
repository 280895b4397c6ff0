#include "snapshot/restore/restore_plan.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "git/objects/attributes.h"
#include "git/objects/checked_out.h"
#include "git/objects/merge.h"
#include "git/objects/worktree_blobs.h"
#include "git/path_rules.h"
#include "snapshot/capture.h"
#include "snapshot/restore/index_plan.h"
#include "snapshot/restore/obstacles.h"
#include "snapshot/restore/stored_files.h"

namespace gs::snapshot {
namespace {

using git::FileMode;
using git::ObjectId;
using git::StagedEntry;
using git::TreeDiffEntry;
using git::TreeEntry;

class Planner {
 public:
  Planner(const git::Repository& repository, const git::Status& scan, const Snapshot& snapshot,
          const RestoreRequest& request)
      : repository_(repository),
        files_(repository.files()),
        request_(request),
        standings_(request.standings(scan)),
        stored_(repository, snapshot),
        path_rules_(git::configuration(repository)),
        status_(scan) {
    const auto head = repository.head().commit;
    head_tree_ = head ? repository.commit(*head).tree : git::Repository::empty_tree();
    const std::vector<RepoPath>& intents = stored_.extra().intent_to_add;
    intents_.insert(intents.begin(), intents.end());
    untracked_.insert(status_.untracked.begin(), status_.untracked.end());
    for (const git::StatusEntry& entry : status_.entries) {
      if (!entry.index.present()) untracked_.insert(entry.path);
      changed_.insert(entry.path);
    }
    for (const git::UnmergedEntry& entry : status_.unmerged) changed_.insert(entry.path);
    changed_.insert(untracked_.begin(), untracked_.end());
  }

  RestorePlan plan() {
    Targets targets = request_.exactly ? exact_targets() : stored_.dirty();
    if (request_.exactly) {
      if (!request_.merge) find_moved_head(targets);
    } else if (request_.paths.empty()) {
      std::erase_if(targets, [&](const auto& one) { return request_.is_record(one.first); });
      add_own_changes(targets);
      if (!request_.force && !request_.merge) find_moved_head(targets);
    } else {
      select(targets);
    }
    std::erase_if(targets,
                  [&](const auto& one) { return refuse_name(one.first, one.second.mode); });
    plan_files(targets);
    if (request_.paths.empty()) plan_index();
    return std::move(plan_);
  }

 private:
  using Targets = std::map<RepoPath, TreeEntry>;  // as git stores it

  [[nodiscard]] Targets exact_targets() const {
    Targets targets;
    for (const RepoPath& path : request_.exactly->files) {
      const auto dirty = stored_.dirty().find(path);
      targets.emplace(path, dirty != stored_.dirty().end()
                                ? dirty->second
                                : repository_.tree_entry(stored_.trees().worktree, path));
    }
    return targets;
  }

  [[nodiscard]] const Standing* standing_of(const RepoPath& path) const {
    const auto found = standings_.find(path);
    return found == standings_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] bool is_own(const RepoPath& path) const {
    const Standing* const standing = standing_of(path);
    return standing != nullptr && standing->own;
  }
  [[nodiscard]] bool is_others(const RepoPath& path) const {
    const Standing* const standing = standing_of(path);
    return standing != nullptr && standing->others;
  }
  [[nodiscard]] bool head_moved(const RepoPath& path) const {
    return repository_.tree_entry(head_tree_, path) !=
           repository_.tree_entry(stored_.trees().base_tree, path);
  }

  // A snapshot may be made by hand, with names that git itself never writes.
  bool refuse_name(const RepoPath& path, FileMode mode) {
    auto refusal = path_rules_.refusal(path.bytes(), mode);
    if (!refusal) return false;
    if (refused_.insert(path).second) block(path, *std::move(refusal));
    return true;
  }

  // Own changes of what was clean when the snapshot was taken. New files stay: nothing is cleaned.
  void add_own_changes(Targets& targets) {
    const auto add = [&](const RepoPath& path) {
      if (targets.contains(path) || !is_own(path) || request_.is_record(path)) return;
      const TreeEntry base = repository_.tree_entry(stored_.trees().base_tree, path);
      if (!base.present() || base.mode == FileMode::Gitlink) return;
      if (head_moved(path)) {
        plan_.left.push_back({path, "changed since, and HEAD has a different version of it"});
      } else {
        targets.emplace(path, base);
      }
    };
    for (const git::StatusEntry& entry : status_.entries) add(entry.path);
    for (const git::UnmergedEntry& entry : status_.unmerged) add(entry.path);
    if (const StoredFiles* const restored = taken_back()) add_restored(*restored, targets);
  }

  // What the restore that this one takes back has written over clean files.
  void add_restored(const StoredFiles& restored, Targets& targets) {
    for (const auto& [path, entry] : restored.dirty()) {
      const TreeEntry there = repository_.tree_entry(stored_.trees().worktree, path);
      if (there.present() && there.mode != FileMode::Gitlink && !request_.is_record(path) &&
          !head_moved(path))
        targets.emplace(path, there);
    }
  }

  // Of a snapshot from before a restore: what that has restored; else null.
  const StoredFiles* taken_back() {
    if (!restored_ && stored_.extra().restored) {
      const auto oid = ObjectId::parse(*stored_.extra().restored);
      if (oid && repository_.resolve_commit(oid->hex()))
        restored_.emplace(repository_, snapshot_of(repository_.commit(*oid), "", {}));
    }
    return restored_ ? &*restored_ : nullptr;
  }

  void find_moved_head(const Targets& targets) {
    for (const auto& [path, entry] : targets) {
      if (is_others(path)) continue;  // stays as it is, and is named
      if (head_moved(path) && repository_.tree_entry(head_tree_, path) != entry)
        plan_.in_the_way.push_back(
            {path, "HEAD's version differs from that of the snapshot's base commit", true});
    }
  }

  // Of the paths that are asked for: what was dirty, and what differs from it now.
  void select(Targets& targets) {
    Targets selected;
    for (const RepoPath& wanted : request_.paths) {
      const auto is_in = [&](const RepoPath& path) {
        return wanted.bytes().empty() || path == wanted ||
               path.bytes().starts_with(wanted.bytes() + "/");
      };
      bool found = false;
      for (const auto& [path, entry] : targets) {
        if (!is_in(path)) continue;
        found = true;
        selected.emplace(path, entry);
      }
      const TreeEntry there = wanted.bytes().empty()
                                  ? TreeEntry{}
                                  : repository_.tree_entry(stored_.trees().worktree, wanted);
      if (there.present()) {
        found = true;
        selected.emplace(wanted, there);
      } else {
        found = select_clean(is_in, targets, selected) || found;
      }
      if (!found) {
        throw refused("the snapshot has nothing at '" + wanted.quoted() + "'")
            .with_hint("'git session snapshot show' lists what it has");
      }
    }
    targets = std::move(selected);
  }

  // Files of a directory that were clean then and are not the same now.
  bool select_clean(const std::function<bool(const RepoPath&)>& is_in, const Targets& dirty,
                    Targets& selected) {
    bool found = false;
    const auto add = [&](const RepoPath& path) {
      if (!is_in(path) || dirty.contains(path)) return;
      const TreeEntry there = repository_.tree_entry(stored_.trees().worktree, path);
      if (!there.present()) return;  // made since: nothing is cleaned
      found = true;
      selected.emplace(path, there);
    };
    for (const TreeDiffEntry& entry : repository_.diff_trees(head_tree_, stored_.trees().worktree))
      add(entry.path);
    for (const git::StatusEntry& entry : status_.entries) add(entry.path);
    for (const git::UnmergedEntry& entry : status_.unmerged) add(entry.path);
    return found || stored_.has_directory(is_in);
  }

  void plan_files(const Targets& targets) {
    std::vector<git::WorktreeFile> files;
    for (const auto& [path, entry] : targets) files.push_back({path, entry.mode});
    const git::ReadFiles now = git::store_raw_files(repository_, files);
    std::size_t i = 0;
    for (const auto& [path, stored] : targets) {
      const std::size_t at = i++;
      if (stored.mode == FileMode::Gitlink) {
        note_submodule(path, stored, now.entries[at]);
        continue;
      }
      FileStep step{path, now.entries[at].value_or(TreeEntry{}), {}};
      if (now.left_out[at]) {
        plan_.in_the_way.push_back({path, now.left_out[at]->reason});
        continue;
      }
      if (request_.merge && head_moved(path)) {
        merge(step, stored);
      } else {
        set_content(step, stored);
      }
      steps_.emplace(path, std::move(step));
    }
    check_out(targets);
    std::erase_if(steps_, [](const auto& one) { return one.second.before == one.second.after; });
    for (auto& [path, step] : steps_) admit(std::move(step));
  }

  void set_content(FileStep& step, const TreeEntry& stored) {
    if (const auto raw = stored_.raw(step.path, stored)) {
      step.after = *raw;
    } else {
      step.after = stored;
      for_checkout_.push_back({step.path, stored});
    }
  }

  // Content that only git's checkout can make, by the attributes that there are going to be.
  void check_out(const Targets& targets) {
    const bool attributes_change =
        std::any_of(targets.begin(), targets.end(),
                    [](const auto& target) { return target.first.name() == ".gitattributes"; });
    git::Attributes attributes(repository_);
    if (!attributes_change) {
      std::erase_if(for_checkout_, [&](const git::NamedTreeEntry& file) {
        return attributes.of(file.path) == git::Conversion::None;
      });
    }
    const std::vector<ObjectId> made = git::store_checked_out(
        repository_, for_checkout_, [&](const RepoPath& path) -> std::optional<std::string> {
          const auto target = targets.find(path);
          // Git follows no link there.
          if (target == targets.end() && !files_.is_file(path)) return std::nullopt;
          if (target == targets.end()) return files_.read(path, FileLimit::Large);
          if (!target->second.is_file()) return std::nullopt;
          return repository_.read_blob(target->second.oid);
        });
    for (std::size_t i = 0; i < made.size(); ++i)
      steps_.at(for_checkout_[i].path).after.oid = made[i];
  }

  void note_submodule(const RepoPath& path, const TreeEntry& stored,
                      const std::optional<TreeEntry>& now) {
    if (now == stored) return;
    plan_.left.push_back({path, "a submodule: 'git -C " + path.quoted() + " checkout " +
                                    stored.oid.abbreviated() + "' checks its commit out"});
  }

  // Three-way, from the commit that the snapshot was taken on; what collides gets markers.
  void merge(FileStep& step, const TreeEntry& theirs) {
    const RepoPath& path = step.path;
    const TreeEntry base = repository_.tree_entry(stored_.trees().base_tree, path);
    const TreeEntry ours = git::store_readable_files(repository_, {{path, theirs.mode}})
                               .entries[0]
                               .value_or(TreeEntry{});
    step.after = step.before;
    if (theirs == base || ours == theirs) return;
    if (ours == base) {
      set_content(step, theirs);
      return;
    }
    if (ours.is_file() && theirs.is_file()) {
      const auto content = [&](const TreeEntry& entry) {
        return entry.is_file() ? repository_.read_blob(entry.oid) : std::string();
      };
      const git::MarkedMerge merged =
          git::merge_with_markers(content(base), content(ours), content(theirs));
      const FileMode mode = theirs.mode == base.mode ? ours.mode : theirs.mode;
      if (merged.content) {
        step.after = {mode, repository_.write_blob(*merged.content)};
        for_checkout_.push_back({path, step.after});
        if (merged.clean) return;
      }
    }
    plan_.conflicts.push_back(path);
    conflicts_[path] = {};
    const TreeEntry* const sides[] = {&base, &ours, &theirs};
    for (int stage = 1; stage <= 3; ++stage) {
      const TreeEntry& side = *sides[stage - 1];
      if (side.present()) conflicts_[path].push_back({stage, side, path});
    }
  }

  void block(const RepoPath& path, std::string why) {
    plan_.in_the_way.push_back({path, std::move(why)});
  }

  // Decides whether a step may be taken.
  void admit(FileStep step) {
    const RepoPath& path = step.path;
    const Standing* const standing = standing_of(path);
    if (standing != nullptr && standing->others) {
      if (!request_.force) {
        auto& list = request_.paths.empty() ? plan_.left : plan_.in_the_way;
        list.push_back({path, standing->reason});
        return;
      }
      plan_.overwritten.push_back({path, standing->reason});
    }
    if (is_blocked(path)) return;
    if (request_.exactly && !request_.exactly->taken_out && changed_.contains(path)) {
      block(path, "changed in the meantime, and not committed");
      return;
    }
    const bool is_saved = request_.exactly && request_.exactly->taken_out;
    if (step.before.present() && !is_saved) {
      const bool tracked_now = !untracked_.contains(path) && !is_ignored(path);
      if (!tracked_now && !request_.force && !came_by_restore(step)) {
        const bool is_named = !request_.paths.empty() || request_.exactly;
        const bool is_somebodys = standing != nullptr && !standing->own;
        std::string why = untracked_.contains(path) ? "untracked, and not as the snapshot has it"
                                                    : "ignored, and not as the snapshot has it";
        // Only the session's own stops all of it.
        auto& list = is_somebodys && !is_named ? plan_.left : plan_.in_the_way;
        list.push_back({path, std::move(why)});
        return;
      }
    }
    if (step.before.present() && !is_saved && (is_ignored(path) || untracked_.contains(path)))
      plan_.unsaved.push_back(path);
    plan_.files.push_back(std::move(step));
  }

  // Whether it is what the restore that this one takes back has written.
  bool came_by_restore(const FileStep& step) {
    const StoredFiles* const restored = taken_back();
    if (restored == nullptr) return false;
    const auto found = restored->dirty().find(step.path);
    if (found == restored->dirty().end()) return false;
    if (const auto raw = restored->raw(step.path, found->second)) return raw == step.before;
    return found->second ==
           git::store_readable_files(repository_, {{step.path, found->second.mode}}).entries[0];
  }

  // Neither in the index nor untracked, but there.
  bool is_ignored(const RepoPath& path) {
    if (untracked_.contains(path)) return false;
    if (!in_index_) {
      in_index_.emplace();
      std::vector<RepoPath> paths;
      for (const auto& [each, step] : steps_) paths.push_back(each);
      for (const StagedEntry& entry : git::list_index(repository_, paths))
        in_index_->insert(entry.path);
    }
    return !in_index_->contains(path);
  }

  bool is_blocked(const RepoPath& path) {
    const auto obstacle = obstacles_.find(path);
    if (!obstacle) return false;
    if (request_.force && obstacle->above && take_away(*obstacle->above)) return false;
    block(path, obstacle->why);
    return true;
  }

  // A file or link where a directory has to be; false if it is neither.
  bool take_away(const RepoPath& path) {
    if (!taken_away_.insert(path).second) return true;
    const git::ReadFiles now = git::store_raw_files(repository_, {{path, FileMode::None}});
    if (!now.entries[0]) return false;
    if (is_others(path)) plan_.overwritten.push_back({path, standing_of(path)->reason});
    plan_.files.push_back({path, *now.entries[0], {}});
    plan_.unsaved.push_back(path);
    return true;
  }

  // What the index shall have: as staged then, nothing else of the user's own.
  void plan_index() {
    std::set<RepoPath> paths =
        request_.exactly ? request_.exactly->index : paths_in_index(repository_, stored_, status_);
    for (const auto& [path, stages] : conflicts_) paths.insert(path);
    std::erase_if(paths,
                  [&](const RepoPath& path) { return refuse_name(path, FileMode::Regular); });
    auto now = staged_entries(repository_, {paths.begin(), paths.end()});
    for (const RepoPath& path : paths) {
      const Standing* const standing = standing_of(path);
      if ((is_others(path) && !request_.force) || request_.is_record(path)) continue;
      const bool is_held = stored_.dirty().contains(path) || intents_.contains(path);
      if (!is_held && standing != nullptr && !standing->own) continue;
      IndexStep step{path, now[path], wanted(path)};
      for (const StagedEntry& entry : step.after) refuse_name(path, entry.entry.mode);
      if (!is_same(step.before, step.after)) plan_.index.push_back(std::move(step));
    }
  }

  StagedEntries wanted(const RepoPath& path) {
    if (const auto conflict = conflicts_.find(path); conflict != conflicts_.end())
      return conflict->second;
    if (intents_.contains(path) && !stored_.unmerged().contains(path)) {
      const TreeEntry file = repository_.tree_entry(stored_.trees().worktree, path);
      return {StagedEntry{0, {file.present() ? file.mode : FileMode::Regular, {}}, path}};
    }
    const bool carries_head = request_.merge || !request_.force;
    return entries_for(repository_, stored_, head_tree_, carries_head, path);
  }

  const git::Repository& repository_;
  const TreeFiles files_;
  const RestoreRequest& request_;
  const Standings standings_;
  StoredFiles stored_;
  git::PathRules path_rules_;
  std::set<RepoPath> refused_;
  const git::Status& status_;
  ObjectId head_tree_;
  std::set<RepoPath> untracked_;
  std::set<RepoPath> changed_;  // not as in HEAD, untracked files too
  std::set<RepoPath> intents_;
  std::map<RepoPath, FileStep> steps_;
  ObstacleFinder obstacles_{files_, steps_};
  std::vector<git::NamedTreeEntry> for_checkout_;
  std::optional<std::set<RepoPath>> in_index_;
  std::set<RepoPath> taken_away_;
  std::optional<StoredFiles> restored_;
  std::map<RepoPath, StagedEntries> conflicts_;
  RestorePlan plan_;
};

}  // namespace

RestorePlan plan_restore(const git::Repository& repository, const git::Status& scan,
                         const Snapshot& snapshot, const RestoreRequest& request) {
  return Planner(repository, scan, snapshot, request).plan();
}

}  // namespace gs::snapshot
