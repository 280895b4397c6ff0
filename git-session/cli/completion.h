#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace gs::cli {

// A completion script for "bash", "zsh" or "fish", made from the command tree, the configuration
// keys and the decisions.
[[nodiscard]] std::string completion_script(const CLI::App& app, const std::string& shell);

}  // namespace gs::cli
