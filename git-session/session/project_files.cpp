#include "session/project_files.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace gs::session {

namespace {

constexpr int kDepth = 4;

bool is_skipped(std::string_view name) {
  return name.starts_with('.') || name == "node_modules" || name == "vendor" || name == "target" ||
         name == "build" || name == "dist" || name == "venv";
}

std::optional<FileInfo> info_if_readable(const TreeFiles& files, const RepoPath& path) {
  try {
    return files.info(path);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

bool ProjectFiles::has(std::string_view name) const {
  return info_if_readable(files_, RepoPath(std::string(name))).has_value();
}

std::string ProjectFiles::first_of(const std::vector<std::string>& names) const {
  const auto found = std::find_if(names.begin(), names.end(),
                                  [this](const std::string& name) { return has(name); });
  return found == names.end() ? std::string() : *found;
}

std::string ProjectFiles::text(std::string_view name) const {
  try {
    return files_.read_linked(RepoPath(std::string(name))).value_or("");
  } catch (const Error&) {
    return "";  // unreadable: no evidence
  }
}

bool ProjectFiles::contains(std::string_view name, std::string_view part) const {
  return text(name).find(part) != std::string::npos;
}

std::string ProjectFiles::with_ending(std::string_view ending) const {
  for (const std::string& name : files_.list(RepoPath())) {
    if (name.size() > ending.size() && name.ends_with(ending)) return name;
  }
  return "";
}

std::string ProjectFiles::with_line(const std::string& directory,
                                    const std::function<bool(std::string_view)>& matches,
                                    const std::vector<std::string_view>& starts) const {
  constexpr int kMostRead = 8;
  std::vector<std::string> names;
  try {
    names = files_.list(RepoPath(directory));
  } catch (const Error&) {
    return "";
  }
  std::sort(names.begin(), names.end());
  int read = 0;
  for (const std::string& name : names) {
    if (!matches(name)) continue;
    if (++read > kMostRead) break;
    const std::string path = directory.empty() ? name : directory + "/" + name;
    const std::string content = text(path);
    for (const std::string_view line : split_lines(content)) {
      if (std::any_of(starts.begin(), starts.end(),
                      [&](std::string_view start) { return line.starts_with(start); }))
        return path;
    }
  }
  return "";
}

bool ProjectFiles::any_below(const std::function<bool(std::string_view)>& matches) const {
  return any_in(RepoPath(), kDepth, matches);
}

bool ProjectFiles::any_in(const RepoPath& directory, int depth,
                          const std::function<bool(std::string_view)>& matches) const {
  std::vector<RepoPath> directories;
  std::vector<std::string> names;
  try {
    names = files_.list(directory);
  } catch (const Error&) {
    return false;
  }
  for (const std::string& name : names) {
    RepoPath path = directory.empty() ? RepoPath(name) : RepoPath(directory.bytes() + "/" + name);
    const auto info = info_if_readable(files_, path);
    if (!info) continue;
    if (info->type == FileType::Directory) {
      if (!is_skipped(name)) directories.push_back(std::move(path));
    } else if (matches(name)) {
      return true;
    }
  }
  return depth > 1 && std::any_of(directories.begin(), directories.end(), [&](const auto& path) {
           return any_in(path, depth - 1, matches);
         });
}

}  // namespace gs::session
