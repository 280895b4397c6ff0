#include "close/look/secret_search.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "checks/secrets/mask.h"
#include "checks/secrets/secrets.h"
#include "close/context.h"
#include "close/plan/commit_plan.h"
#include "close/push_target.h"
#include "git/objects/stored_objects.h"
#include "git/objects/worktree_blobs.h"
#include "git/refs.h"

namespace gs::close {

namespace {

using git::TreeDiffEntry;
using session::Finding;

constexpr std::size_t kMostCommits = 10000;

// Where something was found, for the ends of titles.
class SearchPlace {
 public:
  SearchPlace() = default;
  explicit SearchPlace(const git::ObjectId& commit)
      : commit_("in commit " + commit.abbreviated()) {}

  [[nodiscard]] std::string lines() const {
    return commit_.empty() ? std::string(checks::kInAddedLines) : commit_;
  }
  [[nodiscard]] std::string of(const std::string& what) const {
    return "in " + what + (commit_.empty() ? "" : " " + commit_);
  }

 private:
  std::string commit_;
};

void append(std::vector<Finding>& findings, std::vector<Finding> more) {
  findings.insert(findings.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
}

Finding not_searched(const std::string& file, const std::string& why) {
  return {.source = "secret-search",
          .severity = session::Severity::Low,
          .file = checks::mask_secrets(file),
          .title = "not searched for secrets: " + why};
}

void search_added(const RepoPath& path, const AddedLines::Added& added, const SearchPlace& place,
                  FoundSecrets& found) {
  append(found.secrets, checks::find_secrets(path.bytes(), added.lines, place.lines()));
  append(found.secrets,
         checks::find_secrets_in_strings(path.bytes(), added.strings, place.of("binary content")));
  if (!added.unknown.empty()) found.notes.push_back(not_searched(path.bytes(), added.unknown));
}

void search_link(const RepoPath& path, const std::string& target, const SearchPlace& place,
                 FoundSecrets& found) {
  for (Finding& finding : checks::find_secrets_in_text(target, place.of("the target of a link"))) {
    finding.file = checks::mask_secrets(path.bytes());
    finding.line = 0;
    found.secrets.push_back(std::move(finding));
  }
}

void search_name(const RepoPath& path, const git::TreeEntry& before, const SearchPlace& place,
                 FoundSecrets& found) {
  if (before.present()) return;
  append(found.secrets, checks::find_secrets_in_name(path.bytes(), place.of("a file name")));
}

// What the planned commits change, with what it takes to read the content.
struct Planned {
  RepoPath path;
  git::TreeEntry before, after, worktree, index;
  const std::string* split = nullptr;
};

std::vector<Planned> planned_changes(const Context& context) {
  std::vector<Planned> planned;
  for (const CommitUnit& unit : context.staging.units) {
    for (const StagedFile& file : unit.files) {
      const session::Change& change = file.change.change;
      planned.push_back({change.path, change.head, file.entry, change.worktree, change.index,
                         file.split_content ? &*file.split_content : nullptr});
    }
  }
  for (const session::OwnedChange& owned : context.owned) {
    const session::Change& change = owned.change;
    if (owned.owner == session::Owner::Foreign ||
        !session::is_committed_record(context.workspace, change.path))
      continue;
    planned.push_back({change.path, change.head, change.worktree, change.worktree, change.index});
  }
  return planned;
}

AddedLines::Lines added_by(Context& context, const Planned& change) {
  const git::Repository& repository = context.repository();
  if (change.split != nullptr)
    return context.added_lines.of_content(repository, change.path, change.before, *change.split);
  if (change.after == change.worktree)
    return context.added_lines.of_worktree(repository, change.path, change.before, change.after);
  return context.added_lines.of_blob(repository, change.path, change.before, change.after);
}

std::string link_target(const Context& context, const Planned& change) {
  return change.after == change.worktree ? context.repository().files().read_link(change.path)
                                         : context.repository().read_blob(change.after.oid);
}

// Git LFS sends the file's own content beside the commit.
bool is_lfs_pointer(const std::string& stored) {
  return stored.starts_with("version https://git-lfs.github.com/");
}

// Files that a filter stores in another form: what is committed is what the filter made of them.
void search_filtered(Context& context, const std::vector<Planned>& changes, FoundSecrets& found) {
  if (changes.empty()) return;
  const git::Repository& repository = context.repository();
  if (context.options.dry_run) {
    for (const Planned& change : changes) {
      found.notes.push_back(not_searched(
          change.path.bytes(), "a filter stores it in another form, which a dry run does not do"));
    }
    return;
  }
  std::vector<git::WorktreeFile> files;
  for (const Planned& change : changes)
    files.push_back({change.path, (change.index.present() ? change.index : change.before).mode});
  const git::ReadFiles stored = git::store_readable_files(repository, files);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Planned& change = changes[i];
    if (stored.entries[i] != change.after) continue;  // changed since: it is not committed
    search_added(change.path,
                 *context.added_lines.of_blob(repository, change.path, change.before, change.after),
                 SearchPlace(), found);
    if (!is_lfs_pointer(repository.read_blob(change.after.oid))) continue;
    const std::string content = repository.files().read(change.path, FileLimit::Large).value_or("");
    search_added(change.path, *context.added_lines.of_content(repository, change.path, {}, content),
                 SearchPlace(), found);
  }
}

void search_planned_file(Context& context, const Planned& change, std::vector<Planned>& filtered,
                         FoundSecrets& found) {
  const std::size_t before = found.secrets.size() + found.notes.size();
  search_name(change.path, change.before, SearchPlace(), found);
  if (change.after.mode == git::FileMode::Symlink) {
    search_link(change.path, link_target(context, change), SearchPlace(), found);
  } else {
    const AddedLines::Lines added = added_by(context, change);
    if (added->filtered) {
      filtered.push_back(change);
      return;
    }
    search_added(change.path, *added, SearchPlace(), found);
  }
  if (found.secrets.size() + found.notes.size() == before)
    context.clean_changes.emplace(change.path, change.before, change.after);
}

void search_planned_files(Context& context, FoundSecrets& found) {
  std::vector<Planned> filtered;
  for (const Planned& change : planned_changes(context)) {
    if (!change.after.present() || change.after == change.before) continue;
    try {
      search_planned_file(context, change, filtered, found);
    } catch (const Error& error) {
      found.notes.push_back(not_searched(change.path.bytes(), error.message()));
    }
  }
  search_filtered(context, filtered, found);
}

// Messages as they are made of titles, `-m` and file names, and the titles of items without a
// commit, which issues and records get.
void search_planned_texts(Context& context, FoundSecrets& found) {
  for (const CommitPlan& commit : plan_commits(context, false, nullptr)) {
    append(found.secrets,
           checks::find_secrets_in_text(commit.message, "in the message of a planned commit"));
  }
  std::set<std::size_t> committed;
  for (const CommitUnit& unit : context.staging.units) {
    if (unit.item) committed.insert(*unit.item);
  }
  const auto search = [&](const std::string& text, const char* where) {
    append(found.secrets, checks::find_secrets_in_text(text, where));
  };
  if (!context.session->plan) return;
  search(context.session->plan->title, "in the title of the plan");
  const std::vector<session::PlanItem>& items = context.session->plan->items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!committed.contains(i)) search(items[i].title, "in the title of a plan item");
  }
}

