#include "session/state_scan.h"

#include <algorithm>
#include <functional>

#include "base/error.h"
#include "base/file/file.h"
#include "base/file/tree_files.h"
#include "base/text.h"
#include "session/home.h"
#include "session/pauses.h"

namespace gs::session {

namespace {

class Scan {
 public:
  Scan(const git::Checkout& checkout, const std::optional<std::string>& closing,
       std::vector<std::string>& problems)
      : checkout_(checkout), files_(checkout.work_tree), closing_(closing), problems_(problems) {}

  void look_in(const FilePlace& directory, const std::string& comes_from = "") {
    const FilePlace file = directory.child("STATE.md");
    try {
      const auto text = files_.read(file);
      if (!text) return;
      StateFile state = read_state(*text, file.absolute(checkout_.work_tree), checkout_.git_dir);
      std::string id = state.id();
      // What a kill has left in two places counts where it is in the tree.
      if (!comes_from.empty() && has(id)) return;
      const bool is_closing = closing_ && *closing_ == id;
      found_.push_back({directory, std::move(state), std::move(id), is_closing, comes_from});
    } catch (const Error& error) {
      problems_.push_back(error.message());
    }
  }

  // Those of the worktrees whose name is wanted, which a file of a few bytes has.
  void look_in_git_directory(const std::function<bool(std::string_view name)>& wanted) {
    const std::string common = git::common_dir_of(checkout_.git_dir);
    const auto each = [&](const std::string& sessions, const auto& see) {
      for (const std::string& name : list_directory(sessions)) {
        const std::string directory = join_path(sessions, name);
        const auto worktree = read_file_if_exists(join_path(directory, kWorktreeFile));
        if (worktree && wanted(trim(*worktree))) see(directory);
      }
    };
    each(private_sessions(common),
         [this](const std::string& directory) { look_in(FilePlace::outside(directory)); });
    each(paused_sessions(common), [this](const std::string& directory) {
      const auto from = read_file_if_exists(join_path(directory, kDirectoryFile));
      if (from && !trim(*from).empty())
        look_in(FilePlace::outside(directory), std::string(trim(*from)));
    });
  }

  std::vector<FoundState> take() { return std::move(found_); }

 private:
  [[nodiscard]] bool has(const std::string& id) const {
    return std::any_of(found_.begin(), found_.end(),
                       [&id](const FoundState& found) { return found.id == id; });
  }

  const git::Checkout& checkout_;
  TreeFiles files_;
  const std::optional<std::string>& closing_;
  std::vector<std::string>& problems_;
  std::vector<FoundState> found_;
};

}  // namespace

StateFile read_state(std::string_view text, const std::string& source, const std::string& git_dir) {
  StateFile state = parse_state(text, source);
  const auto now = git::checked_out_branch(git_dir);
  if (now && !state.branch.empty() && state.branch != *now &&
      git::was_renamed(git_dir, state.branch, *now)) {
    state.session = state.id();
    state.branch = *now;
  }
  return state;
}

std::vector<FoundState> scan_states(const git::Checkout& checkout,
                                    const std::vector<std::string>& names,
                                    const std::optional<std::string>& closing,
                                    std::vector<std::string>& problems) {
  Scan scan(checkout, closing, problems);
  for (const std::string& name : names) scan.look_in(RepoPath(name));
  const std::string own = worktree_name(checkout.git_dir);
  scan.look_in_git_directory([&own](std::string_view name) { return name == own; });
  return scan.take();
}

std::vector<FoundState> scan_states_without_worktree(const git::Checkout& checkout,
                                                     const std::set<std::string>& worktrees,
                                                     std::vector<std::string>& problems) {
  const std::optional<std::string> closing;  // its journal is gone as well
  Scan scan(checkout, closing, problems);
  scan.look_in_git_directory(
      [&](std::string_view name) { return !worktrees.contains(std::string(name)); });
  return scan.take();
}

std::vector<std::string> with_name(std::vector<std::string> names, const std::string& name) {
  if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
    names.push_back(name);
  }
  return names;
}

std::vector<std::string> with_name(std::vector<std::string> names,
                                   const FilePlace& state_directory) {
  const auto inside = state_directory.inside();
  return with_name(std::move(names), inside ? inside->bytes() : std::string());
}

}  // namespace gs::session
