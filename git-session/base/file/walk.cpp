#include "base/file/walk.h"

#include <dirent.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "base/file/file.h"
#include "base/text.h"

namespace gs {
namespace {

constexpr std::size_t kDeepest = 100;

// Not every file system reports d_type.
FileType type_of(const dirent& entry, DIR* directory) {
  switch (entry.d_type) {
    case DT_REG:
      return FileType::Regular;
    case DT_DIR:
      return FileType::Directory;
    case DT_LNK:
      return FileType::Symlink;
    case DT_UNKNOWN:
      break;
    default:
      return FileType::Other;
  }
  const auto info = file_info_at(dirfd(directory), entry.d_name);
  if (!info) return FileType::Other;
  return info->type == FileType::Executable ? FileType::Regular : info->type;
}

struct Level {
  std::string path;  // relative, "" for the top
  std::size_t depth;
};

}  // namespace

Walk walk_directory(const std::function<int(const std::string& directory)>& open,
                    const std::function<bool(std::string_view name)>& enters) {
  Walk walk;
  std::vector<Level> waiting = {{"", 0}};
  while (!waiting.empty()) {
    const Level level = std::move(waiting.back());
    waiting.pop_back();
    UniqueFd fd(open(level.path));
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(fd.valid() ? fdopendir(fd.get()) : nullptr,
                                                     &closedir);
    if (stream) (void)fd.release();
    if (!stream) {
      walk.problems.push_back("cannot list " + quote_path(level.path.empty() ? "." : level.path) +
                              ": " + std::strerror(errno));
      continue;
    }
    while (const dirent* entry = readdir(stream.get())) {
      const std::string_view name = entry->d_name;
      if (name == "." || name == ".." || !enters(name)) continue;
      std::string path = level.path.empty() ? std::string(name) : join_path(level.path, name);
      const FileType type = type_of(*entry, stream.get());
      if (type == FileType::Regular) {
        walk.files.push_back(std::move(path));
      } else if (type == FileType::Symlink) {
        walk.links.push_back(std::move(path));
      } else if (type == FileType::Directory && level.depth < kDeepest) {
        waiting.push_back({std::move(path), level.depth + 1});
      } else if (type == FileType::Directory) {
        walk.problems.push_back(quote_path(path) + " is more than 100 directories deep: not read");
      }
    }
  }
  return walk;
}

}  // namespace gs
