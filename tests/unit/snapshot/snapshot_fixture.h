#pragma once

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/file/file.h"
#include "base/process/process.h"
#include "git/repository.h"
#include "snapshot/store.h"
#include "support/temp_repo.h"

namespace gs::test {

inline const Timestamp kSnapshotTime = *parse_iso8601("2026-03-02T08:00:00Z");

// Every file below a directory but ".git": mode and content by path.
inline void collect_files(const std::string& top, const std::string& below,
                          std::map<std::string, std::string>& files) {
  for (const std::string& name : list_directory(join_path(top, below))) {
    if (name == ".git") continue;
    const std::string path = below.empty() ? name : below + "/" + name;
    const std::string absolute = join_path(top, path);
    switch (file_info(absolute).value().type) {
      case FileType::Directory:
        collect_files(top, path, files);
        break;
      case FileType::Symlink:
        files[path] = "link " + read_symlink(absolute);
        break;
      case FileType::Executable:
        files[path] = "executable " + read_file(absolute);
        break;
      default:
        files[path] = "file " + read_file(absolute);
    }
  }
}

inline std::map<std::string, std::string> files_in(const std::string& top) {
  std::map<std::string, std::string> files;
  collect_files(top, "", files);
  return files;
}

inline ProcessResult run_git(const std::string& directory, std::vector<std::string> args) {
  args.insert(args.begin(), "git");
  ProcessOptions options;
  options.working_directory = directory;
  options.environment["GIT_OPTIONAL_LOCKS"] = "0";
  return run_process(args, options);
}

inline std::string git_output(const std::string& directory, std::vector<std::string> args) {
  const ProcessResult result = run_git(directory, std::move(args));
  INFO(result.err);
  REQUIRE(result.ok());
  return result.out;
}

// Modes, object ids and states of everything that is not clean.
inline std::string status_of(const std::string& directory) {
  return git_output(directory, {"status", "--porcelain=v2", "-z", "--untracked-files=all",
                                "--no-renames", "--ignore-submodules=none"});
}

// All that a snapshot must leave alone.
struct Surroundings {
  std::string index, stash, status, refs;
  std::map<std::string, std::string> files;

  explicit Surroundings(const TempRepo& repo)
      : index(read_file_if_exists(repo.path(".git/index")).value_or("")),
        stash(git_output(repo.path(), {"stash", "list"})),
        status(status_of(repo.path())),
        refs(git_output(repo.path(), {"for-each-ref", "refs/heads", "refs/tags", "refs/stash"})),
        files(files_in(repo.path())) {}
  bool operator==(const Surroundings&) const = default;
};

inline void put_link(const TempRepo& repo, std::string_view name, const char* target) {
  repo.remove(name);
  REQUIRE(symlink(target, repo.path(name).c_str()) == 0);
}

inline void set_mode(const TempRepo& repo, std::string_view name, mode_t mode) {
  REQUIRE(chmod(repo.path(name).c_str(), mode) == 0);
}

inline snapshot::SaveRequest request(std::string label = "before") {
  snapshot::SaveRequest request;
  request.session = "main-2026-03-02-0800";
  request.wave = 1;
  request.label = std::move(label);
  request.now = kSnapshotTime;
  return request;
}

inline snapshot::SaveResult save(const TempRepo& repo, const std::string& label = "before") {
  return snapshot::save(git::Repository::open(repo.path()), request(label));
}

// A linked worktree at the snapshot's base, where git itself puts the snapshot back.
class Elsewhere {
 public:
  Elsewhere(const TempRepo& repo, const std::string& base)
      : path_(join_path(directory_.path(), "elsewhere")) {
    git_output(repo.path(), {"worktree", "add", "-q", "--detach", path_, base});
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  TemporaryDirectory directory_;
  std::string path_;
};

// Saves, sees that nothing else moved, and lets `git stash apply --index` rebuild the same state.
inline void require_exact_round_trip(const TempRepo& repo) {
  const Surroundings before(repo);
  const snapshot::SaveResult saved = save(repo);
  REQUIRE(saved.ref == "refs/so-snapshots/main-2026-03-02-0800/wave-1-before");
  CHECK(Surroundings(repo) == before);

  const Elsewhere elsewhere(repo, saved.oid.hex() + "^1");
  const ProcessResult applied =
      run_git(elsewhere.path(), {"stash", "apply", "--index", "-q", saved.oid.hex()});
  INFO(applied.out << applied.err);
  CHECK(applied.ok());
  CHECK(status_of(elsewhere.path()) == before.status);
  CHECK(files_in(elsewhere.path()) == before.files);
}

}  // namespace gs::test
