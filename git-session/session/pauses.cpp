#include "session/pauses.h"

#include <algorithm>
#include <iterator>

#include "base/error.h"
#include "base/file/file.h"
#include "formats/json.h"
#include "git/refs.h"
#include "session/baseline.h"
#include "session/home.h"
#include "session/state_directory.h"
#include "session/state_scan.h"

namespace gs::session {
namespace {

std::string file_of(const git::Checkout& checkout, const std::string& session) {
  const std::string common = git::common_dir_of(checkout.git_dir);
  const std::string directory = private_session(common, session).bytes();
  if (file_info(directory)) return join_path(directory, "pauses.json");
  return join_path(common, "git-session/pauses/" + file_name_of(session) + ".json");
}

std::optional<Timestamp> time_from_json(const Json& value) {
  if (value.is_null()) return std::nullopt;
  const auto time = parse_iso8601(value.get<std::string>());
  if (!time) throw fatal("'" + value.get<std::string>() + "' is not a time");
  return time;
}
std::string text_from_json(const Json& value) {
  return value.is_null() ? std::string() : value.get<std::string>();
}

Json to_json(const Pause& pause) {
  Json object = {{"paused_at", format_utc(pause.paused_at)},
                 {"head", id_to_json(pause.head)},
                 {"branch", pause.branch},
                 {"note", text_or_null(pause.note)}};
  if (pause.by_status_alone) object["by_status_alone"] = true;
  if (pause.resumed_at) {
    object["resumed_at"] = format_utc(*pause.resumed_at);
    object["resumed_head"] = id_to_json(pause.resumed_head);
  }
  return object;
}

Pause pause_from_json(const Json& object) {
  const auto paused_at = time_from_json(object.at("paused_at"));
  if (!paused_at) throw fatal("'paused_at' is missing");
  return {*paused_at,
          id_from_json(object.at("head")),
          object.at("branch").get<std::string>(),
          text_from_json(object.value("note", Json())),
          object.value("by_status_alone", Json(false)) == true,
          time_from_json(object.value("resumed_at", Json())),
          id_from_json(object.value("resumed_head", Json()))};
}

Json to_json(const Pauses& pauses) {
  Json all = Json::array();
  for (const Pause& pause : pauses.all) all.push_back(to_json(pause));
  Json files = Json::array();
  for (const auto& [path, file] : pauses.files) {
    Json object = {{"worktree", entry_to_json(file.worktree)}};
    if (file.permissions) object["permissions"] = *file.permissions;
    if (file.stays) object["stays"] = true;
    put_path(path, object);
    files.push_back(std::move(object));
  }
  Json undecided = Json::array();
  for (const RepoPath& path : pauses.undecided) {
    Json object = Json::object();
    put_path(path, object);
    undecided.push_back(std::move(object));
  }
  Json scope;
  if (pauses.scope) {
    scope = Json::object();
    put_path(*pauses.scope, scope);
  }
  return {{"schema", 1},
          {"session", pauses.session},
          {"pauses", all},
          {"snapshot", text_or_null(pauses.snapshot)},
          {"files", files},
          {"undecided", undecided},
          {"shelve", pauses.shelve},
          {"out", pauses.out},
          {"scope", scope}};
}

Pauses pauses_from_json(const Json& record) {
  if (record.at("schema") != 1) throw fatal("its schema is not 1");
  Pauses pauses;
  pauses.session = record.at("session").get<std::string>();
  for (const Json& pause : record.at("pauses")) pauses.all.push_back(pause_from_json(pause));
  pauses.snapshot = text_from_json(record.at("snapshot"));
  for (const Json& object : record.at("files")) {
    PausedFile file{entry_from_json(object.at("worktree"))};
    if (object.contains("permissions"))
      file.permissions = object.at("permissions").get<unsigned>() & 0777U;
    file.stays = object.value("stays", Json(false)) == true;
    pauses.files.emplace(get_path(object), file);
  }
  for (const Json& object : record.at("undecided")) pauses.undecided.insert(get_path(object));
  pauses.shelve = record.at("shelve").get<bool>();
  pauses.out = record.at("out").get<bool>();
  if (const Json& scope = record.at("scope"); !scope.is_null()) pauses.scope = get_path(scope);
  return pauses;
}

Error unreadable_pauses(const std::string& file, const std::string& why) {
  return fatal("cannot read the session's pauses '" + file + "': " + why)
      .with_hint(
          "it says what the session has left behind; its snapshot 'paused' has what was dirty. "
          "Remove the file to continue without it");
}

// Whether a rebase or an amend has made the one out of the other.
bool is_rewritten(const git::Repository& repository, const git::Commit& before,
                  const git::Commit& after) {
  if (before.author_time != after.author_time) return false;
  if (before.message == after.message) return true;
  const auto changes_of = [&](const git::Commit& commit) {
    const git::ObjectId parent = commit.parents.empty()
                                     ? git::Repository::empty_tree()
                                     : repository.commit(commit.parents.front()).tree;
    return repository.diff_trees(parent, commit.tree);
  };
  const auto a = changes_of(before);
  const auto b = changes_of(after);
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
    return one.path == other.path && one.after == other.after;
  });
}

