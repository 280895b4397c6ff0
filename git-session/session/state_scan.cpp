#include "session/state_scan.h"

#include <algorithm>

#include "base/error.h"
#include "base/file/file.h"

namespace gs::session {

std::vector<FoundState> scan_states(const std::string& work_tree,
                                    const std::vector<std::string>& directories,
                                    const std::optional<std::string>& closing,
                                    std::vector<std::string>& problems) {
  std::vector<FoundState> found;
  for (const std::string& directory : directories) {
    const std::string file = join_path(join_path(work_tree, directory), "STATE.md");
    try {
      const auto text = read_file_if_exists(file);
      if (!text) continue;
      StateFile state = parse_state(*text, file);
      std::string id = state.id();
      const bool is_closing = closing && *closing == id;
      found.push_back({directory, std::move(state), std::move(id), is_closing});
    } catch (const Error& error) {
      problems.push_back(error.message());
    }
  }
  return found;
}

std::vector<std::string> with_name(std::vector<std::string> names, const std::string& name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
    names.push_back(name);
  }
  return names;
}

}  // namespace gs::session
