#include "git/libgit2.h"

#include <git2/sys/repository.h>

#include <array>

#include "base/file/file.h"
#include "base/text.h"
#include "git/checkout.h"

namespace gs::git {
namespace {

constexpr const char* kOtherClone =
    "only SHA-1 object ids and refs as files are read; 'git clone --ref-format=files' makes a "
    "clone "
    "without reftables, and there is no workaround for SHA-256";
constexpr const char* kNoWorkTree = "this operation must be run in a work tree";

// Extensions that do not affect what is read or written here: objects are never deleted
// (preciousObjects), git fetches missing ones (partialClone) and reads the configuration
// (worktreeConfig), and libgit2 follows a worktree's own link (relativeWorktrees).
constexpr std::array<const char*, 5> kHarmlessExtensions{"noop", "worktreeconfig", "partialclone",
                                                         "relativeworktrees", "preciousobjects"};

std::string without_trailing_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

int open_handle(RepositoryHandle& handle, const std::string& directory) {
  unsigned flags = 0;
  std::string start = directory;
  if (const auto git_dir = environment_variable("GIT_DIR")) {
    start = path_from(directory, *git_dir);
    flags = GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT;
  }
  const auto across = environment_variable("GIT_DISCOVERY_ACROSS_FILESYSTEM");
  if (across && parse_bool(*across).value_or(false)) flags |= GIT_REPOSITORY_OPEN_CROSS_FS;
  const auto ceilings = environment_variable("GIT_CEILING_DIRECTORIES");
  return fill(handle, [&](git_repository** out) {
    return git_repository_open_ext(out, start.c_str(), flags,
                                   ceilings ? ceilings->c_str() : nullptr);
  });
}

// The extensions of this repository that are unknown to us: "extensions.refstorage=reftable".
std::string unknown_extensions(const GitCommand& git) {
  std::string names;
  for (const ConfigValue& value : read_config(git, "extensions.")) {
    const std::string_view name = std::string_view(value.key).substr(value.key.find('.') + 1);
    bool harmless = name == "objectformat" && value.value == "sha1";
    harmless = harmless || (name == "refstorage" && value.value == "files");
    for (const std::string_view known : kHarmlessExtensions) harmless = harmless || name == known;
    if (harmless) continue;
    if (!names.empty()) names += ", ";
    names += name == "objectformat" ? "extensions.objectFormat"
             : name == "refstorage" ? "extensions.refStorage"
                                    : value.key;
    names += '=' + value.value;
  }
  return names;
}

// "fatal: detected dubious ownership in repository at '…'", then the command that fixes it.
Error untrusted(std::string_view words) {
  std::string_view message;
  std::string_view command;
  for (const std::string_view line : split_lines(words)) {
    if (line.find("dubious ownership") != std::string_view::npos) message = line;
    if (!trim(line).empty()) command = trim(line);
  }
  if (message.starts_with("fatal: ")) message.remove_prefix(message.find(' ') + 1);
  return fatal(std::string(message)).with_hint("if you trust its owner: " + std::string(command));
}

// libgit2 refused. Git is asked why: it may agree (not a repository, or not a safe one; then its
// message is used), or it can read what libgit2 cannot.
[[noreturn]] void refuse(const std::string& directory, const std::string& libgit2_message) {
  const GitCommand git(directory);
  const ProcessResult result = git.run({"rev-parse", "--absolute-git-dir"});
  if (!result.ok()) {
    if (result.err.find("dubious ownership") != std::string::npos) throw untrusted(result.err);
    const Error error = fatal(git_words(result));
    const bool unknown = result.err.find("unknown repository extension") != std::string::npos;
    throw unknown ? error.with_hint(kOtherClone) : error;
  }
  const std::string extensions = unknown_extensions(git);
  if (extensions.empty()) throw fatal("cannot open the repository: " + libgit2_message);
  throw fatal("this repository uses " + extensions + ", which git session cannot read")
      .with_hint(kOtherClone);
}

// Git's rules for safe.directory are finer than libgit2's: if git trusts it, so do we.
void trust_as_git_does(const std::string& directory, const std::string& libgit2_message) {
  if (!GitCommand(directory).run({"rev-parse", "--git-dir"}).ok()) {
    refuse(directory, libgit2_message);
  }
  require(git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0), "set up libgit2");
}

// This git directory, and no other.
RepositoryHandle open_exactly(const std::string& git_dir, unsigned flags) {
  RepositoryHandle handle;
  const auto open = [&] {
    return fill(handle, [&](git_repository** out) {
      return git_repository_open_ext(
          out, git_dir.c_str(),
          flags | GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT, nullptr);
    });
  };
  int code = open();
  if (code == GIT_EOWNER) {
    trust_as_git_does(".", libgit2_words());
    code = open();
  }
  if (code < 0) refuse(".", libgit2_words());
  return handle;
}

void refuse_foreign_common_dir() {
  if (!environment_variable("GIT_COMMON_DIR")) return;
  throw fatal("GIT_COMMON_DIR is set, which git session does not support").with_hint("unset it");
}

RepositoryHandle open_or_refuse(const std::string& directory) {
  RepositoryHandle handle;
  int code = open_handle(handle, directory);
  if (code == GIT_EOWNER) {
    trust_as_git_does(directory, libgit2_words());
    code = open_handle(handle, directory);
  }
  if (code < 0) refuse(directory, libgit2_words());
  return handle;
}

bool is_at_or_below(std::string_view path, std::string_view directory) {
  return path.starts_with(directory) &&
         (path.size() == directory.size() || directory == "/" || path[directory.size()] == '/');
}

std::string prefix_below(const std::string& here, const std::string& top) {
  if (here == top || !is_at_or_below(here, top)) return "";
  return here.substr(top == "/" ? 1 : top.size() + 1) + '/';
}

// As git decides: GIT_WORK_TREE, core.worktree (libgit2 knows), the current directory if only
// GIT_DIR is set, else where the repository was found.
std::string find_work_tree(git_repository* handle, const std::string& directory) {
  if (const auto named = environment_variable("GIT_WORK_TREE")) {
    return real_path(path_from(directory, *named));
  }
  if (git_repository_is_bare(handle) != 0) throw fatal(kNoWorkTree);
  Handle<git_config, git_config_free> config;
  Handle<git_config_entry, git_config_entry_free> entry;
  require(
      fill(config, [&](git_config** out) { return git_repository_config_snapshot(out, handle); }),
      "read the configuration");
  const int named = fill(entry, [&](git_config_entry** out) {
    return git_config_get_entry(out, config.get(), "core.worktree");
  });
  if (environment_variable("GIT_DIR") && named < 0) return real_path(directory);
  const char* work_tree = git_repository_workdir(handle);
  if (work_tree == nullptr) throw fatal(kNoWorkTree);
  return real_path(work_tree);
}

void use_object_directories_of_environment(git_repository* handle) {
  const auto main = environment_variable("GIT_OBJECT_DIRECTORY");
  const auto alternates = environment_variable("GIT_ALTERNATE_OBJECT_DIRECTORIES");
  if (!main && !alternates) return;
  OdbHandle odb;
  require(fill(odb,
               [&](git_odb** out) {
                 return main ? git_odb_open(out, main->c_str()) : git_repository_odb(out, handle);
               }),
          "open the object directory");
  if (alternates) {
    for (const std::string_view path : split(*alternates, ':')) {
      if (path.empty()) continue;
      require(git_odb_add_disk_alternate(odb.get(), std::string(path).c_str()),
              "open an alternate object directory");
    }
  }
  require(git_repository_set_odb(handle, odb.get()), "use the object directory");
}

}  // namespace

