#include <algorithm>

#include "base/file/file.h"
#include "base/text.h"
#include "git/index/replace_file.h"
#include "git/ref_locks.h"
#include "git/refs.h"
#include "git/temporary_worktree.h"
#include "workflow/doctor/examine.h"

namespace gs::workflow {
namespace {

using session::Area;
using session::Diagnoses;
using session::Repair;

std::vector<std::string> left(const git::Repository& repository, Repair what) {
  switch (what) {
    case Repair::RefLocks:
      return git::stale_ref_locks(repository);
    case Repair::TempFiles:
      return temp_files(repository);
    case Repair::GateTrees:
      return git::stale_worktrees(repository);
    case Repair::HookScripts:
      break;
  }
  return {};
}

void remove(const git::Repository& repository, Repair what, const std::vector<std::string>& paths) {
  if (what == Repair::RefLocks) git::remove_stale_ref_locks(repository);
  if (what == Repair::GateTrees) git::remove_stale_worktrees(repository);
  if (what != Repair::TempFiles) return;
  for (const std::string& path : paths) remove_file(path);
}

}  // namespace

std::vector<std::string> temp_files(const git::Repository& repository) {
  std::vector<std::string> files;
  for (const git::Checkout& worktree : git::list_worktrees(repository)) {
    const auto more = git::stale_temp_files(worktree.git_dir);
    files.insert(files.end(), more.begin(), more.end());
  }
  return files;
}

std::vector<std::string> repair(const session::Workspace& workspace, Repair what, bool dry_run) {
  const git::Repository& repository = workspace.repository;
  const std::vector<std::string> paths = left(repository, what);
  if (!dry_run) remove(repository, what, paths);
  const std::vector<std::string> remaining = dry_run ? paths : left(repository, what);
  std::vector<std::string> done;
  for (const std::string& path : paths) {
    const bool stays =
        std::find(remaining.begin(), remaining.end(), path) != remaining.end() && !dry_run;
    if (!stays) done.push_back((dry_run ? "would remove '" : "removed '") + path + "'");
  }
  return done;
}

void examine(Area area, Diagnoses& found, const std::function<void()>& look) {
  try {
    look();
  } catch (const Error& error) {
    found.push_back(session::broken(area, error, "git session doctor -v shows what else is known"));
  } catch (const std::exception& error) {
    found.push_back(session::broken(area, error.what(), {"please report this, with --bundle"}));
  }
}

}  // namespace gs::workflow
