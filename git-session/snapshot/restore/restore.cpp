#include "snapshot/restore/restore.h"

#include <map>
#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "formats/json.h"
#include "git/index/real_index.h"
#include "git/index/replace_file.h"
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
  std::vector<RepoPath> intent_to_add;
};

Json to_json(const std::vector<StagedEntry>& entries) {
  Json list = Json::array();
  for (const StagedEntry& entry : entries)
    list.push_back({{"stage", entry.stage}, {"entry", session::entry_to_json(entry.entry)}});
  return list;
}

std::vector<StagedEntry> entries_from_json(const Json& list, const RepoPath& path) {
  std::vector<StagedEntry> entries;
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
  Json intents = Json::array();
  for (const RepoPath& path : journal.intent_to_add)
    intents.push_back(with_path(path, Json::object()));
  make_directories(directory_of(repository));
  write_file_atomically(journal_of(repository),
                        formats::to_json_line({{"schema", 1},
                                               {"snapshot", journal.what.snapshot},
                                               {"saved", journal.what.saved},
                                               {"files", files},
                                               {"index", index},
                                               {"intent_to_add", intents}}) +
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
    for (const Json& one : value.at("intent_to_add"))
      journal.intent_to_add.push_back(session::get_path(one));
    return journal;
  } catch (const std::exception& error) {
    throw fatal("'" + file + "' is damaged: " + error.what())
        .with_hint("the snapshot 'before-restore' has what was there; remove that file");
  }
}

bool same(const std::vector<StagedEntry>& a, const std::vector<StagedEntry>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].stage != b[i].stage || a[i].entry != b[i].entry) return false;
  }
  return true;
}

void add_intents(const git::Repository& repository, const std::vector<RepoPath>& paths) {
  if (paths.empty()) return;
  ProcessOptions options;
  for (const RepoPath& path : paths) options.input += path.bytes() + '\0';
  const ProcessResult result =
      git::run_until_unlocked(repository.git(),
                              {"--literal-pathspecs", "add", "--intent-to-add", "--force",
                               "--pathspec-from-file=-", "--pathspec-file-nul"},
                              options);
  if (!result.ok()) throw git::git_failure("add", result);
}

// Those that were in the index before have a step of their own.
void drop_intents(const git::Repository& repository, const Journal& journal) {
  std::set<RepoPath> added(journal.intent_to_add.begin(), journal.intent_to_add.end());
  for (const IndexStep& step : journal.index) added.erase(step.path);
  if (added.empty()) return;
  std::vector<git::IndexChange> changes;
  const git::ObjectId empty = git::Repository::hash_blob("");
  for (const StagedEntry& entry : git::list_index(repository.git(), {added.begin(), added.end()})) {
    if (added.contains(entry.path) && entry.entry.oid == empty) changes.push_back({entry.path, {}});
  }
  if (changes.empty()) return;
  git::RealIndex index(repository, directory_of(repository));
  index.prepare(changes);
  index.put_in_place();
  index.unlock();
}

// Paths of which the index has something else by now stay.
std::vector<git::IndexChange> index_changes(const git::Repository& repository,
                                            const std::vector<IndexStep>& steps,
                                            Direction direction, std::vector<RepoPath>& moved) {
  const bool forward = direction == Direction::Forward;
  std::vector<RepoPath> paths;
  for (const IndexStep& step : steps) paths.push_back(step.path);
  std::map<RepoPath, std::vector<StagedEntry>> now;
  for (StagedEntry& entry : git::list_index(repository.git(), paths))
    now[entry.path].push_back(std::move(entry));
  std::vector<git::IndexChange> changes;
  for (const IndexStep& step : steps) {
    const auto& from = forward ? step.before : step.after;
    const auto& to = forward ? step.after : step.before;
    if (same(now[step.path], to)) continue;
    if (!same(now[step.path], from)) {
      moved.push_back(step.path);
      continue;
    }
    if (to.size() != 1 || to.front().stage != 0) changes.push_back({step.path, {}});
    for (const StagedEntry& entry : to) changes.push_back({step.path, entry.entry, entry.stage});
  }
  return changes;
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
  if (direction == Direction::Forward) {
    add_intents(repository, journal.intent_to_add);
  } else {
    drop_intents(repository, journal);
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
  RestoreResult result;
  result.plan = plan_restore(repository, snapshot, request);
  if (!result.plan.in_the_way.empty() || result.plan.empty() || dry_run) return result;
  safety.capture.clean_too = true;
  note_created(snapshot, result.plan, safety.capture);
  result.saved = save(repository, safety, true);
  const Journal journal{
      {snapshot.ref.empty() ? snapshot.oid.hex() : snapshot.ref, result.saved->ref},
      result.plan.files,
      result.plan.index,
      result.plan.intent_to_add};
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
              "when that is mended, 'git session snapshot restore --continue' finishes it, "
              "'--abort' takes it back");
    }
    remove_file(journal_of(repository));
    throw fatal(error.message()).with_hint("everything is as it was before");
  }
  remove_file(journal_of(repository));
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
  remove_file(journal_of(repository));
  return resumed;
}

}  // namespace gs::snapshot