// What a pause has brought to the branch. Where that was rewritten meanwhile, the session's own
// commits are new ones, too.
std::vector<git::ObjectId> brought_by(const git::Repository& repository, const Pause& pause,
                                      const git::ObjectId& until) {
  const auto to = repository.resolve_commit(until.hex());
  if (!to || (!pause.head && pause.by_status_alone)) return {};
  if (!pause.head) return repository.commits_between(std::nullopt, *to, kMostCommits);
  const auto from = repository.resolve_commit(pause.head->hex());
  if (!from) return {};
  std::vector<git::ObjectId> brought = repository.commits_between(*from, *to, kMostCommits);
  if (brought.empty() || repository.is_ancestor(*from, *to)) return brought;
  const std::set<git::ObjectId> own =
      rewritten_from(repository, repository.commits_between(*to, *from, kMostCommits), brought);
  std::erase_if(brought, [&](const git::ObjectId& oid) { return own.contains(oid); });
  return brought;
}

}  // namespace

std::set<git::ObjectId> rewritten_from(const git::Repository& repository,
                                       const std::vector<git::ObjectId>& before,
                                       const std::vector<git::ObjectId>& candidates) {
  std::multimap<Timestamp, git::Commit> by_time;
  for (const git::ObjectId& oid : before) {
    git::Commit commit = repository.commit(oid);
    by_time.emplace(commit.author_time, std::move(commit));
  }
  std::set<git::ObjectId> found;
  if (by_time.empty()) return found;
  for (const git::ObjectId& oid : candidates) {
    const git::Commit commit = repository.commit(oid);
    const auto [first, last] = by_time.equal_range(commit.author_time);
    if (std::any_of(first, last,
                    [&](const auto& one) { return is_rewritten(repository, one.second, commit); }))
      found.insert(oid);
  }
  return found;
}

std::string pauses_file(const git::Repository& repository, const std::string& session) {
  return file_of(repository.checkout(), session);
}

Pauses read_pauses(const git::Checkout& checkout, const std::string& session) {
  const std::string file = file_of(checkout, session);
  const auto text = read_file_if_exists(file);
  if (!text) return {session};
  try {
    return pauses_from_json(formats::parse_json(*text, file));
  } catch (const JsonError&) {
    throw unreadable_pauses(file, "a key is missing or has the wrong type");
  } catch (const Error& error) {
    throw unreadable_pauses(file, error.message());
  }
}

void write_pauses(const git::Checkout& checkout, const Pauses& pauses) {
  const std::string file = file_of(checkout, pauses.session);
  const std::string directory = parent_directory(file);
  make_directories(directory);
  remove_stale_temp_files(directory);
  write_file_atomically(file, formats::to_json_text(to_json(pauses)));
}

const Pause* open_pause(const Pauses& pauses, const StateFile& state) {
  if (state.status != Status::Paused || pauses.all.empty()) return nullptr;
  const Pause& last = pauses.all.back();
  return last.paused_at == state.paused_at ? &last : nullptr;
}

std::chrono::milliseconds time_paused(const Pauses& pauses, const Pause* open, Timestamp now) {
  std::chrono::milliseconds sum{0};
  for (const Pause& pause : pauses.all) {
    const auto until = &pause == open ? std::optional(now) : pause.resumed_at;
    // The clock may have been set back.
    if (until && *until > pause.paused_at) sum += *until - pause.paused_at;
  }
  return sum;
}

std::set<git::ObjectId> made_while_paused(const git::Repository& repository, const Pauses& pauses,
                                          const std::optional<git::ObjectId>& head,
                                          const std::vector<git::ObjectId>& commits) {
  std::set<git::ObjectId> made;
  if (commits.empty()) return made;
  const std::set<git::ObjectId> wanted(commits.begin(), commits.end());
  std::vector<git::ObjectId> gone;  // not below what is asked for: rebased since, maybe
  for (const Pause& pause : pauses.all) {
    const bool is_open = !pause.resumed_at && &pause == &pauses.all.back();
    const auto until = is_open ? head : pause.resumed_head;
    if (!until) continue;
    std::vector<git::ObjectId> others;
    for (const git::ObjectId& oid : brought_by(repository, pause, *until)) {
      if (wanted.contains(oid)) {
        made.insert(oid);
      } else {
        others.push_back(oid);
      }
    }
    if (others.empty() || repository.is_ancestor(*until, commits.front())) continue;
    const auto below = repository.commits_between(pause.head, commits.front(), kMostCommits);
    const std::set<git::ObjectId> there(below.begin(), below.end());
    std::copy_if(others.begin(), others.end(), std::back_inserter(gone),
                 [&](const git::ObjectId& oid) { return !there.contains(oid); });
  }
  made.merge(rewritten_from(repository, gone, commits));
  return made;
}

std::string paused_sessions(const std::string& common_dir) {
  return join_path(common_dir, "git-session/paused");
}

FilePlace paused_session(const std::string& common_dir, const std::string& session) {
  return FilePlace::outside(join_path(paused_sessions(common_dir), file_name_of(session)));
}

std::map<std::string, std::string> shelving_snapshots(const git::Repository& repository) {
  std::map<std::string, std::string> snapshots;
  std::vector<std::string> problems;  // a session that cannot be read is reported elsewhere
  for (const git::Checkout& worktree : git::list_worktrees(repository)) {
    for (const FoundState& found :
         scan_states(worktree, state_directory_names(), std::nullopt, problems)) {
      if (found.state.status != Status::Paused) continue;
      try {
        const Pauses pauses = read_pauses(worktree, found.id);
        if (pauses.shelve && !pauses.snapshot.empty()) snapshots.emplace(pauses.snapshot, found.id);
      } catch (const Error&) {
        continue;
      }
    }
  }
  return snapshots;
}

}  // namespace gs::session
