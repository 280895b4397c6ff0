#include "session/home.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/error.h"
#include "base/file/file.h"
#include "base/file/tree_files.h"
#include "git/repository.h"
#include "session/state_directory.h"

namespace gs::session {

namespace {

constexpr const char* kTrackedRecords = ".orchestrator/metrics";
constexpr const char* kTrackedIssues = ".orchestrator/issues";

std::string own_directory(const std::string& common_dir, std::string_view name) {
  return join_path(join_path(common_dir, "git-session"), name);
}

}  // namespace

FilePlace Home::records() const {
  if (tracked_) return RepoPath(kTrackedRecords);
  return FilePlace::outside(own_directory(common_dir_, "records"));
}

FilePlace Home::issues() const {
  if (tracked_) return RepoPath(kTrackedIssues);
  return FilePlace::outside(own_directory(common_dir_, "issues"));
}

FilePlace Home::waiting_records() const {
  return FilePlace::outside(own_directory(common_dir_, "waiting-records.jsonl"));
}

bool is_tracked_by_default(const std::string& work_tree, const config::SessionConfig& config) {
  if (const auto records = config.text("records")) return *records == "tracked";
  const TreeFiles files(work_tree);
  const auto is_there = [&files](const std::string& file) {
    try {
      return files.info(RepoPath(file)).has_value();
    } catch (const Error&) {
      return true;  // behind a link: refused by name where it is used
    }
  };
  const std::vector<std::string>& names = state_directory_names();
  return is_there(kBootstrapLock) || is_there(kTrackedRecords) || is_there(kTrackedIssues) ||
         std::any_of(names.begin(), names.end(), [&](const std::string& name) {
           return is_there(name + "/STATE.md") || is_there(name + "/wave-scope.json");
         });
}

std::string private_sessions(const std::string& common_dir) {
  return own_directory(common_dir, "sessions");
}

std::string private_closed_sessions(const std::string& common_dir) {
  return own_directory(common_dir, "closed");
}

FilePlace private_session(const std::string& common_dir, const std::string& session) {
  return FilePlace::outside(join_path(private_sessions(common_dir), file_name_of(session)));
}

std::string worktree_name(const std::string& git_dir) {
  if (!file_info(join_path(git_dir, "commondir"))) return ".";
  return git_dir.substr(git_dir.rfind('/') + 1);
}

void put_away(const std::string& common_dir, const std::string& session) {
  const std::string from = private_session(common_dir, session).bytes();
  if (!file_info(from)) return;
  const std::string directory = private_closed_sessions(common_dir);
  make_directories(directory);
  move_path(from, join_path(directory, file_name_of(session)));
}

void take_out_again(const std::string& common_dir, const std::string& session) {
  const std::string from = join_path(private_closed_sessions(common_dir), file_name_of(session));
  const std::string to = private_session(common_dir, session).bytes();
  if (!file_info(from) || file_info(to)) return;
  make_directories(private_sessions(common_dir));
  move_path(from, to);
}

std::string file_name_of(std::string_view session) {
  std::string name;
  for (const char c : session) {
    const auto byte = static_cast<unsigned char>(c);
    // A leading dot would hide the file, or be the name of a directory above.
    if (is_plain(c) && (c != '.' || !name.empty())) {
      name += c;
    } else {
      name += {'%', hex_digit(byte >> 4U), hex_digit(byte)};
    }
  }
  constexpr std::size_t kLongest = 200;  // below every file system's limit, including suffixes
  if (name.size() <= kLongest) return name;
  // "%-" is in no short id's name, so that none can be made to equal this one.
  return name.substr(0, kLongest - 50) + "%-" + git::Repository::hash_blob(session).hex();
}

}  // namespace gs::session