void initialise_libgit2() {
  // Initialised until the process ends: no other thread uses the library.
  static const bool once = [] {
    if (git_libgit2_init() < 0) throw libgit2_error("start libgit2");
    // A ref must not be empty after a power loss.
    require(git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1), "set up libgit2");
    std::array<const char*, 5> extensions = kHarmlessExtensions;
    require(git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions.data(), extensions.size()),
            "set up libgit2");
    // Trees are looked up for each path, so that large ones are kept, too.
    constexpr std::size_t kLargestTree = 4U << 20U;
    constexpr std::ptrdiff_t kMost = 64 << 20;
    require(git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE, kLargestTree),
            "set up libgit2");
    require(git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, kMost), "set up libgit2");
    return true;
  }();
  static_cast<void>(once);
}

RepositoryHandle open_as_bare(const std::string& common_dir) {
  initialise_libgit2();
  // This flag ignores core.bare and core.worktree.
  RepositoryHandle handle = open_exactly(common_dir, GIT_REPOSITORY_OPEN_BARE);
  use_object_directories_of_environment(handle.get());
  return handle;
}

Discovered discover(const Checkout& checkout) {
  initialise_libgit2();
  refuse_foreign_common_dir();
  Discovered found;
  found.handle = open_exactly(checkout.git_dir, 0);
  found.git_dir = real_path(git_repository_path(found.handle.get()));
  found.common_dir = real_path(git_repository_commondir(found.handle.get()));
  found.work_tree = real_path(checkout.work_tree);
  use_object_directories_of_environment(found.handle.get());
  found.environment["GIT_DIR"] = found.git_dir;
  found.environment["GIT_WORK_TREE"] = found.work_tree;
  return found;
}

Discovered discover(const std::string& directory) {
  initialise_libgit2();
  refuse_foreign_common_dir();
  Discovered found;
  found.handle = open_or_refuse(directory);
  git_repository* handle = found.handle.get();
  const std::string here = real_path(directory);
  found.git_dir = real_path(git_repository_path(handle));
  found.common_dir = real_path(git_repository_commondir(handle));
  found.work_tree = without_trailing_slash(find_work_tree(handle, directory));
  const bool in_git_dir =
      is_at_or_below(here, found.git_dir) && !is_at_or_below(found.work_tree, found.git_dir);
  if (in_git_dir && !environment_variable("GIT_WORK_TREE")) throw fatal(kNoWorkTree);
  found.prefix = prefix_below(here, found.work_tree);
  use_object_directories_of_environment(handle);
  if (environment_variable("GIT_DIR") || environment_variable("GIT_WORK_TREE")) {
    found.environment["GIT_DIR"] = found.git_dir;
    found.environment["GIT_WORK_TREE"] = found.work_tree;
  }
  return found;
}

}  // namespace gs::git
