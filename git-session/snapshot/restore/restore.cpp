#include "snapshot/restore/restore.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "formats/json.h"
#include "git/index/index_listing.h"
#include "git/index/real_index.h"
#include "git/index/replace_file.h"
#include "git/objects/worktree_blobs.h"
#include "session/baseline.h"

namespace gs::snapshot {
namespace {

using git::StagedEntry;

std::string directory_of(const git::Repository& repository) {
  return join_path(repository.git_dir(), "git-session/restore");
}

std::string journal_of(const git::Repository& repository) {
  return join_path(directory_of(repository), "journal.json");
}

FileLock lock(const git::Repository& repository) {
  return git::lock_list(repository, {"restore", "the work tree"});
}

// What is to be done, as it is kept for the case of a kill.
struct Journal {
  CutOffRestore what;
  std::vector<FileStep> files;
  std::vector<IndexStep> index;
};

Json to_json(const StagedEntries& entries) {
  Json list = Json::array();
  for (const StagedEntry& entry : entries)
    list.push_back({{"stage", entry.stage}, {"entry", session::entry_to_json(entry.entry)}});
  return list;
}

StagedEntries entries_from_json(const Json& list, const RepoPath& path) {
  StagedEntries entries;
  for (const Json& one : list)
    entries.push_back(
        {one.at("stage").get<int>(), session::entry_from_json(one.at("entry")), path});
  return entries;
}

Json with_path(const RepoPath& path, Json object) {
  session::put_path(path, object);
  return object;
}

void write_journal(const git::Repository& repository, const Journal& journal) {
  Json files = Json::array();
  for (const FileStep& step : journal.files) {
    files.push_back(with_path(step.path, {{"before", session::entry_to_json(step.before)},
                                          {"after", session::entry_to_json(step.after)}}));
  }
  Json index = Json::array();
  for (const IndexStep& step : journal.index)
    index.push_back(
        with_path(step.path, {{"before", to_json(step.before)}, {"after", to_json(step.after)}}));
  make_directories(directory_of(repository));
  write_file_atomically(journal_of(repository),
                        formats::to_json_line({{"schema", 1},
                                               {"snapshot", journal.what.snapshot},
                                               {"saved", journal.what.saved},
                                               {"files", files},
                                               {"index", index}}) +
                            "\n");
}

std::optional<Journal> read_journal(const git::Repository& repository) {
  const std::string file = journal_of(repository);
  const auto text = read_file_if_exists(file);
  if (!text) return std::nullopt;
  try {
    const Json value = formats::parse_json(*text, file);
    Journal journal;
    journal.what = {value.at("snapshot").get<std::string>(), value.at("saved").get<std::string>()};
    for (const Json& one : value.at("files")) {
      journal.files.push_back({session::get_path(one), session::entry_from_json(one.at("before")),
                               session::entry_from_json(one.at("after"))});
    }
    for (const Json& one : value.at("index")) {
      const RepoPath path = session::get_path(one);
      journal.index.push_back({path, entries_from_json(one.at("before"), path),
                               entries_from_json(one.at("after"), path)});
    }
    return journal;
  } catch (const std::exception& error) {
    throw fatal("'" + file + "' is damaged: " + error.what())
        .with_hint("the snapshot 'before-restore' has what was there; remove that file");
  }
}

// The index is locked first: where another git holds it, nothing is changed.
std::vector<RepoPath> perform(const git::Repository& repository, const Journal& journal,
                              Direction direction) {
  std::optional<git::RealIndex> index;
  std::vector<RepoPath> later;
  if (!index_changes(repository, journal.index, direction, later).empty())
    index.emplace(repository, directory_of(repository));
  std::vector<RepoPath> moved =
      take_steps(repository, git::shared_scratch(repository), journal.files, direction);
  if (index) {
    index->prepare(index_changes(repository, journal.index, direction, moved));
    index->put_in_place();
    index->unlock();
  }
  return moved;
}

// What is restored is created from nothing, and has to go when the snapshot of before is restored.
void note_created(const Snapshot& snapshot, const RestorePlan& plan, CaptureOptions& capture) {
  capture.restored = snapshot.oid.hex();
  for (const FileStep& step : plan.files) {
    if (!step.before.present()) capture.absent.push_back(step.path);
  }
  capture.also = plan.unsaved;
}

// What a work tree had when it was scanned.
struct Scan {
  std::shared_ptr<const git::IndexFile> index;  // null: only git can read it
  git::Head head;
  git::Status status;