// The remotes that the close pushes to; without a push, the one that it would push to.
std::vector<std::string> remotes_of(const Context& context) {
  const config::SessionConfig& config = context.workspace.config;
  std::vector<std::string> remotes{push_remote(context)};
  const std::optional<std::string> mirror = config.text("mirror");
  if (context.options.push && context.options.mirror && mirror &&
      git::find_remote(context.repository(), *mirror))
    remotes.push_back(*mirror);
  return remotes;
}

// A continued close reads the session's base from its journal.
std::optional<git::ObjectId> base_of(const Context& context) {
  if (context.session) return context.session->base;
  const Json base = context.journal.last("session-base");
  return base.is_object() ? git::ObjectId::parse(base.value("commit", "")) : std::nullopt;
}

// Oldest first.
std::vector<git::ObjectId> leaving_commits(const Context& context, const git::ObjectId& tip) {
  const git::Repository& repository = context.repository();
  const std::optional<git::ObjectId> base = base_of(context);
  if (base == tip) return {};
  std::vector<git::ObjectId> commits;
  for (const std::string& remote : remotes_of(context)) {
    std::vector<git::ObjectId> hidden = git::known_on_remote(context.repository(), remote);
    if (base) hidden.push_back(*base);
    std::vector<git::ObjectId> leaving = repository.commits_without(hidden, tip, kMostCommits + 1);
    std::reverse(leaving.begin(), leaving.end());
    const std::set<git::ObjectId> there(commits.begin(), commits.end());
    std::erase_if(leaving, [&](const git::ObjectId& oid) { return there.contains(oid); });
    commits.insert(commits.end(), leaving.begin(), leaving.end());
  }
  return commits;
}

// Of a merge, what none of its parents has: the rest came from a commit that the remote has, or
// that is searched itself.
std::vector<TreeDiffEntry> changes_of(const git::Repository& repository, const git::Commit& commit,
                                      std::vector<git::ObjectId>& other_trees) {
  const git::ObjectId before = commit.parents.empty()
                                   ? git::Repository::empty_tree()
                                   : repository.commit(commit.parents.front()).tree;
  std::vector<TreeDiffEntry> changes = repository.diff_trees(before, commit.tree);
  for (std::size_t i = 1; i < commit.parents.size(); ++i) {
    other_trees.push_back(repository.commit(commit.parents[i]).tree);
    std::erase_if(changes, [&](const TreeDiffEntry& change) {
      return repository.tree_entry(other_trees.back(), change.path) == change.after;
    });
  }
  return changes;
}

