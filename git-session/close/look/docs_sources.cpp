#include "close/look/docs_sources.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/file/file.h"
#include "base/file/modified.h"
#include "base/text.h"
#include "close/look/configured_check.h"
#include "git/objects/worktree_content.h"
#include "session/docs_tasks.h"

namespace gs::close {

namespace {

bool is_text(const git::TreeEntry& entry) {
  return entry.mode == git::FileMode::Regular || entry.mode == git::FileMode::Executable;
}

checks::DocsChange judge(const git::Repository& repository, const session::Change& change) {
  // Gone, a link, or what a filter stores as something else: a change all the same.
  constexpr checks::DocsChange kChanged{true, false};
  if (change.worktree.oid == change.base.oid) return {};
  if (!is_text(change.worktree)) return kChanged;
  const auto now = git::worktree_content(repository, change.path, change.worktree.oid);
  if (!now) return kChanged;
  const std::string before =
      is_text(change.base) ? repository.read_blob(change.base.oid) : std::string();
  return checks::judge_docs_change(change.path.bytes(), before, *now);
}

// The project's directory in a vault: the remote's name of it, else the work tree's.
std::string project_slug(const Context& context) {
  const std::string remote = context.workspace.config.text("remote").value_or("origin");
  std::string name =
      git::last_value(git::read_all_config(context.repository().git()), "remote." + remote + ".url")
          .value_or("");
  if (name.empty()) name = context.repository().work_tree();
  while (name.ends_with('/')) name.pop_back();
  name = name.substr(name.find_last_of("/:") + 1);  // npos + 1 is 0
  if (name.ends_with(".git")) name.resize(name.size() - 4);
  std::string slug;
  for (const char c : to_lower(name)) {
    const bool letter = is_lower(c) || is_digit(c);
    if (letter) {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

std::optional<checks::DocsChange> outside_change(const Context& context, const std::string& path) {
  const std::optional<Timestamp> modified = modified_at(path);
  const std::optional<Timestamp> started = context.session->state.started_at;
  if (!modified || !started || *modified < *started) return std::nullopt;
  // What it was before is not known: all of it counts as written.
  return checks::judge_docs_change(path, "", read_file_if_exists(path).value_or(""));
}

}  // namespace

session::DocsTaskList find_docs_tasks(const Context& context) {
  std::optional<session::NamedText> file;
  if (context.options.docs_tasks) {
    const std::string& name = *context.options.docs_tasks;
    try {
      file = session::NamedText{name, read_file(name)};
    } catch (const Error& error) {
      return {"'" + name + "'", {}, {error.message()}};
    }
  }
  return session::list_docs_tasks(context.session->state, context.session->plan, file);
}

std::vector<std::string> patterns_of(const session::DocsTaskList& list) {
  std::vector<std::string> patterns;
  for (const session::ListedDocsTask& task : list.tasks) {
    if (!task.target.empty()) {
      patterns.push_back(task.target);
      continue;
    }
    const auto& of_audience = session::audience_patterns(task.audience);
    patterns.insert(patterns.end(), of_audience.begin(), of_audience.end());
  }
  return patterns;
}

checks::DocsSources docs_sources(const Context& context) {
  checks::DocsSources sources;
  for (const session::Change& change : context.changes) sources.changed.push_back(change.path);
  sources.judge = [&context](const RepoPath& path) {
    for (const session::Change& change : context.changes) {
      if (change.path == path) return judge(context.repository(), change);
    }
    return checks::DocsChange{};
  };
  const std::optional<Place> vault = integration_vault(context);
  if (!vault) return sources;
  const std::string project = "01-projects/" + project_slug(context);
  for (const char* name : {"context.md", "decisions.md", "people.md"}) {
    const std::string path = project + "/" + name;
    if (!vault->shown_as.starts_with('/')) {
      sources.vault_patterns.push_back(vault->shown_as + path);
    } else {
      const std::string file = join_path(vault->directory, path);
      sources.vault_documents.push_back({file, outside_change(context, file)});
    }
  }
  return sources;
}

}  // namespace gs::close
