#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file/tree_files.h"
#include "session/stack/stack.h"

namespace gs::session {

// The files of a project, for stack detection. Never throws on unreadable files: detection uses
// what can be read.
class ProjectFiles {
 public:
  explicit ProjectFiles(const std::string& work_tree) : files_(work_tree) {}

  [[nodiscard]] bool has(std::string_view name) const;
  // The first of the names that exists; "" if none does.
  [[nodiscard]] std::string first_of(const std::vector<std::string>& names) const;
  [[nodiscard]] std::string text(std::string_view name) const;  // "" if it cannot be read
  [[nodiscard]] bool contains(std::string_view name, std::string_view part) const;
  // A name at the top with that ending; "" if there is none.
  [[nodiscard]] std::string with_ending(std::string_view ending) const;
  // The first of the directory's files whose name `matches` and that has a line that begins with
  // one of `starts`; "" if there is none. Looks into a few of them.
  [[nodiscard]] std::string with_line(const std::string& directory,
                                      const std::function<bool(std::string_view name)>& matches,
                                      const std::vector<std::string_view>& starts) const;
  // Whether `matches` accepts the name of any file, at most four directories deep, without hidden
  // directories, dependencies and build output.
  [[nodiscard]] bool any_below(const std::function<bool(std::string_view name)>& matches) const;

 private:
  [[nodiscard]] bool any_in(const RepoPath& directory, int depth,
                            const std::function<bool(std::string_view)>& matches) const;

  TreeFiles files_;
};

// Each returns its stack if the project uses it. A command is set only if the project has what it
// runs.
[[nodiscard]] std::optional<Stack> detect_node(const ProjectFiles& files);
[[nodiscard]] std::optional<Stack> detect_deno(const ProjectFiles& files);
[[nodiscard]] std::optional<Stack> detect_cargo(const ProjectFiles& files);
[[nodiscard]] std::optional<Stack> detect_go(const ProjectFiles& files);
[[nodiscard]] std::optional<Stack> detect_cmake(const ProjectFiles& files);
[[nodiscard]] std::optional<Stack> detect_meson(const ProjectFiles& files);
[[nodiscard]] std::optional<Stack> detect_make(const ProjectFiles& files);
[[nodiscard]] std::optional<Stack> detect_maven(const ProjectFiles& files);
[[nodiscard]] std::optional<Stack> detect_gradle(const ProjectFiles& files);
[[nodiscard]] std::optional<Stack> detect_dotnet(const ProjectFiles& files);
[[nodiscard]] std::optional<Stack> detect_mix(const ProjectFiles& files);
[[nodiscard]] std::optional<Stack> detect_composer(const ProjectFiles& files);
[[nodiscard]] std::optional<Stack> detect_tox(const ProjectFiles& files);
[[nodiscard]] std::optional<Stack> detect_pytest(const ProjectFiles& files);

}  // namespace gs::session
