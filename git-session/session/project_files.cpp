#include "session/project_files.h"

#include <algorithm>

#include "base/error.h"
#include "base/file/file.h"

namespace gs::session {

namespace {

constexpr int kDepth = 4;

bool is_skipped(std::string_view name) {
  return name.starts_with('.') || name == "node_modules" || name == "vendor" || name == "target" ||
         name == "build" || name == "dist" || name == "venv";
}

}  // namespace

bool ProjectFiles::has(std::string_view name) const {
  return file_info(join_path(work_tree_, name)).has_value();
}

std::string ProjectFiles::first_of(const std::vector<std::string>& names) const {
  const auto found = std::find_if(names.begin(), names.end(),
                                  [this](const std::string& name) { return has(name); });
  return found == names.end() ? std::string() : *found;
}

std::string ProjectFiles::text(std::string_view name) const {
  try {
    return read_file_if_exists(join_path(work_tree_, name)).value_or("");
  } catch (const Error&) {
    return "";  // unreadable: no evidence
  }
}

bool ProjectFiles::contains(std::string_view name, std::string_view part) const {
  return text(name).find(part) != std::string::npos;
}

std::string ProjectFiles::with_ending(std::string_view ending) const {
  for (const std::string& name : list_directory(work_tree_)) {
    if (name.size() > ending.size() && name.ends_with(ending)) return name;
  }
  return "";
}

bool ProjectFiles::any_below(const std::function<bool(std::string_view)>& matches) const {
  return any_in(work_tree_, kDepth, matches);
}

bool ProjectFiles::any_in(const std::string& directory, int depth,
                          const std::function<bool(std::string_view)>& matches) const {
  std::vector<std::string> directories;
  std::vector<std::string> names;
  try {
    names = list_directory(directory);
  } catch (const Error&) {
    return false;
  }
  for (const std::string& name : names) {
    std::string path = join_path(directory, name);
    const auto info = file_info(path);
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
