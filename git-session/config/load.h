#pragma once

#include <string>
#include <vector>

#include "config/layer.h"
#include "config/session_config.h"
#include "git/repository.h"

namespace gs::config {

// Reads every layer of a repository and resolves them. `stack` is the layer of commands found from
// the project's build files (above the defaults, below everything that a person wrote).
// `agents_file_first`: AGENTS.md counts before CLAUDE.md (codex). `git_values`: `read_all_config`
// of the repository.
[[nodiscard]] SessionConfig load(const git::Repository& repository, const Layer& stack,
                                 bool agents_file_first,
                                 const std::vector<git::ConfigValue>& git_values);

// The instruction file in use ("CLAUDE.md" or "AGENTS.md"), or "" when neither exists.
[[nodiscard]] std::string instruction_file(const git::Repository& repository,
                                           bool agents_file_first);

}  // namespace gs::config