// Without what another parent of a merge has.
void keep_common(AddedLines::Added& added, const AddedLines::Added& other) {
  std::set<std::size_t> numbers;
  for (const git::AddedLine& line : other.lines) numbers.insert(line.number);
  std::erase_if(added.lines,
                [&](const git::AddedLine& line) { return !numbers.contains(line.number); });
  const std::set<std::string> strings(other.strings.begin(), other.strings.end());
  std::erase_if(added.strings, [&](const std::string& run) { return !strings.contains(run); });
}

void search_change(Context& context, const TreeDiffEntry& change,
                   const std::vector<git::ObjectId>& other_trees, const SearchPlace& place,
                   FoundSecrets& found) {
  const git::Repository& repository = context.repository();
  if (!change.after.present() ||
      context.clean_changes.contains({change.path, change.before, change.after}))
    return;
  const std::size_t before = found.secrets.size() + found.notes.size();
  search_name(change.path, change.before, place, found);
  if (change.after.mode == git::FileMode::Symlink) {
    search_link(change.path, repository.read_blob(change.after.oid), place, found);
  } else {
    AddedLines::Added added =
        *context.added_lines.of_blob(repository, change.path, change.before, change.after);
    for (const git::ObjectId& tree : other_trees) {
      keep_common(added, *context.added_lines.of_blob(repository, change.path,
                                                      repository.tree_entry(tree, change.path),
                                                      change.after));
    }
    search_added(change.path, added, place, found);
  }
  if (found.secrets.size() + found.notes.size() == before)
    context.clean_changes.emplace(change.path, change.before, change.after);
}

// Author, committer, and whatever else a commit's header holds; not its signature.
std::string headers_of(std::string_view commit) {
  std::string headers;
  bool counts = true;
  for (const std::string_view line : split_lines(commit.substr(0, commit.find("\n\n")))) {
    if (!line.starts_with(' '))
      counts =
          !line.starts_with("tree ") && !line.starts_with("parent ") && !line.starts_with("gpgsig");
    if (counts) headers.append(line).append("\n");
  }
  return headers;
}

}  // namespace

FoundSecrets find_planned_secrets(Context& context) {
  FoundSecrets found;
  search_planned_files(context, found);
  search_planned_texts(context, found);
  return found;
}

FoundSecrets find_secrets_of(Context& context, const git::ObjectId& oid) {
  FoundSecrets found;
  const git::Commit commit = context.repository().commit(oid);
  found.secrets =
      checks::find_secrets_in_text(commit.message, "in the message of commit " + oid.abbreviated());
  if (const auto stored = git::StoredObjects(context.repository()).find(oid)) {
    append(found.secrets,
           checks::find_secrets_in_text(headers_of(stored->bytes),
                                        "in the header of commit " + oid.abbreviated()));
  }
  std::vector<git::ObjectId> other_trees;
  for (const TreeDiffEntry& change : changes_of(context.repository(), commit, other_trees)) {
    try {
      search_change(context, change, other_trees, SearchPlace(oid), found);
    } catch (const Error& error) {
      found.notes.push_back(not_searched(change.path.bytes(), error.message()));
    }
  }
  return found;
}

FoundSecrets find_committed_secrets(Context& context, const git::ObjectId& tip) {
  FoundSecrets found;
  std::vector<git::ObjectId> commits = leaving_commits(context, tip);
  if (commits.size() > kMostCommits) {
    found.notes.push_back(
        not_searched("", "the oldest of more than " + std::to_string(kMostCommits) + " commits"));
    commits.erase(commits.begin(), commits.end() - static_cast<std::ptrdiff_t>(kMostCommits));
  }
  for (const git::ObjectId& oid : commits) {
    try {
      FoundSecrets more = find_secrets_of(context, oid);
      append(found.secrets, std::move(more.secrets));
      append(found.notes, std::move(more.notes));
    } catch (const Error& error) {
      found.notes.push_back(
          not_searched("", "commit " + oid.abbreviated() + ": " + error.message()));
    }
  }
  append(found.secrets, find_followed_tag_secrets(context, tip));
  return found;
}

std::optional<Finding> older_commits(const Context& context) {
  constexpr std::size_t kMostCounted = 1000;
  constexpr std::size_t kMostNamed = 3;
  const std::optional<git::ObjectId> base = base_of(context);
  const std::string remote = remotes_of(context).front();
  if (!base || !context.options.push || context.branch.empty() ||
      !git::find_remote(context.repository(), remote))
    return std::nullopt;
  const std::vector<git::ObjectId> older = context.repository().commits_without(
      git::known_on_remote(context.repository(), remote), *base, kMostCounted + 1);
  if (older.empty()) return std::nullopt;
  std::string names;
  for (std::size_t i = 0; i < std::min(older.size(), kMostNamed); ++i)
    names += (i > 0 ? ", " : "") + older[i].abbreviated();
  if (older.size() > kMostNamed) names += ", …";
  const std::string count = older.size() > kMostCounted
                                ? "more than " + plural(kMostCounted, "older commit")
                                : plural(older.size(), "older commit");
  return Finding{.source = "secret-search",
                 .severity = session::Severity::Low,
                 .title = count + (older.size() == 1 ? " leaves" : " leave") +
                          " with the push, not searched for secrets: " + names};
}

}  // namespace gs::close
