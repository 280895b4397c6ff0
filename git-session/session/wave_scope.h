#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/glob.h"
#include "base/repo_path.h"
#include "config/session_config.h"

namespace gs::session {

enum class Enforcement { Strict, Warn, Off };
[[nodiscard]] std::string_view enforcement_name(Enforcement enforcement);
[[nodiscard]] std::optional<Enforcement> enforcement_named(std::string_view name);
// The configured enforcement: key `enforcement`.
[[nodiscard]] Enforcement enforcement_of(const config::SessionConfig& config);
// Gates turned off by the key `enforcement-gates`.
[[nodiscard]] std::vector<std::string> gates_off_of(const config::SessionConfig& config);

constexpr std::string_view kPathGuard = "path-guard";
constexpr std::string_view kCommandGuard = "command-guard";
constexpr std::string_view kPostEditValidate = "post-edit-validate";  // a gate of other tools

constexpr std::string_view kScopeFile = "wave-scope.json";
struct WaveScope {
  FilePlace file;
  std::optional<long> wave;
  std::string role;
  Enforcement enforcement = Enforcement::Strict;  // strict if missing or unreadable: fail closed
  std::vector<Glob> allowed_paths;
  std::vector<std::string> blocked_commands;
  std::vector<std::string> gates_off;  // names; all other gates are on
  std::vector<std::string> problems;   // why it counts as strict

  [[nodiscard]] bool gate(std::string_view name) const;  // on
};
[[nodiscard]] WaveScope parse_wave_scope(std::string_view text, const FilePlace& file);
// The scope in use. Of a private session, its own alone; else the first of .pi, .cursor, .codex,
// .claude, `state_directory` and .orchestrator that has one. Reads only these files: a hook has no
// time to open a repository.
[[nodiscard]] std::optional<WaveScope> find_wave_scope(const std::string& work_tree,
                                                       const FilePlace& state_directory);
// The scope of a session's claim: the file in its own state directory, else, if it is tracked, the
// first in search order outside `occupied` (state directories of other running sessions, whose
// scopes say nothing about ours).
[[nodiscard]] std::optional<WaveScope> find_own_wave_scope(const std::string& work_tree,
                                                           const FilePlace& state_directory,
                                                           const std::set<FilePlace>& occupied);
// A new file.
[[nodiscard]] std::string render_wave_scope(const std::vector<std::string>& patterns,
                                            Enforcement enforcement,
                                            const std::vector<std::string>& gates_off = {});

}  // namespace gs::session
