#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/stack/stack.h"

namespace gs::session {

// The files of a project, for the detectors of stacks. Nothing here throws on a file that cannot be
// read: a project is detected from what can.
class ProjectFiles {
 public:
  explicit ProjectFiles(std::string work_tree) : work_tree_(std::move(work_tree)) {}

  [[nodiscard]] bool has(std::string_view name) const;
  // The first of the names that is there; "" when none is.
  [[nodiscard]] std::string first_of(const std::vector<std::string>& names) const;
  [[nodiscard]] std::string text(std::string_view name) const;  // "" when it cannot be read
  [[nodiscard]] bool contains(std::string_view name, std::string_view part) const;
  // A name at the top that ends so; "" when there is none.
  [[nodiscard]] std::string with_ending(std::string_view ending) const;
  // Whether a file below has a name that `matches` accepts; at most four directories deep, hidden
  // ones, dependencies and build output left out.
  [[nodiscard]] bool any_below(const std::function<bool(std::string_view name)>& matches) const;

 private:
  [[nodiscard]] bool any_in(const std::string& directory, int depth,
                            const std::function<bool(std::string_view)>& matches) const;

  std::string work_tree_;
};

// Each answers with its stack when the project is one. A command is only there when the project
// has what it runs.
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