  explicit Scan(const git::Repository& repository)
      : index(git::own_index(repository)),
        head(repository.head()),
        status(git::read_status(repository)) {}
};

// Of whose content a snapshot by this scan reads what is there.
std::set<RepoPath> read_by_snapshot(const git::Status& status) {
  std::set<RepoPath> paths(status.untracked.begin(), status.untracked.end());
  for (const git::StatusEntry& entry : status.entries) {
    const bool differs = entry.worktree_differs || entry.intent_to_add;
    if (differs && entry.worktree_mode != git::FileMode::None) paths.insert(entry.path);
  }
  for (const git::UnmergedEntry& entry : status.unmerged) {
    if (entry.worktree_mode != git::FileMode::None) paths.insert(entry.path);
  }
  return paths;
}

// Whether a snapshot by this scan has all that the plan overwrites: HEAD and the index are the
// same, and so is each file that the scan found unchanged.
bool still_holds(const git::Repository& repository, const Scan& scan, const RestorePlan& plan) {
  const git::Head head = repository.head();
  if (!scan.index || git::own_index(repository) != scan.index || head.commit != scan.head.commit ||
      head.branch != scan.head.branch)
    return false;
  std::set<RepoPath> read = read_by_snapshot(scan.status);
  read.insert(plan.unsaved.begin(), plan.unsaved.end());
  std::vector<git::WorktreeFile> converted;
  std::vector<git::TreeEntry> staged;
  for (const FileStep& step : plan.files) {
    if (!step.before.present() || read.contains(step.path)) continue;
    const auto entries = scan.index->entries_at(step.path.bytes());
    if (entries.size() != 1) return false;
    const git::TreeEntry entry{entries.front().mode, entries.front().oid()};
    if (entry == step.before) continue;
    converted.push_back({step.path, entry.mode});
    staged.push_back(entry);
  }
  const git::ReadFiles now = git::hash_readable_files(repository, converted);
  return std::equal(staged.begin(), staged.end(), now.entries.begin());
}

// What a killed restore left is of no use without its journal.
void remove_leftovers(const git::Repository& repository) {
  git::RealIndex::remove_stale_lock(repository, directory_of(repository));
  remove_tree(directory_of(repository));
}

// Once the journal is gone it is done, whatever becomes of the rest.
void finish(const git::Repository& repository) {
  remove_file(journal_of(repository));
  try {
    remove_leftovers(repository);
  } catch (const Error&) {
    return;  // the next one tries again
  }
}

void require_none_cut_off(const git::Repository& repository) {
  if (!read_journal(repository)) return;
  throw refused("a restore was cut off")
      .with_hint("'git session snapshot restore --continue' finishes it, '--abort' takes it back");
}

}  // namespace

RestoreResult restore(const git::Repository& repository, const Snapshot& snapshot,
                      const RestoreRequest& request, SaveRequest safety, bool dry_run) {
  const FileLock held = lock(repository);
  require_none_cut_off(repository);
  remove_leftovers(repository);
  RestoreResult result;
  const Scan scan(repository);
  result.plan = plan_restore(repository, scan.status, snapshot, request);
  if (!result.plan.in_the_way.empty() || result.plan.empty() || dry_run) return result;
  safety.capture.clean_too = true;
  safety.durable = true;
  note_created(snapshot, result.plan, safety.capture);
  result.saved = still_holds(repository, scan, result.plan)
                     ? save_scanned(repository, safety, scan.status)
                     : save(repository, safety, true);
  const Journal journal{
      {snapshot.ref.empty() ? snapshot.oid.hex() : snapshot.ref, result.saved->ref},
      result.plan.files,
      result.plan.index};
  write_journal(repository, journal);
  try {
    result.moved = perform(repository, journal, Direction::Forward);
  } catch (const Error& error) {
    std::vector<RepoPath> moved;
    try {
      moved = perform(repository, journal, Direction::Back);
    } catch (const Error& again) {
      throw fatal(error.message() + "; and it cannot be put back: " + again.message())
          .with_hint(
              "when that is fixed, 'git session snapshot restore --continue' finishes it, "
              "'--abort' takes it back");
    }
    finish(repository);
    throw fatal(error.message()).with_hint("everything is as it was before");
  }
  finish(repository);
  return result;
}

std::optional<CutOffRestore> cut_off_restore(const git::Repository& repository) {
  const auto journal = read_journal(repository);
  return journal ? std::optional(journal->what) : std::nullopt;
}

ResumedRestore resume_restore(const git::Repository& repository, Direction direction) {
  const FileLock held = lock(repository);
  const auto journal = read_journal(repository);
  if (!journal) throw refused("no restore was cut off");
  git::RealIndex::remove_stale_lock(repository, directory_of(repository));
  ResumedRestore resumed{journal->what, perform(repository, *journal, direction)};
  finish(repository);
  return resumed;
}

}  // namespace gs::snapshot
