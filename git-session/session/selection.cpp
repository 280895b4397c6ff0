#include "session/selection.h"

#include <algorithm>
#include <functional>

#include "base/dot_git.h"
#include "base/error.h"
#include "base/process/process.h"
#include "base/text.h"
#include "session/closing.h"
#include "session/home.h"
#include "session/state_directory.h"

namespace gs::session {

namespace {

std::string directory_of(Platform platform) {
  return platform == Platform::None ? std::string() : "." + std::string(platform_name(platform));
}

bool exists(const git::Repository& repository, const std::string& name) {
  const auto info = repository.files().info(RepoPath(name));
  return info && (info->type == FileType::Directory || info->type == FileType::Symlink);
}

std::string check_configured(std::string name) {
  if (name.ends_with('/')) name.pop_back();
  if (is_dot_git(name)) {
    throw usage_error("'" + quote_path(name) + "' is git's own and no state directory")
        .with_hint("name a directory like '.claude', without a path");
  }
  if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos) {
    throw usage_error("the state directory '" + name +
                      "' is not a single name at the top of the work tree")
        .with_hint("name a directory like '.claude', without a path");
  }
  return name;
}

bool is_named(const FoundState& found, const std::string& name) {
  return found.id == name || (!found.state.name.empty() && found.state.name == name);
}

std::vector<FoundState> open_sessions(const git::Repository& repository,
                                      const Selection& selection) {
  std::vector<std::string> problems;  // a broken STATE.md is reported when it is read
  std::vector<FoundState> states = scan_states(
      repository.checkout(), with_name(state_directory_names(), selection.state_dir.value_or("")),
      closing_session(repository.git_dir()), problems);
  std::erase_if(states, [](const FoundState& found) { return !found.running(); });
  return states;
}

const FoundState* find(const std::vector<FoundState>& states,
                       const std::function<bool(const FoundState&)>& matches) {
  const auto found = std::find_if(states.begin(), states.end(), matches);
  return found == states.end() ? nullptr : &*found;
}

// The one of a branch's sessions that something decides for; absent if nothing does.
const FoundState* decided(const std::vector<FoundState>& states) {
  if (states.size() == 1) return &states.front();
  if (const auto* bound = find(states, is_chosen_by_environment)) return bound;
  if (const std::string platform = directory_of(running_platform()); !platform.empty()) {
    const FilePlace preferred = RepoPath(platform);
    const auto* own =
        find(states, [&](const FoundState& found) { return found.directory == preferred; });
    if (own != nullptr) return own;
  }
  return find(states, [](const FoundState& found) { return found.closing; });
}

std::string new_tracked_directory(const git::Repository& repository) {
  if (auto platform = directory_of(running_platform()); !platform.empty()) return platform;
  const std::vector<std::string>& names = state_directory_names();
  const auto first = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
    return exists(repository, name);
  });
  return first == names.end() ? ".orchestrator" : *first;
}

Selected chosen(const FoundState& found, Selected selected) {
  selected.directory = found.directory;
  selected.tracked = found.tracked();
  if (const auto inside = found.directory.inside()) selected.tracked_directory = inside->bytes();
  if (!found.comes_from.empty()) selected.tracked_directory = found.comes_from;
  return selected;
}

std::vector<FoundState> paused_of(const std::vector<FoundState>& open) {
  std::vector<FoundState> paused = open;
  std::erase_if(paused, [](const FoundState& found) { return !found.is_paused(); });
  std::stable_sort(paused.begin(), paused.end(), [](const FoundState& a, const FoundState& b) {
    return a.state.paused_at > b.state.paused_at;
  });
  return paused;
}

// By nothing but what is at work: the session of the branch, else one of another branch, which is
// then said.
Selected select_of_branch(const git::Repository& repository, const std::vector<FoundState>& open,
                          Selected selected) {
  std::vector<FoundState> here = open;
  const auto branch = repository.head().branch;
  std::erase_if(here, [&branch](const FoundState& found) {
    return !found.is_at_work() || !is_branch_of_state(found.state.branch, branch);
  });
  if (here.empty()) {
    const auto* elsewhere = find(open, [](const FoundState& each) { return each.is_at_work(); });
    const bool says_so = elsewhere != nullptr && running_platform() == Platform::None;
    return says_so ? chosen(*elsewhere, std::move(selected)) : selected;
  }
  if (const FoundState* best = decided(here)) return chosen(*best, std::move(selected));
  selected = chosen(here.front(), std::move(selected));
  selected.equal = std::move(here);
  return selected;
}

// Of those that are open, by name or id.
std::string near_name(const std::string& name, const std::vector<FoundState>& open) {
  std::vector<std::string_view> names;
  for (const FoundState& found : open) {
    names.emplace_back(found.called());
    names.emplace_back(found.id);
  }
  return std::string(nearest(name, names));
}

Error no_such_session(const std::string& name, const std::vector<FoundState>& open) {
  std::vector<std::string> names;
  for (const FoundState& found : open) names.push_back("'" + found.called() + "'");
  const Error error = usage_error("no session '" + name + "' is open in this work tree");
  if (const std::string near = near_name(name, open); !near.empty())
    return error.with_hint("did you mean '" + near + "'?");
  return error.with_hint(names.empty() ? "'git session start' opens one"
                                       : "open: " + join(names, ", "));
}

}  // namespace

bool is_chosen_by_environment(const FoundState& found) {
  if (const auto name = environment_variable("GIT_SESSION"); name && !name->empty()) {
    return is_named(found, *name);
  }
  return !found.state.agent.empty() && found.state.agent == running_agent();
}

std::string running_agent() {
  for (const char* name :
       {"CLAUDE_CODE_SESSION_ID", "CODEX_THREAD_ID", "COPILOT_AGENT_SESSION_ID"}) {
    if (auto id = environment_variable(name); id && !id->empty()) return *std::move(id);
  }
  return "";
}

Selected select_session(const git::Repository& repository, const Selection& selection,
                        bool tracked) {
  Selected none;
  const bool by_directory = selection.state_dir && !selection.session;
  if (by_directory) none.tracked_directory = check_configured(*selection.state_dir);
  const std::vector<FoundState> open = open_sessions(repository, selection);
  none.paused = paused_of(open);
  none.tracked = tracked || by_directory;
  if (by_directory) {
    none.directory = RepoPath(none.tracked_directory);
    return none;
  }
  const FilePlace nowhere = FilePlace::outside(private_sessions(repository.common_dir()));
  none.tracked_directory = new_tracked_directory(repository);
  none.directory = tracked ? FilePlace(RepoPath(none.tracked_directory)) : nowhere;
  const auto find_named = [&open](const std::string& name) {
    return find(open, [&name](const FoundState& each) { return is_named(each, name); });
  };
  const auto missing = [&](const std::string& name) {
    none.directory = nowhere;  // not a tracked one that may be another's
    none.missing = name;
    none.near = near_name(name, open);
    return none;
  };
  if (selection.session) {
    if (const auto* found = find_named(*selection.session)) return chosen(*found, none);
    if (!selection.may_be_over) throw no_such_session(*selection.session, open);
    return missing(*selection.session);
  }
  if (selection.closing) {
    const auto* found = find(open, [](const FoundState& each) { return each.closing; });
    if (found != nullptr) return chosen(*found, none);
  }
  if (const auto name = environment_variable("GIT_SESSION"); name && !name->empty()) {
    const auto* found = find_named(*name);
    return found != nullptr ? chosen(*found, none) : missing(*name);
  }
  return select_of_branch(repository, open, none);
}

}  // namespace gs::session
