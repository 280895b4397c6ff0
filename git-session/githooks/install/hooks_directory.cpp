#include "githooks/install/hooks_directory.h"

#include <filesystem>

#include "base/file/file.h"
#include "base/names.h"

namespace gs::githooks {
namespace {

constexpr auto kDirectoryKindNames =
    std::to_array<Name<DirectoryKind>>({{DirectoryKind::Private, "private"},
                                        {DirectoryKind::Project, "project"},
                                        {DirectoryKind::Shared, "shared"},
                                        {DirectoryKind::Off, "off"}});
static_assert(is_complete(kDirectoryKindNames));

// Without links, even if its last parts do not exist.
std::string canonical(const std::string& path) {
  std::error_code failure;
  const std::filesystem::path found = std::filesystem::weakly_canonical(path, failure);
  return failure ? path : found.string();
}

bool is_below(const std::string& path, const std::string& directory) {
  return path == directory || path.starts_with(join_path(directory, ""));
}

// Nothing in it is tracked, and new files in it are ignored.
bool is_ignored(const git::Repository& repository, const std::string& directory) {
  ProcessOptions literally;
  literally.environment["GIT_LITERAL_PATHSPECS"] = "1";
  const git::GitCommand& git = repository.git();
  if (!git.output({"ls-files", "-z", "--", directory}, literally).empty()) return false;
  const ProcessResult result =
      git.run({"check-ignore", "-q", "--", join_path(directory, "post-commit")});
  constexpr int kInSubmodule = 128;
  return !result.ended_with(kInSubmodule) && git::require_answer("check-ignore", result);
}

DirectoryKind kind_of(const git::Repository& repository, const std::string& path) {
  std::error_code failure;
  const auto status = std::filesystem::status(path, failure);
  if (std::filesystem::exists(status) && !std::filesystem::is_directory(status)) {
    return DirectoryKind::Off;
  }
  const std::string real = canonical(path);
  if (is_below(real, canonical(repository.common_dir())) ||
      is_below(real, canonical(repository.git_dir()))) {
    return DirectoryKind::Private;
  }
  if (!is_below(real, canonical(repository.work_tree()))) return DirectoryKind::Shared;
  return is_ignored(repository, real) ? DirectoryKind::Private : DirectoryKind::Project;
}

}  // namespace

std::string_view kind_name(DirectoryKind kind) {
  return name_of(kDirectoryKindNames, kind);
}

HooksDirectory find_hooks_directory(const git::Repository& repository,
                                    const std::vector<git::ConfigValue>& config) {
  HooksDirectory directory;
  std::string path = repository.git().output({"rev-parse", "--git-path", "hooks"});
  if (path.ends_with('\n')) path.pop_back();
  // Hooks run at the top of the work tree, so a relative path starts there.
  directory.path = path_from(repository.work_tree(), path);
  directory.kind = kind_of(repository, directory.path);
  for (const git::ConfigValue& value : config) {
    if (value.key != "core.hookspath") continue;
    directory.setting = value.value;
    directory.origin = value.origin;
  }
  return directory;
}

}  // namespace gs::githooks
