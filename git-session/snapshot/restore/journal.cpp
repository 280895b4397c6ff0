#include "snapshot/restore/journal.h"

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "formats/json.h"
#include "git/index/real_index.h"
#include "git/index/replace_file.h"
#include "git/objects/attributes.h"
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

std::string way_out(const CutOffRestore& what) {
  if (!what.by.empty())
    return "'git session " + what.by + " --session " + quote_shell(what.session) + "' finishes it";
  return "'git session snapshot restore --continue' finishes it, '--abort' takes it back";
}

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

void write_journal(const git::Repository& repository, const RestoreJournal& journal) {
  Json files = Json::array();
  for (const FileStep& step : journal.files) {
    Json object = {{"before", session::entry_to_json(step.before)},
                   {"after", session::entry_to_json(step.after)}};
    if (step.permissions) object["permissions"] = *step.permissions;
    files.push_back(with_path(step.path, std::move(object)));
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
                                               {"by", journal.what.by},
                                               {"session", journal.what.session},
                                               {"files", files},
                                               {"index", index}}) +
                            "\n");
}

}  // namespace

Error cut_off(const CutOffRestore& what) {
  return refused("a " + (what.by.empty() ? "restore" : what.by) + " was interrupted")
      .with_hint(way_out(what));
}

std::optional<RestoreJournal> read_journal(const git::Repository& repository) {
  const std::string file = journal_of(repository);
  const auto text = read_file_if_exists(file);
  if (!text) return std::nullopt;
  try {
    const Json value = formats::parse_json(*text, file);
    RestoreJournal journal;
    journal.what = {value.at("snapshot").get<std::string>(), value.at("saved").get<std::string>(),
                    value.value("by", ""), value.value("session", "")};
    for (const Json& one : value.at("files")) {
      FileStep step{session::get_path(one), session::entry_from_json(one.at("before")),
                    session::entry_from_json(one.at("after"))};
      if (one.contains("permissions"))
        step.permissions = one.at("permissions").get<unsigned>() & 0777U;
      journal.files.push_back(std::move(step));
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

namespace {

// Git compares sizes before content. Of a file that gets other bytes than the index knew it with,
// though git stores the same for both, the entry has to forget what it knew.
std::vector<git::IndexChange> forgotten(const git::Repository& repository,
                                        const RestoreJournal& journal, Direction direction) {
  if (journal.files.empty()) return {};
  std::set<RepoPath> written;
  for (const IndexStep& step : journal.index) written.insert(step.path);
  git::Attributes attributes(repository);
  std::vector<RepoPath> paths;
  for (const FileStep& step : journal.files) {
    const git::TreeEntry& to = direction == Direction::Forward ? step.after : step.before;
    if (!to.is_file() || written.contains(step.path)) continue;
    if (attributes.of(step.path) != git::Conversion::None) paths.push_back(step.path);
  }
  std::vector<git::IndexChange> changes;
  for (const auto& [path, entries] : staged_entries(repository, paths)) {
    const bool is_plain = entries.size() == 1 && entries.front().stage == 0;
    if (is_plain && !entries.front().entry.oid.is_null())
      changes.push_back({path, entries.front().entry});
  }
  return changes;
}

// The index is locked first: where another git holds it, nothing is changed.
std::vector<RepoPath> perform(const git::Repository& repository, const RestoreJournal& journal,
                              Direction direction) {
  std::optional<git::RealIndex> index;
  std::vector<RepoPath> later;
  if (!index_changes(repository, journal.index, direction, later).empty() ||
      !forgotten(repository, journal, direction).empty())
    index.emplace(repository, directory_of(repository));
  std::vector<RepoPath> moved =
      take_steps(repository, git::shared_scratch(repository), journal.files, direction);
  if (index) {
    std::vector<git::IndexChange> changes =
        index_changes(repository, journal.index, direction, moved);
    for (git::IndexChange& change : forgotten(repository, journal, direction))
      changes.push_back(std::move(change));
    index->prepare(changes);
    index->put_in_place();
    index->unlock();
  }
  return moved;
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

std::set<RepoPath> paths_of(const RestoreJournal& journal, const std::vector<RepoPath>& moved) {
  std::set<RepoPath> paths;
  for (const FileStep& step : journal.files) paths.insert(step.path);
  for (const IndexStep& step : journal.index) paths.insert(step.path);
  for (const RepoPath& path : moved) paths.erase(path);
  return paths;
}

}  // namespace

FileLock lock_work_tree(const git::Repository& repository) {
  return git::lock_list(repository, {"restore", "the work tree"});
}

void begin_restore(const git::Repository& repository) {
  const auto journal = read_journal(repository);
  if (journal) throw cut_off(journal->what);
  remove_leftovers(repository);
}

std::vector<RepoPath> carry_out(const git::Repository& repository, const RestoreJournal& journal,
                                const NoteDone& done) {
  write_journal(repository, journal);
  std::vector<RepoPath> moved;
  try {
    moved = perform(repository, journal, Direction::Forward);
  } catch (const Error& error) {
    try {
      moved = perform(repository, journal, Direction::Back);
    } catch (const Error& again) {
      throw fatal(error.message() + "; and it cannot be restored: " + again.message())
          .with_hint("when that is fixed, " + way_out(journal.what));
    }
    finish(repository);
    throw fatal(error.message()).with_hint("everything is as it was before");
  }
  if (done) done(paths_of(journal, moved));
  finish(repository);
  return moved;
}

std::vector<RepoPath> finish_cut_off(const git::Repository& repository,
                                     const RestoreJournal& journal, Direction direction,
                                     const NoteDone& done) {
  git::RealIndex::remove_stale_lock(repository, directory_of(repository));
  std::vector<RepoPath> moved = perform(repository, journal, direction);
  if (done) done(paths_of(journal, moved));
  finish(repository);
  return moved;
}

}  // namespace gs::snapshot
