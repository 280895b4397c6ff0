#include "session/wave_scope.h"

#include <algorithm>

#include "base/error.h"
#include "base/file/tree_files.h"
#include "base/names.h"
#include "base/text.h"
#include "formats/json.h"

namespace gs::session {

namespace {

constexpr auto kEnforcementNames = std::to_array<Name<Enforcement>>(
    {{Enforcement::Strict, "strict"}, {Enforcement::Warn, "warn"}, {Enforcement::Off, "off"}});
static_assert(is_complete(kEnforcementNames));

std::optional<Enforcement> named_in(const Json& value) {
  return value.is_string() ? enforcement_named(value.get<std::string>()) : std::nullopt;
}

void read_enforcement(const Json& object, WaveScope& scope) {
  const auto found = object.find("enforcement");
  const auto named = found == object.end() ? std::nullopt : named_in(*found);
  if (!named) {
    scope.problems.push_back(scope.file.bytes() + ": 'enforcement' is " +
                             (found == object.end() ? "missing" : "none of strict, warn, off") +
                             "; taken as strict");
  }
  scope.enforcement = named.value_or(Enforcement::Strict);
}

void read_allowed_paths(const Json& object, WaveScope& scope) {
  const auto found = object.find("allowedPaths");
  if (found == object.end() || !found->is_array()) {
    scope.problems.push_back(scope.file.bytes() + ": 'allowedPaths' is " +
                             (found == object.end() ? "missing" : "no list") +
                             "; nothing is allowed");
    return;
  }
  for (const Json& pattern : *found) {
    if (pattern.is_string()) {
      scope.allowed_paths.emplace_back(pattern.get<std::string>());
    } else {
      scope.problems.push_back(
          scope.file.bytes() +
          ": 'allowedPaths' has an entry that is not a string: " + formats::to_json_line(pattern));
    }
  }
}

void read_blocked_commands(const Json& object, WaveScope& scope) {
  const auto found = object.find("blockedCommands");
  if (found == object.end() || found->is_null()) return;
  if (!found->is_array()) {
    scope.problems.push_back(scope.file.bytes() +
                             ": 'blockedCommands' is not a list; taken as absent");
    return;
  }
  for (const Json& command : *found) {
    if (command.is_string()) {
      scope.blocked_commands.push_back(command.get<std::string>());
    } else {
      scope.problems.push_back(scope.file.bytes() +
                               ": 'blockedCommands' has an entry that is not a string: " +
                               formats::to_json_line(command));
    }
  }
}

// Only a literal false turns a gate off.
void read_gates(const Json& object, WaveScope& scope) {
  const auto found = object.find("gates");
  if (found == object.end() || found->is_null()) return;
  if (!found->is_object()) {
    scope.problems.push_back(scope.file.bytes() + ": 'gates' is not an object; all gates are on");
    return;
  }
  for (const auto& [name, value] : found->items()) {
    if (value == false) {
      scope.gates_off.push_back(name);
    } else if (value != true) {
      scope.problems.push_back(scope.file.bytes() + ": gate '" + name +
                               "' is neither true nor false; taken as true");
    }
  }
}

// Whatever has the name must not open the scope: an unreadable file counts as strict.
std::optional<WaveScope> read_scope_file(const std::string& work_tree, const FilePlace& directory) {
  const FilePlace file = directory.child(kScopeFile);
  try {
    const auto text = TreeFiles(work_tree).read(file);
    if (!text) return std::nullopt;
    return parse_wave_scope(*text, file);
  } catch (const Error& error) {
    WaveScope closed;
    closed.file = file;
    closed.problems.push_back(error.message());
    return closed;
  }
}

// The platforms' directories, in search order.
const std::vector<FilePlace>& platform_directories() {
  static const std::vector<FilePlace> directories = {RepoPath(".pi"), RepoPath(".cursor"),
                                                     RepoPath(".codex"), RepoPath(".claude")};
  return directories;
}

}  // namespace

std::string_view enforcement_name(Enforcement enforcement) {
  return name_of(kEnforcementNames, enforcement);
}

std::optional<Enforcement> enforcement_named(std::string_view name) {
  return name == "hard" ? Enforcement::Strict : named(kEnforcementNames, name);
}

Enforcement enforcement_of(const config::SessionConfig& config) {
  return enforcement_named(config.required_text("enforcement")).value();
}

std::vector<std::string> gates_off_of(const config::SessionConfig& config) {
  std::vector<std::string> off;
  for (const std::string_view gate : {kPathGuard, kCommandGuard, kPostEditValidate}) {
    if (!config.enabled_in("enforcement-gates", gate)) off.emplace_back(gate);
  }
  return off;
}

bool WaveScope::gate(std::string_view name) const {
  return std::find(gates_off.begin(), gates_off.end(), name) == gates_off.end();
}

WaveScope parse_wave_scope(std::string_view text, const FilePlace& file) {
  WaveScope scope;
  scope.file = file;
  Json object;
  try {
    object = formats::parse_json(text, file.bytes());
  } catch (const Error& error) {
    scope.problems.push_back(error.message());
    return scope;
  }
  if (!object.is_object()) {
    scope.problems.push_back(file.bytes() + ": not a JSON object");
    return scope;
  }
  if (const auto wave = object.find("wave"); wave != object.end()) scope.wave = wave->integer();
  if (const auto role = object.find("role"); role != object.end() && role->is_string()) {
    scope.role = role->get<std::string>();
  }
  read_enforcement(object, scope);
  read_allowed_paths(object, scope);
  read_blocked_commands(object, scope);
  read_gates(object, scope);
  return scope;
}

std::optional<WaveScope> find_wave_scope(const std::string& work_tree,
                                         const FilePlace& state_directory) {
  if (!state_directory.inside()) return read_scope_file(work_tree, state_directory);
  for (const FilePlace& directory : platform_directories()) {
    if (auto scope = read_scope_file(work_tree, directory)) return scope;
  }
  // Comes last even if it is the only one: a platform directory that appears later must not open
  // the scope.
  if (auto scope = read_scope_file(work_tree, state_directory)) return scope;
  return read_scope_file(work_tree, RepoPath(".orchestrator"));
}

std::optional<WaveScope> find_own_wave_scope(const std::string& work_tree,
                                             const FilePlace& state_directory,
                                             const std::set<FilePlace>& occupied) {
  if (auto scope = read_scope_file(work_tree, state_directory)) return scope;
  if (!state_directory.inside()) return std::nullopt;
  for (const FilePlace& directory : platform_directories()) {
    if (occupied.contains(directory)) continue;
    if (auto scope = read_scope_file(work_tree, directory)) return scope;
  }
  return std::nullopt;
}

std::string render_wave_scope(const std::vector<std::string>& patterns, Enforcement enforcement,
                              const std::vector<std::string>& gates_off) {
  for (const std::string& pattern : patterns) {
    if (!is_utf8(pattern)) {
      throw usage_error("the pattern " + quote_path(pattern) + " is not UTF-8")
          .with_hint("wave-scope.json can hold only text; use '*' for those bytes");
    }
  }
  Json object = {{"wave", 0},
                 {"role", "session"},
                 {"enforcement", enforcement_name(enforcement)},
                 {"allowedPaths", patterns}};
  for (const std::string& gate : gates_off) object["gates"][gate] = false;
  std::string text = formats::to_json_text(object);
  if (!text.ends_with('\n')) text += '\n';
  return text;
}

}  // namespace gs::session
