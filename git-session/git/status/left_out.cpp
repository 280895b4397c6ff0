#include "git/status/left_out.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/status/directory_listing.h"
#include "git/status/ignore_rules.h"
#include "git/status/worktree_walk.h"

namespace gs::git {
namespace {

bool is_absent(int error_number) {
  return error_number == ENOENT || error_number == ENOTDIR || error_number == ELOOP;
}

// The directory above a path, with a trailing "/"; "" at the top.
std::string_view directory_of(std::string_view path) {
  return path.substr(0, path.rfind('/') + 1);
}

// Every directory of the work tree that is part of this repository.
class Walk {
 public:
  explicit Walk(const Repository& repository)
      : repository_(repository),
        top_(::open(repository.work_tree().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    std::vector<std::string> directories{""};
    while (top_.valid() && !directories.empty()) {
      const std::string directory = std::move(directories.back());
      directories.pop_back();
      read(directory, directories);
    }
  }

  std::vector<LeftOut> found;               // as if nothing were tracked or ignored
  std::set<std::string, std::less<>> dark;  // directories ("a/b/") whose files may not be seen

 private:
  void read(const std::string& directory, std::vector<std::string>& more) {
    DirectoryListing listing;
    if (!listing.read(top_.get(), directory.empty() ? "." : directory)) {
      if (is_absent(errno)) return;
      const int error_number = errno;
      dark.insert(directory);
      found.push_back({RepoPath(directory.substr(0, directory.size() - 1)),
                       LeftOut::Kind::Unreadable, false, unreadable_reason(error_number)});
      return;
    }
    if (listing.has_git() && is_nested(directory)) return;
    struct stat status {};
    // Names can be listed without permission to stat them.
    if (::fstatat(listing.fd(), ".", &status, 0) != 0) dark.insert(directory);
    for (const DirectoryListing::Name& name : listing.names()) {
      std::string path = directory + std::string(name.text);
      if (name.is_directory()) {
        more.push_back(std::move(path));
      } else if (!name.storable) {
        if (auto special = untracked_special(repository_, RepoPath(std::move(path)))) {
          found.push_back(*std::move(special));
        }
      }
    }
  }

  [[nodiscard]] bool is_nested(const std::string& directory) const {
    if (directory.empty()) return false;
    try {
      return nested_repository(join_path(repository_.work_tree(), directory)) == Nested::Repository;
    } catch (const Error&) {
      return true;
    }
  }

  const Repository& repository_;
  UniqueFd top_;
};

// A line of the index: "H 100644 ID STAGE<TAB>PATH".
struct Tracked {
  std::set<std::string, std::less<>> files;
  std::vector<std::string> expected;  // those that git expects in the work tree
  std::set<std::string, std::less<>> submodules;
};

Tracked list_tracked(const Repository& repository) {
  constexpr std::string_view kSubmodule = "160000";
  constexpr std::size_t kModeStart = 2;
  Tracked tracked;
  const std::string listing = repository.git().output({"ls-files", "-v", "--stage", "-z"});
  for (const std::string_view record : split(listing, '\0')) {
    const std::size_t tab = record.find('\t');
    if (tab == std::string_view::npos) continue;
    std::string path(record.substr(tab + 1));
    if (record.substr(kModeStart).starts_with(kSubmodule)) tracked.submodules.insert(path);
    // Lower case: assumed unchanged; S: not checked out.
    if (record[0] == 'H' || record[0] == 'M') tracked.expected.push_back(path);
    tracked.files.insert(std::move(path));
  }
  return tracked;
}

bool is_below(std::string_view path, const std::set<std::string, std::less<>>& directories) {
  for (std::string_view above = directory_of(path); !above.empty();
       above = directory_of(above.substr(0, above.size() - 1))) {
    if (directories.contains(above)) return true;
  }
  return false;
}

bool is_in_submodule(std::string_view path, const Tracked& tracked) {
  for (std::string_view above = directory_of(path); !above.empty();
       above = directory_of(above.substr(0, above.size() - 1))) {
    if (tracked.submodules.contains(above.substr(0, above.size() - 1))) return true;
  }
  return false;
}

void remove_ignored(const Repository& repository, std::vector<LeftOut>& left_out) {
  if (left_out.empty()) return;
  std::vector<Undecided> candidates;
  for (const LeftOut& each : left_out)
    candidates.push_back({each.path.bytes(), {}, 0, 0, false, false});
  const auto ignored = ignored_by_rules(repository, candidates);
  if (!ignored) return;  // better one warning too many
  std::erase_if(left_out,
                [&](const LeftOut& each) { return ignored->contains(each.path.bytes()); });
}

std::string names_of(const std::vector<const LeftOut*>& left_out) {
  constexpr std::size_t kMost = 3;
  std::string names;
  for (std::size_t i = 0; i < std::min(kMost, left_out.size()); ++i) {
    const bool is_last = i + 1 == left_out.size();
    names += i == 0 ? "'" : is_last ? " and '" : ", '";
    names += left_out[i]->path.quoted() + "'";
  }
  if (left_out.size() > kMost) names += " and " + std::to_string(left_out.size() - kMost) + " more";
  return names;
}

}  // namespace

std::optional<std::string> special_file(const struct stat& status) {
  if (S_ISFIFO(status.st_mode)) return "a FIFO";
  if (S_ISSOCK(status.st_mode)) return "a socket";
  if (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode) || S_ISLNK(status.st_mode)) {
    return std::nullopt;
  }
  return "a device";
}

std::string unreadable_reason(int error_number) {
  return std::string("unreadable: ") + std::strerror(error_number);
}

std::optional<LeftOut> untracked_special(const Repository& repository, const RepoPath& path) {
  struct stat status {};
  if (::lstat(repository.absolute(path).c_str(), &status) != 0) {
    if (is_absent(errno)) return std::nullopt;
    return LeftOut{path, LeftOut::Kind::Unreadable, false, unreadable_reason(errno)};
  }
  const auto special = special_file(status);
  if (!special) return std::nullopt;
  return LeftOut{path, LeftOut::Kind::Special, false, "is " + *special};
}

std::optional<LeftOut> tracked_left_out(const Repository& repository, const RepoPath& path) {
  struct stat status {};
  if (::lstat(repository.absolute(path).c_str(), &status) == 0) {
    const auto special = special_file(status);
    if (!special) return std::nullopt;
    return LeftOut{path, LeftOut::Kind::Special, true, "replaced by " + *special};
  }
  if (!is_absent(errno)) {
    return LeftOut{path, LeftOut::Kind::Unreadable, true, unreadable_reason(errno)};
  }
  if (errno != ENOTDIR) return std::nullopt;
  for (RepoPath above(std::string(path.parent())); !above.empty();
       above = RepoPath(std::string(above.parent()))) {
    if (::lstat(repository.absolute(above).c_str(), &status) != 0) continue;
    const auto special = special_file(status);
    if (!special) return std::nullopt;
    return LeftOut{path, LeftOut::Kind::Special, true,
                   "its directory '" + above.quoted() + "' replaced by " + *special};
  }
  return std::nullopt;
}

std::vector<LeftOut> find_left_out(const Repository& repository) {
  Walk walk(repository);
  if (walk.found.empty() && walk.dark.empty()) return {};
  const Tracked tracked = list_tracked(repository);
  std::vector<LeftOut> all;
  for (const std::string& path : tracked.expected) {
    if (!is_below(path, walk.dark)) continue;
    auto left_out = tracked_left_out(repository, RepoPath(path));
    if (left_out && left_out->kind == LeftOut::Kind::Unreadable)
      all.push_back(*std::move(left_out));
  }
  std::vector<LeftOut> untracked;
  for (LeftOut& found : walk.found) {
    const std::string& path = found.path.bytes();
    if (is_in_submodule(path, tracked)) continue;
    if (tracked.submodules.contains(path)) {
      found.tracked = true;
      all.push_back(std::move(found));
    } else if (!tracked.files.contains(path)) {
      untracked.push_back(std::move(found));
    }
  }
  remove_ignored(repository, untracked);
  all.insert(all.end(), std::make_move_iterator(untracked.begin()),
             std::make_move_iterator(untracked.end()));
  return all;
}

void sort_left_out(std::vector<LeftOut>& left_out) {
  std::sort(left_out.begin(), left_out.end(), [](const LeftOut& a, const LeftOut& b) {
    return a.path != b.path ? a.path < b.path : a.tracked && !b.tracked;
  });
  const auto same_path = [](const LeftOut& a, const LeftOut& b) { return a.path == b.path; };
  left_out.erase(std::unique(left_out.begin(), left_out.end(), same_path), left_out.end());
}

std::vector<std::string> describe(const std::vector<LeftOut>& left_out) {
  std::vector<std::pair<std::string, std::vector<const LeftOut*>>> by_reason;
  for (const LeftOut& each : left_out) {
    const auto known = std::find_if(by_reason.begin(), by_reason.end(),
                                    [&](const auto& one) { return one.first == each.reason; });
    if (known != by_reason.end()) {
      known->second.push_back(&each);
    } else {
      by_reason.push_back({each.reason, {&each}});
    }
  }
  std::vector<std::string> lines;
  for (const auto& [reason, paths] : by_reason) {
    lines.push_back(names_of(paths) + (paths.size() == 1 ? " is" : " are") +
                    " left out: " + reason);
  }
  return lines;
}

}  // namespace gs::git
