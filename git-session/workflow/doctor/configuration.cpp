#include <algorithm>
#include <chrono>
#include <map>

#include "base/ascii.h"
#include "base/process/process.h"
#include "base/text.h"
#include "checks/shell/words.h"
#include "git/commit/commit.h"
#include "workflow/doctor/examine.h"

namespace gs::workflow {
namespace {

using session::Area;
using session::Diagnoses;

constexpr std::array<const char*, 5> kCommands{"test-command", "typecheck-command", "lint-command",
                                               "review-command", "discovery-command"};

// A word that names a program whatever the shell's variables hold.
bool is_plain(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return is_alnum(c) || std::string_view("_-./+").find(c) != std::string_view::npos;
  });
}

// The program that a command starts with; "" if only a shell can tell.
std::string program_of(const std::string& command) {
  const checks::ShellScript script = checks::parse_shell(command);
  if (script.commands.empty() || script.commands.front().words.empty()) return "";
  const std::string& word = script.commands.front().words.front().text;
  return is_plain(word) ? word : "";
}

bool is_found(const std::string& program, const std::string& directory) {
  ProcessOptions options;
  options.working_directory = directory;
  options.timeout = std::chrono::seconds(5);
  // The shell that would run it knows its own words, too.
  const ProcessResult result = run_process(shell_argv("command -v -- " + program), options);
  return !result.ended_with(1) && !result.ended_with(127);
}

void examine_commands(const session::Workspace& workspace, Diagnoses& found) {
  for (const char* key : kCommands) {
    const auto command = workspace.config.text(key);
    if (!command || *command == "skip") continue;
    const std::string program = program_of(*command);
    if (program.empty() || is_found(program, workspace.repository.work_tree())) continue;
    found.push_back(session::wrong(
        Area::Configuration,
        std::string(key) + " '" + *command + "' (" + workspace.config.at(key).origin.describe() +
            "): '" + program + "' is not found",
        {"install " + program + ", or set another one: git session config " + key + " COMMAND"}));
  }
  const bool has_missing = workspace.stack && !workspace.stack->missing.empty();
  if (!workspace.config.text("test-command") && !has_missing) {
    found.push_back(session::note(Area::Configuration,
                                  "no test command is set: a close tests nothing",
                                  {"git session config test-command COMMAND"}));
  }
  if (!has_missing) return;
  for (const session::Stack::Missing& missing : workspace.stack->missing) {
    // Another command is set in its place.
    if (workspace.config.at(missing.gate + "-command").origin.scope != "default") continue;
    found.push_back(
        session::note(Area::Configuration,
                      "'" + missing.command + "' of " + workspace.stack->evidence +
                          " cannot run: '" + missing.program + "' is not found",
                      {"install " + missing.program + ", or set another one: git session config " +
                       missing.gate + "-command COMMAND"}));
  }
}

// ".git-session.toml (3 keys), git config (1 key)"
std::string layers(const config::SessionConfig& config) {
  std::map<std::string, std::size_t> keys;
  for (const auto& [key, effective] : config.values()) {
    const config::Origin& origin = effective.origin;
    if (origin.scope == "default") continue;
    if (origin.scope == "stack") {
      ++keys["found in " + origin.file];
    } else {
      ++keys[origin.is_of_tree() ? origin.file : "git config"];
    }
  }
  std::vector<std::string> parts;
  for (const auto& [layer, count] : keys)
    parts.push_back(layer + " (" + plural(count, "key") + ")");
  return parts.empty() ? "defaults" : join(parts, ", ");
}

void examine_identity(const git::Repository& repository, Diagnoses& found) {
  try {
    for (const char* role : {"AUTHOR", "COMMITTER"}) (void)git::identity_line(repository, role);
    found.push_back(session::checked(Area::Configuration, "git has an identity to commit with"));
  } catch (const Error& error) {
    std::vector<std::string> fix;
    for (const std::string_view line : split_lines(error.hint())) fix.emplace_back(line);
    found.push_back(session::wrong(Area::Configuration, error.message(), std::move(fix)));
  }
}

}  // namespace

void examine_configuration(const session::Workspace& workspace, const std::vector<Error>& problems,
                           Diagnoses& found) {
  for (const Error& error : problems) {
    found.push_back(
        session::broken(Area::Configuration, error, "correct it there; every command reads it"));
  }
  for (const std::string& text : workspace.config.warnings()) {
    found.push_back(
        session::wrong(Area::Configuration, text,
                       {"correct it there; 'git session config --list' shows what counts"}));
  }
  if (problems.empty())
    found.push_back(session::fine(Area::Configuration, layers(workspace.config)));
  examine_commands(workspace, found);
  examine_identity(workspace.repository, found);
}

}  // namespace gs::workflow
