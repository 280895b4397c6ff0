#include "checks/gates/ways_back.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/error.h"
#include "base/file/tree_files.h"
#include "base/text.h"
#include "formats/json.h"

namespace gs::checks {

namespace {

bool is_within(const std::string& path, const std::string& directory) {
  return path == directory || path.starts_with(directory == "/" ? directory : directory + '/');
}

// "file:///a%20b" → "/a b"; "" for any other URL.
std::string path_of_url(std::string_view url) {
  constexpr std::string_view kScheme = "file://";
  if (!url.starts_with(kScheme)) return "";
  url.remove_prefix(kScheme.size());
  std::string path;
  for (std::size_t i = 0; i < url.size(); ++i) {
    const bool escaped =
        url[i] == '%' && i + 2 < url.size() && is_hex_digit(url[i + 1]) && is_hex_digit(url[i + 2]);
    if (!escaped) {
      path += url[i];
      continue;
    }
    path += static_cast<char>(hex_value(url[i + 1]) * 16 + hex_value(url[i + 2]));
    i += 2;
  }
  return path;
}

class Search {
 public:
  Search(const std::string& work_tree, const std::vector<RepoPath>& shared, std::size_t most)
      : work_tree_(work_tree), shared_(shared), left_(most), most_(most) {}

  void search(const RepoPath& directory) {
    const std::string place = join_path(work_tree_, directory.bytes());
    if (returns(place)) ways_.places.push_back(directory.quoted());
    const auto real = resolve_symlinks(place);
    if (!real || returns(place)) return;
    const TreeFiles files(*real);
    if (!files.exists()) return;
    const Walk walk = files.walk(RepoPath(), [&](std::string_view name) {
      if (name == ".git") return false;
      return left_ > 0 && left_-- > 0;
    });
    for (const std::string& problem : walk.problems)
      ways_.problems.push_back(directory.quoted() + ": " + problem);
    for (const std::string& link : walk.links) {
      if (returns(join_path(*real, link))) add(directory, link);
    }
    for (const std::string& file : walk.files) {
      const std::string path = join_path(*real, file);
      if (is_reference(file) && refers_back(directory, files, file, parent_directory(path)))
        add(directory, file);
    }
  }

  WaysBack result() {
    if (left_ == 0) {
      ways_.problems.push_back("more than " + std::to_string(most_) +
                               " files: not all of them were searched");
    }
    const auto depth = [](const std::string& path) {
      return std::count(path.begin(), path.end(), '/');
    };
    std::sort(ways_.places.begin(), ways_.places.end(),
              [&](const std::string& a, const std::string& b) {
                return std::pair(depth(a), a) < std::pair(depth(b), b);
              });
    return std::move(ways_);
  }

 private:
  void add(const RepoPath& directory, const std::string& name) {
    ways_.places.push_back(RepoPath(join_path(directory.bytes(), name)).quoted());
  }

  [[nodiscard]] bool returns(const std::string& path) const {
    return leads_back(path, work_tree_, shared_);
  }

  static bool is_autoloader(std::string_view path) {
    return path.find("composer/autoload_") != std::string_view::npos && path.ends_with(".php");
  }

  static bool is_reference(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    return name.ends_with(".pth") || name.ends_with(".egg-link") || name == "direct_url.json" ||
           name.starts_with("__editable__") || is_autoloader(path);
  }

  bool refers_back(const RepoPath& directory, const TreeFiles& files, const std::string& file,
                   const std::string& from) {
    std::optional<std::string> text;
    try {
      text = files.read(RepoPath(file));
    } catch (const Error& error) {
      ways_.problems.push_back(directory.quoted() + ": " + error.message());
    }
    if (!text) return false;
    if (file.ends_with(".pth") || file.ends_with(".egg-link")) return lines_lead(*text, from);
    if (file.ends_with("direct_url.json")) return is_editable(*text, file);
    // The project's own classes, from the directory above the real place of vendor/.
    if (is_autoloader(file)) {
      return text->find("$baseDir . '/") != std::string::npos ||
             text->find("__DIR__ . '/../..' . '/") != std::string::npos;
    }
    return names_work_tree(*text);
  }

  // Lines of site.py: a path, or an import statement.
  [[nodiscard]] bool lines_lead(const std::string& text, const std::string& from) const {
    for (const std::string_view line : split_lines(text)) {
      const std::string_view path = trim(line);
      if (path.empty() || path.starts_with('#')) continue;
      const bool is_statement = path.starts_with("import ") || path.starts_with("import\t");
      if (is_statement ? names_work_tree(path) : returns(path_from(from, path))) return true;
    }
    return false;
  }

  // PEP 610.
  [[nodiscard]] bool is_editable(const std::string& text, const std::string& file) const {
    try {
      const Json value = formats::parse_json(text, file);
      const Json directory = value.value("dir_info", Json::object());
      if (!directory.is_object() || !directory.value("editable", false)) return false;
      const std::string path = path_of_url(value.value("url", ""));
      return !path.empty() && returns(path);
    } catch (const Error&) {
      return false;
    }
  }

  // Whether a path in the work tree, outside the shared directories, is written there.
  [[nodiscard]] bool names_work_tree(std::string_view text) const {
    constexpr std::string_view kEnds = "\"'\n\r,;";
    for (std::size_t at = text.find(work_tree_); at != std::string_view::npos;
         at = text.find(work_tree_, at + 1)) {
      const std::size_t end = std::min(text.find_first_of(kEnds, at), text.size());
      if (returns(normalize_path(text.substr(at, end - at)))) return true;
    }
    return false;
  }

  const std::string& work_tree_;
  const std::vector<RepoPath>& shared_;
  std::size_t left_;
  std::size_t most_;
  WaysBack ways_;
};

}  // namespace

bool leads_back(const std::string& path, const std::string& work_tree,
                const std::vector<RepoPath>& shared) {
  const auto real = resolve_symlinks(path);
  if (!real || !is_within(*real, work_tree)) return false;
  return std::none_of(shared.begin(), shared.end(), [&](const RepoPath& directory) {
    return is_within(*real, join_path(work_tree, directory.bytes()));
  });
}

WaysBack find_ways_back(const std::string& work_tree, const std::vector<RepoPath>& shared,
                        std::size_t most_entries) {
  Search search(work_tree, shared, most_entries);
  for (const RepoPath& directory : shared) search.search(directory);
  return search.result();
}

}  // namespace gs::checks
