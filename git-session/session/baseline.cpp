#include "session/baseline.h"

#include <charconv>

#include "base/ascii.h"
#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "formats/json.h"
#include "session/home.h"

namespace gs::session {

Json entry_to_json(const git::TreeEntry& entry) {
  if (!entry.present()) return nullptr;
  return git::format_mode(entry.mode) + " " + entry.oid.hex();
}

git::TreeEntry entry_from_json(const Json& value) {
  if (value.is_null()) return {};
  const std::string text = value.get<std::string>();
  std::uint32_t mode = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  if (error != std::errc() || end + 1 > text.data() + text.size() || *end != ' ') {
    throw fatal("'" + text + "' is not a tree entry");
  }
  const auto oid = git::ObjectId::parse(std::string_view(end + 1, text.data() + text.size()));
  if (!oid) throw fatal("'" + text + "' is not a tree entry");
  return {static_cast<git::FileMode>(mode), *oid};
}

void put_path(const RepoPath& path, Json& object) {
  if (is_utf8(path.bytes())) {
    object["path"] = path.bytes();
  } else {
    object["path_hex"] = git::to_hex(path.bytes());
  }
}
RepoPath get_path(const Json& object) {
  const auto hex = object.find("path_hex");
  if (hex != object.end()) {
    const std::string text = hex->get<std::string>();
    const std::string bytes = git::from_hex(text);
    if (bytes.empty() || git::to_hex(bytes) != text) throw fatal("'" + text + "' is not a path");
    return RepoPath(bytes);
  }
  return RepoPath(object.at("path").get<std::string>());
}

Json id_to_json(const std::optional<git::ObjectId>& oid) {
  return oid ? Json(oid->hex()) : Json(nullptr);
}
std::optional<git::ObjectId> id_from_json(const Json& value) {
  if (value.is_null()) return std::nullopt;
  const auto oid = git::ObjectId::parse(value.get<std::string>());
  if (!oid) throw fatal("'" + value.get<std::string>() + "' is not an object id");
  return oid;
}

namespace {

Json to_json(const Baseline& baseline) {
  Json dirty = Json::array();
  for (const auto& [path, entry] : baseline.dirty) {
    Json object = Json::object();
    put_path(path, object);
    object["head"] = entry_to_json(entry.head);
    object["index"] = entry_to_json(entry.index);
    object["worktree"] = entry_to_json(entry.worktree);
    dirty.push_back(std::move(object));
  }
  Json record{{"schema", 1},
              {"session", baseline.session},
              {"taken_at", format_utc(baseline.taken_at)},
              {"head", id_to_json(baseline.head)},
              {"snapshot", id_to_json(baseline.snapshot)},
              {"dirty", std::move(dirty)}};
  if (baseline.scope) record["scope"] = baseline.scope->hex();
  for (const RepoPath& path : baseline.made_by_commands) {
    Json object = Json::object();
    put_path(path, object);
    record["made_by_commands"].push_back(std::move(object));
  }
  return record;
}

Baseline from_json(const Json& record) {
  Baseline baseline;
  if (record.at("schema") != 1) throw fatal("its schema is not 1");
  baseline.session = record.at("session").get<std::string>();
  const auto taken_at = parse_iso8601(record.at("taken_at").get<std::string>());
  if (!taken_at) throw fatal("'taken_at' is not a time");
  baseline.taken_at = *taken_at;
  baseline.head = id_from_json(record.at("head"));
  baseline.snapshot = id_from_json(record.at("snapshot"));
  baseline.scope = id_from_json(record.value("scope", Json()));
  for (const Json& object : record.at("dirty")) {
    baseline.dirty[get_path(object)] = {entry_from_json(object.at("head")),
                                        entry_from_json(object.at("index")),
                                        entry_from_json(object.at("worktree"))};
  }
  for (const Json& object : record.value("made_by_commands", Json::array())) {
    baseline.made_by_commands.insert(get_path(object));
  }
  return baseline;
}

Error unreadable(const std::string& file, const std::string& why) {
  return fatal("cannot read the session's baseline '" + file + "': " + why)
      .with_hint(
          "without it there is no record of what was dirty before the session started; remove the "
          "file to continue without a baseline");
}

void add_side(const git::Repository& repository, const git::ObjectId& base_tree,
              const git::ObjectId& side_tree, git::TreeEntry BaselineEntry::*side,
              std::map<RepoPath, BaselineEntry>& entries) {
  for (const git::TreeDiffEntry& diff : repository.diff_trees(base_tree, side_tree)) {
    const auto [found, added] = entries.try_emplace(diff.path);
    if (added) found->second = {diff.before, diff.before, diff.before};
    found->second.*side = diff.after;
  }
}

}  // namespace

std::map<RepoPath, BaselineEntry> entries_of_snapshot(const git::Repository& repository,
                                                      const git::ObjectId& snapshot) {
  const git::Commit stash = repository.commit(snapshot);
  // A fourth parent has what git stores in another form, which it is here.
  if (stash.parents.size() < 2 || stash.parents.size() > 4) {
    throw fatal("commit " + stash.oid.abbreviated() + " is not a snapshot");
  }
  const git::ObjectId head = repository.commit(stash.parents[0]).tree;
  const git::ObjectId index = repository.commit(stash.parents[1]).tree;
  std::map<RepoPath, BaselineEntry> entries;
  add_side(repository, head, index, &BaselineEntry::index, entries);
  add_side(repository, head, stash.tree, &BaselineEntry::worktree, entries);
  if (stash.parents.size() >= 3) {
    const git::ObjectId untracked = repository.commit(stash.parents[2]).tree;
    for (const git::NamedTreeEntry& file : repository.list_tree(untracked)) {
      entries[file.path].worktree = file.entry;
    }
  }
  return entries;
}

std::string file_of_session(const git::Repository& repository, const std::string& session,
                            const std::string& private_name, const std::string& tracked_name) {
  const std::string directory = private_session(repository.common_dir(), session).bytes();
  if (file_info(directory)) return join_path(directory, private_name);
  return join_path(repository.git_dir(), "git-session/" + tracked_name);
}

git::ObjectId scope_digest(const std::optional<std::string>& text) {
  return git::Repository::hash_blob("git-session scope\n" + text.value_or(""));
}

std::string baseline_file(const git::Repository& repository, const std::string& session) {
  return file_of_session(repository, session, "baseline.json",
                         "baselines/" + file_name_of(session) + ".json");
}

std::string plan_draft_file(const git::Repository& repository, const std::string& session) {
  return file_of_session(repository, session, "plan-draft.toml",
                         "plan-drafts/" + file_name_of(session) + ".toml");
}

std::string noted_learnings_file(const git::Repository& repository, const std::string& session) {
  return file_of_session(repository, session, "learned.jsonl",
                         "learned/" + file_name_of(session) + ".jsonl");
}

FileLock lock_noted_learnings(const git::Repository& repository) {
  return git::lock_list(repository, {"learned", "the noted learnings"});
}

void write_baseline(const git::Repository& repository, const Baseline& baseline) {
  const std::string file = baseline_file(repository, baseline.session);
  const std::string directory = file.substr(0, file.rfind('/'));
  make_directories(directory);
  remove_stale_temp_files(directory);
  write_file_atomically(file, formats::to_json_text(to_json(baseline)));
}

void add_made_by_commands(const git::Repository& repository, const std::string& session,
                          const std::set<RepoPath>& paths) {
  if (paths.empty()) return;
  const FileLock lock = git::lock_list(repository, {"baselines", "the session's baseline"});
  std::optional<Baseline> baseline = read_baseline(repository, session);
  if (!baseline) return;
  const std::size_t known = baseline->made_by_commands.size();
  baseline->made_by_commands.insert(paths.begin(), paths.end());
  if (baseline->made_by_commands.size() > known) write_baseline(repository, *baseline);
}

std::optional<Baseline> read_baseline(const git::Repository& repository,
                                      const std::string& session) {
  const std::string file = baseline_file(repository, session);
  const auto text = read_file_if_exists(file);
  if (!text) return std::nullopt;
  Baseline baseline;
  try {
    baseline = from_json(formats::parse_json(*text, file));
  } catch (const JsonError&) {
    throw unreadable(file, "a key is missing or has the wrong type");
  } catch (const Error& error) {
    throw unreadable(file, error.message());
  }
  if (baseline.snapshot && !repository.resolve_commit(baseline.snapshot->hex())) {
    throw unreadable(file, "its snapshot " + baseline.snapshot->abbreviated() + " is gone");
  }
  return baseline;
}

}  // namespace gs::session
