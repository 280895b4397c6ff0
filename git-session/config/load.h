#pragma once

#include <string>
#include <vector>

#include "config/layer.h"
#include "config/session_config.h"
#include "git/repository.h"

namespace gs::config {

// Reads every layer of a repository and resolves them. `stack`: commands detected from the
// project's build files (above the defaults, below everything a person wrote). `agents_file_first`:
// AGENTS.md is preferred to CLAUDE.md (codex). `git_values`: the repository's `read_all_config`.
[[nodiscard]] SessionConfig load(const git::Repository& repository, const Layer& stack,
                                 bool agents_file_first,
                                 const std::vector<git::ConfigValue>& git_values);

// The instruction file in use ("CLAUDE.md" or "AGENTS.md"), or "" if neither exists.
[[nodiscard]] std::string instruction_file(const git::Repository& repository,
                                           bool agents_file_first);

// The committed file that sets a key for the team, with the line, or the one in which to
// set it.
struct TeamSetting {
  std::string file;   // ".git-session.toml"
  std::string place;  // ".git-session.toml:3"; "" if none sets it
};
[[nodiscard]] TeamSetting team_setting(const git::Repository& repository, bool agents_file_first,
                                       const std::string& key);

}  // namespace gs::config
