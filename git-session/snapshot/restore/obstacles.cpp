#include "snapshot/restore/obstacles.h"

#include "base/error.h"

namespace gs::snapshot {
namespace {

using Steps = std::map<RepoPath, FileStep>;

bool is_removed(const Steps& steps, const RepoPath& path) {
  const auto step = steps.find(path);
  return step != steps.end() && !step->second.after.present();
}

// Absent also of what lies behind a link.
std::optional<FileInfo> look_at(const TreeFiles& files, const RepoPath& path) {
  try {
    return files.info(path);
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::optional<RepoPath> first_that_stays(const TreeFiles& files, const Steps& steps,
                                         const RepoPath& directory) {
  for (const std::string& name : files.list(directory)) {
    RepoPath path(directory.bytes() + "/" + name);
    const auto info = files.info(path);
    if (!info) continue;
    if (info->type == FileType::Directory) {
      if (auto stays = first_that_stays(files, steps, path)) return stays;
    } else if (!is_removed(steps, path)) {
      return path;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Obstacle> find_obstacle(const TreeFiles& files, const Steps& steps,
                                      const RepoPath& path) {
  const std::string& bytes = path.bytes();
  for (std::size_t slash = bytes.find('/'); slash != std::string::npos;
       slash = bytes.find('/', slash + 1)) {
    RepoPath above(bytes.substr(0, slash));
    const auto info = files.info(above);
    if (!info) break;
    if (info->type == FileType::Directory) continue;
    if (is_removed(steps, above)) break;
    std::string why = "'" + above.quoted() + "' is in its way";
    return Obstacle{std::move(why), std::move(above)};
  }
  const auto info = look_at(files, path);
  if (info && info->type == FileType::Other) return Obstacle{"something that is no file is there"};
  if (!info || info->type != FileType::Directory) return std::nullopt;
  const auto stays = first_that_stays(files, steps, path);
  if (!stays) return std::nullopt;
  return Obstacle{"a directory is there, with " + stays->quoted()};
}

}  // namespace gs::snapshot
