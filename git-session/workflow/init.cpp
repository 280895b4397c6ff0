#include "workflow/init.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "config/layer.h"
#include "config/load.h"
#include "formats/json.h"
#include "formats/quoted.h"
#include "formats/yaml.h"
#include "git/config/values.h"
#include "git/repository.h"
#include "session/bootstrap.h"
#include "session/home.h"
#include "session/trust.h"
#include "workflow/placed_files.h"
#include "workflow/record_merging.h"
#include "workflow/session_section.h"

namespace gs::workflow {
namespace {

constexpr const char* kTomlFile = ".git-session.toml";
constexpr const char* kLockFile = session::kBootstrapLock;

// What init will do to one file; written only after everything has been checked.
struct FileWrite {
  InitAction action;
  std::optional<std::string> content;  // absent: the file stays as it is
};

std::string toml_string(const std::string& text) {
  return formats::quoted(text, formats::Quoting::Yaml);
}

std::string render_toml(const std::optional<session::Stack>& stack) {
  std::string text =
      "# How sessions are run and closed in this repository.\n"
      "# 'git session config --list' shows every key; 'git session config --help' explains them.\n"
      "\n# What 'git session close' runs before it commits";
  text += stack ? ", as found for " + stack->name + " from " + stack->evidence + ".\n" : ".\n";
  for (const GateCommand& gate : gate_commands(stack)) {
    if (gate.command) {
      text += std::string(gate.key) + " = " + toml_string(*gate.command) + "\n";
    } else if (gate.missing) {
      text += "# " + std::string(gate.key) + " = " + toml_string(gate.missing->command) + "   # " +
              gate.missing->program + " was not there: the gate is skipped\n";
    } else {
      text += "# " + std::string(gate.key) + " = \"…\"   # none was found: the gate is skipped\n";
    }
    for (const session::Stack::Alternative& other : gate.alternatives) {
      text += "# " + std::string(gate.key) + " = " + toml_string(other.test) +
              "   # the other way, from " + other.evidence + "\n";
    }
  }
  text +=
      "\n# What a change outside the session's scope does: \"strict\", \"warn\" or \"off\".\n"
      "# enforcement = \"warn\"\n"
      "\n# A remote that gets a copy after the push.\n"
      "# mirror = \"backup\"\n";
  return text;
}

std::string describe_commands(const std::vector<std::string>& keys) {
  if (keys.empty()) return "no command was found";
  std::string text;
  for (const std::string& key : keys) text += (text.empty() ? "" : ", ") + key;
  return text;
}

FileWrite plan_toml(const std::optional<session::Stack>& stack) {
  std::vector<std::string> found;
  for (const GateCommand& gate : gate_commands(stack)) {
    if (gate.command) found.emplace_back(gate.key);
  }
  return {{kTomlFile, "created", describe_commands(found)}, render_toml(stack)};
}

FileWrite plan_instructions(const git::Repository& repository, const std::string& file,
                            const std::optional<session::Stack>& stack) {
  const std::string text =
      repository.files().read_linked(RepoPath(file), FileLimit::Note).value_or("");
  const SectionEdit edit = complete_session_section(text, file, stack);
  if (edit.text == text) {
    const std::string detail = edit.unset.empty()
                                   ? "nothing is missing"
                                   : "nothing to add; not set: " + join(edit.unset, ", ");
    return {{file, "kept", detail}, std::nullopt};
  }
  std::string detail = describe_commands(edit.added);
  if (edit.new_section) detail = "section 'Session Config' added, " + detail;
  return {{file, "completed", detail}, edit.text};
}

FileWrite plan_config(const git::Repository& repository,
                      const std::optional<session::Stack>& stack) {
  if (repository.files().info(RepoPath(kTomlFile))) {
    return {{kTomlFile, "kept", "already exists"}, std::nullopt};
  }
  const bool agents_first = session::running_platform() == session::Platform::Codex;
  const std::string file = config::instruction_file(repository, agents_first);
  return file.empty() ? plan_toml(stack) : plan_instructions(repository, file, stack);
}

Error unusable_lock(const std::string& why) {
  return fatal(why).with_hint("move '" + std::string(kLockFile) +
                              "' away and run 'git session init' again");
}

// Adds what a lock file lacks and keeps the rest.
FileWrite plan_lock(const git::Repository& repository, const std::optional<session::Stack>& stack,
                    Timestamp now) {
  const std::string fresh =
      session::render_bootstrap_lock(stack ? stack->name : std::string("none"), now);
  const auto text = repository.files().read(RepoPath(kLockFile));
  if (!text) return {{kLockFile, "created", "the repository is set up"}, fresh};
  Json lock;
  try {
    lock = formats::parse_yaml(*text, kLockFile);
  } catch (const Error& error) {
    throw unusable_lock(error.message());
  }
  if (lock.is_null()) return {{kLockFile, "completed", "was empty"}, *text + fresh};
  if (!lock.is_object()) throw unusable_lock(std::string(kLockFile) + ":1: not a mapping");

  const Json defaults = formats::parse_yaml(fresh, kLockFile);
  std::string completed = *text;
  if (!completed.ends_with('\n')) completed += '\n';
  std::string added;
  for (const char* key : {"version", "tier"}) {
    if (lock.contains(key) && !lock[key].is_null()) continue;
    if (lock.contains(key))
      throw unusable_lock(std::string(kLockFile) + ": '" + key + "' is empty");
    const Json& value = defaults.at(key);
    const std::string word =
        value.is_string() ? value.get<std::string>() : formats::to_json_line(value);
    completed += std::string(key) + ": " + word + "\n";
    added += (added.empty() ? "" : ", ") + std::string(key);
  }
  if (added.empty()) return {{kLockFile, "kept", "already exists"}, std::nullopt};
  return {{kLockFile, "completed", added}, completed};
}

// Lines that a file lacks, added at its end.
FileWrite plan_lines(const git::Repository& repository, const std::string& file,
                     const std::vector<std::string>& lines, const std::string& detail) {
  const auto text = repository.files().read(RepoPath(file));
  std::string completed = text.value_or("");
  const auto there = split_lines(completed);
  std::string added;
  for (const std::string& line : lines) {
    if (std::find(there.begin(), there.end(), line) == there.end()) added += line + "\n";
  }
  if (added.empty()) return {{file, "kept", "nothing is missing"}, std::nullopt};
  if (!completed.empty() && !completed.ends_with('\n')) completed += '\n';
  return {{file, text ? "completed" : "created", detail}, completed + added};
}

FileWrite plan_attributes(const git::Repository& repository) {
  return plan_lines(repository, ".gitattributes", record_attributes(),
                    "records of two branches merge");
}

FileWrite plan_ignores(const git::Repository& repository) {
  return plan_lines(repository, ".orchestrator/.gitignore",
                    {"metrics/events.jsonl", "metrics/vault-*.jsonl", "metrics/*.bak-*",
                     "session-plan.toml", "wave-scope.json", "session-handover/"},
                    "what is never committed");
}

// Commands are left to the stack: a close finds them, and asks before it runs them.
InitAction configure_clone(const git::Repository& repository) {
  if (git::last_value(git::configuration(repository), "session.records")) {
    return {kGitConfig, "kept", "nothing is missing"};
  }
  git::set_config(repository.git(), "session.records", {"private"});
  return {kGitConfig, "completed", "session.records is private"};
}

// Where the sessions of the repository will be. Throws if the configuration says otherwise.
bool wants_tracked(const git::Repository& repository, const InitRequest& request) {
  const config::SessionConfig config = config::load(
      repository, session::stack_layer(std::nullopt),
      session::running_platform() == session::Platform::Codex, git::configuration(repository));
  const bool tracked = session::is_tracked_by_default(repository.work_tree(), config);
  if (!request.tracked || *request.tracked == tracked) return tracked;
  const config::Effective& records = config.at("records");
  if (const auto set = config.text("records")) {
    throw refused("records is '" + *set + "' (" + records.origin.describe() + ")")
        .with_hint("'git session records move --to " +
                   std::string(*request.tracked ? "tracked" : "private") + "' changes it");
  }
  return *request.tracked;
}

}  // namespace

InitResult init(const git::Repository& repository, const InitRequest& request, const Clock& clock) {
  const FileLock lock = git::lock_list(repository, {"setup", "the repository's set-up"});
  // A set-up that was killed halfway leaves nothing behind.
  const std::string record = join_path(repository.git_dir(), "git-session/init/placed.json");
  if (PlacedFiles::put_back(repository.files(), record)) PlacedFiles::forget(record);
  InitResult result;
  result.stack = session::detect_stack(repository.work_tree());
  if (result.stack)
    result.stack = session::runnable_here(*std::move(result.stack), repository.work_tree());
  result.tracked = wants_tracked(repository, request);
  if (request.local) {
    if (result.tracked) {
      throw refused("sessions of this repository are tracked, and --local sets up private ones");
    }
    result.actions.push_back(configure_clone(repository));
    return result;
  }
  std::vector<FileWrite> writes{plan_config(repository, result.stack)};
  if (result.tracked && request.tracked) {
    writes.push_back(plan_attributes(repository));
    writes.push_back(plan_ignores(repository));
  }
  // The lock comes last: it marks the repository as set up.
  if (result.tracked) writes.push_back(plan_lock(repository, result.stack, clock.now()));
  PlacedFiles files(repository.files(), record, "");
  for (const FileWrite& write : writes) {
    // CLAUDE.md may be a link to AGENTS.md.
    const RepoPath named(write.action.file);
    const RepoPath path = repository.files().follow(named).value_or(named);
    const bool is_last = &write == &writes.back();
    if (write.content && is_last) files.place_last(path, *write.content);
    if (write.content && !is_last) files.place(path, *write.content);
    result.actions.push_back(write.action);
    if (path == named) continue;
    result.actions.back().file = path.bytes();
    result.actions.back().detail += ", by the link " + named.quoted();
  }
  files.keep();
  return result;
}

void trust_stack(const git::Repository& repository, const session::Stack& stack) {
  std::vector<session::TrustItem> items;
  for (const GateCommand& gate : gate_commands(stack)) {
    if (gate.command)
      items.push_back({session::TrustItem::Kind::Command, std::string(gate.key), *gate.command});
  }
  session::remember_trust(repository, items);
}

}  // namespace gs::workflow
