#include "snapshot/restore/obstacles.h"

#include <algorithm>

#include "base/error.h"

namespace gs::snapshot {
namespace {

// Absent also of what lies behind a link.
std::optional<FileInfo> info_at(const TreeFiles& files, const RepoPath& path) {
  try {
    return files.info(path);
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool is_repository(const TreeFiles& files, const RepoPath& directory) {
  const std::vector<std::string> names = files.list(directory);
  return std::binary_search(names.begin(), names.end(), ".git");
}

}  // namespace

bool ObstacleFinder::is_removed(const RepoPath& path) const {
  const auto step = steps_.find(path);
  return step != steps_.end() && !step->second.after.present();
}

std::optional<RepoPath> ObstacleFinder::first_that_stays(const RepoPath& directory) const {
  for (const std::string& name : files_.list(directory)) {
    RepoPath path(directory.bytes() + "/" + name);
    if (name == ".git") return path;
    const auto info = files_.info(path);
    if (!info) continue;
    if (info->type == FileType::Directory) {
      if (auto stays = first_that_stays(path)) return stays;
    } else if (!is_removed(path)) {
      return path;
    }
  }
  return std::nullopt;
}

std::optional<Obstacle> ObstacleFinder::find_above(const RepoPath& path) {
  const std::string& bytes = path.bytes();
  for (std::size_t slash = bytes.find('/'); slash != std::string::npos;
       slash = bytes.find('/', slash + 1)) {
    RepoPath above(bytes.substr(0, slash));
    if (plain_.contains(above)) continue;
    const auto step = steps_.find(above);
    if (!is_removed(path) && step != steps_.end() && step->second.after.present())
      return Obstacle{"the snapshot has a file at '" + above.quoted() + "', too"};
    const auto info = files_.info(above);
    if (!info || is_removed(above)) return std::nullopt;
    if (info->type != FileType::Directory) {
      std::string why = "'" + above.quoted() + "' is in the way";
      return Obstacle{std::move(why), std::move(above)};
    }
    if (is_repository(files_, above))
      return Obstacle{"'" + above.quoted() + "' is a repository of its own"};
    plain_.insert(std::move(above));
  }
  return std::nullopt;
}

std::optional<Obstacle> ObstacleFinder::find(const RepoPath& path) {
  if (auto obstacle = find_above(path)) return obstacle;
  const auto info = info_at(files_, path);
  if (info && info->type == FileType::Other)
    return Obstacle{"something other than a file is there"};
  if (!info || info->type != FileType::Directory) return std::nullopt;
  const auto stays = first_that_stays(path);
  if (!stays) return std::nullopt;
  return Obstacle{"a directory is there, with " + stays->quoted()};
}

}  // namespace gs::snapshot
