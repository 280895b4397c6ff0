#include "close/look/checkout.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/error.h"
#include "base/process/process.h"
#include "base/text.h"
#include "checks/gates/ways_back.h"
#include "git/config/values.h"

namespace gs::close {

namespace {

constexpr std::size_t kMostEntries = 1'000'000;  // searched for ways back
constexpr std::size_t kMostNamed = 3;

// "node_modules" is one in any directory, "third_party/lib" just that one.
bool is_called(const RepoPath& path, const std::string& name) {
  return name.find('/') == std::string::npos ? path.name() == name : path.bytes() == name;
}

std::vector<std::string> names_of_shared(const Context& context) {
  const config::SessionConfig& config = context.workspace.config;
  if (config.at("gate-share").value.is_null())
    return session::dependency_directories(context.repository().work_tree());
  std::vector<std::string> names = config.list("gate-share");
  for (std::string& name : names) {
    while (name.ends_with('/')) name.pop_back();
    while (name.starts_with("./")) name.erase(0, 2);
  }
  return names;
}

// What git ignores and the names mean.
std::vector<RepoPath> find_shared(const Context& context) {
  const std::vector<std::string> names = names_of_shared(context);
  std::vector<RepoPath> shared;
  if (names.empty()) return shared;
  const std::string listed = context.repository().git().output(
      {"ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"});
  for (std::string_view path : split(listed, '\0')) {
    while (path.ends_with('/')) path.remove_suffix(1);
    const RepoPath ignored{std::string(path)};
    if (!path.empty() && std::any_of(names.begin(), names.end(), [&](const std::string& name) {
          return is_called(ignored, name);
        }))
      shared.push_back(ignored);
  }
  return shared;
}

// A build directory works only where it was made.
bool is_build_directory(const std::string& directory) {
  const TreeFiles files(directory);
  return files.info(RepoPath("CMakeCache.txt")) || files.info(RepoPath("meson-info"));
}

void link_to(const std::string& target, const TreeFiles& there, const RepoPath& path) {
  const WritableFile link = there.entry(path);
  if (symlinkat(target.c_str(), link.directory(), link.name().c_str()) != 0 && errno != EEXIST)
    throw system_error("link", link.shown(), errno);
}

// A directory is shared by links to what is in it: a link in its own place would not be ignored by
// "node_modules/", and a command that empties it would empty the work tree's.
void share(const std::string& target, const TreeFiles& there, const RepoPath& path) {
  const auto real = resolve_symlinks(target);
  if (!real || !file_info(*real)) return;
  if (file_info(*real)->type != FileType::Directory) return link_to(target, there, path);
  for (const std::string& name : TreeFiles(*real).list(RepoPath())) {
    link_to(join_path(target, name), there, RepoPath(join_path(path.bytes(), name)));
  }
}

// Whether what is committed has the directory; where it has a link of that name, nothing is shared.
bool has_directory(const TreeFiles& there, const RepoPath& directory) {
  try {
    return directory.empty() || there.is_directory(directory);
  } catch (const Error&) {
    return false;
  }
}

void share_directories(const Context& context, Isolation& isolation) {
  const TreeFiles there(isolation.worktree->path());
  for (const RepoPath& path : find_shared(context)) {
    const std::string target = FilePlace(path).absolute(context.repository().work_tree());
    if (is_build_directory(target)) {
      isolation.notes.push_back(path.quoted() + " is a build directory: it is not shared");
      continue;
    }
    if (!has_directory(there, RepoPath(std::string(path.parent())))) continue;
    share(target, there, path);
    isolation.shared.push_back(path);
  }
}

void note_ways_back(const Context& context, Isolation& isolation) {
  const std::string& top = context.repository().work_tree();
  const std::string work_tree = resolve_symlinks(top).value_or(top);
  const checks::WaysBack ways = checks::find_ways_back(work_tree, isolation.shared, kMostEntries);
  std::vector<std::string> places = ways.places;
  std::vector<std::string> submodules;
  for (const git::NamedTreeEntry& entry : context.repository().list_tree(isolation.tree)) {
    if (entry.entry.mode == git::FileMode::Gitlink) submodules.push_back(entry.path.quoted());
    if (entry.entry.mode != git::FileMode::Symlink) continue;
    const std::string link = join_path(isolation.worktree->path(), entry.path.bytes());
    if (checks::leads_back(link, work_tree, isolation.shared))
      places.push_back(entry.path.quoted());
  }
  if (!places.empty()) {
    isolation.not_isolated.push_back(join_some(places, kMostNamed) +
                                     (places.size() == 1 ? " leads" : " lead") +
                                     " back into the work tree");
  }
  const auto home = environment_variable("HOME");
  if (home && checks::leads_back(*home, work_tree, {}))
    isolation.not_isolated.emplace_back("the home directory is in the work tree");
  for (const std::string& problem : ways.problems)
    isolation.not_isolated.push_back("not searched for ways back: " + problem);
  if (!submodules.empty())
    isolation.notes.push_back("submodules are empty there: " + join_some(submodules, kMostNamed));
}

}  // namespace

void check_out(const Context& context, Isolation& isolation) {
  isolation.worktree =
      std::make_unique<git::TemporaryWorktree>(context.repository(), isolation.tree);
  isolation.not_isolated.clear();
  isolation.notes.clear();
  share_directories(context, isolation);
  note_ways_back(context, isolation);
  const auto sparse = git::last_value(context.workspace.git_config, "core.sparsecheckout");
  if (sparse && git::parse_bool(*sparse).value_or(false))
    isolation.notes.push_back("sparse checkout: the paths that it leaves out are not there");
}

}  // namespace gs::close
