#include <array>

#include "base/file/file.h"
#include "base/process/process.h"
#include "base/text.h"
#include "formats/json.h"
#include "workflow/doctor/examine.h"

namespace gs::workflow {
namespace {

using session::Area;
using session::Diagnoses;
using session::Platform;

// Where an agent keeps its hooks (docs/agents.md).
struct Agent {
  Platform platform;
  const char* name;
  const char* directory;  // in the work tree and in the user's home
  const char* home;       // variable that names the latter
  std::vector<const char*> files;
  const char* settings;  // what makes it ask
};

const std::vector<Agent>& agents() {
  static const std::vector<Agent> kAgents{
      {Platform::Claude,
       "Claude Code",
       ".claude",
       "CLAUDE_CONFIG_DIR",
       {"settings.json", "settings.local.json"},
       R"({"hooks":{"PreToolUse":[{"matcher":"Edit|Write|MultiEdit|NotebookEdit|Bash",)"
       R"("hooks":[{"type":"command","command":"git session hook pre-tool-use"}]}]}})"},
      {Platform::Codex,
       "Codex",
       ".codex",
       "CODEX_HOME",
       {"hooks.json"},
       R"({"hooks":{"PreToolUse":[{"matcher":"Bash|apply_patch|Edit|Write",)"
       R"("hooks":[{"type":"command","command":"git session hook pre-tool-use"}]}]}})"},
      {Platform::Cursor,
       "Cursor",
       ".cursor",
       nullptr,
       {"hooks.json"},
       R"({"version":1,"hooks":{"preToolUse":[{"matcher":"Shell|Write|StrReplace|Edit|Delete",)"
       R"("command":"git session hook pre-tool-use && echo '{\"permission\":\"allow\"}'"}]}})"},
  };
  return kAgents;
}

bool runs_a_hook_of_ours(const Json& value) {
  if (value.is_string()) {
    const std::string& text = value.get_ref<const std::string&>();
    return text.find("git session hook ") != std::string::npos ||
           text.find("git-session hook ") != std::string::npos;
  }
  if (!value.is_structured()) return false;
  if (value.is_object()) {
    for (const auto& [key, each] : value.items()) {
      if (runs_a_hook_of_ours(each)) return true;
    }
    return false;
  }
  for (const Json& each : value) {
    if (runs_a_hook_of_ours(each)) return true;
  }
  return false;
}

class AgentsExamination {
 public:
  AgentsExamination(const session::Workspace& workspace, Diagnoses& found)
      : workspace_(workspace), found_(found) {}

  void look_at(const Agent& agent) {
    hooked_.clear();
    const TreeFiles files = workspace_.repository.files();
    const RepoPath own(agent.directory);
    bool is_used = workspace_.platform == agent.platform;
    for (const char* name : agent.files) {
      const RepoPath file(own.bytes() + "/" + name);
      attempt([&] {
        const auto text = files.read_linked(file, FileLimit::Note);
        if (!text) return;
        is_used = true;
        judge(agent, *text, file.bytes());
      });
    }
    const std::string home = home_of(agent);
    for (const char* name : agent.files) {
      if (home.empty()) break;
      const std::string file = join_path(home, name);
      attempt([&] {
        if (const auto text = read_file_if_exists(file)) judge(agent, *text, file);
      });
    }
    conclude(agent, is_used);
  }

 private:
  template <typename Part>
  void attempt(const Part& part) {
    try {
      part();
    } catch (const Error& error) {
      found_.push_back(session::wrong(Area::Agents, error.message(),
                                      {"correct it there; hooks in it do not run"}));
    }
  }

  static std::string home_of(const Agent& agent) {
    const auto named = agent.home == nullptr ? std::nullopt : environment_variable(agent.home);
    if (named && !named->empty()) return *named;
    const std::string home = environment_variable("HOME").value_or("");
    return home.empty() ? "" : join_path(home, agent.directory);
  }

  void judge(const Agent& agent, const std::string& text, const std::string& file) {
    if (trim(text).empty()) return;
    const Json settings = formats::parse_json(text, file);
    if (runs_a_hook_of_ours(settings)) hooked_.push_back(file);
    if (settings.is_object() && settings.value("disableAllHooks", false)) {
      found_.push_back(session::wrong(
          Area::Agents, std::string(agent.name) + " runs no hooks: disableAllHooks in " + file,
          {"remove that key if its hooks should run"}));
    }
  }

  void conclude(const Agent& agent, bool is_used) {
    const std::string name = agent.name;
    if (!hooked_.empty()) {
      found_.push_back(
          session::fine(Area::Agents, name + " asks before it acts (" + join(hooked_, ", ") + ")"));
    } else if (is_used) {
      found_.push_back(session::note(
          Area::Agents, name + " does not ask git session before it edits a file or runs a command",
          {"add to '" + std::string(agent.directory) + "/" + agent.files.front() + "':",
           agent.settings}));
    }
  }

  const session::Workspace& workspace_;
  Diagnoses& found_;
  std::vector<std::string> hooked_;  // settings with a hook of ours
};

}  // namespace

void examine_agents(const session::Workspace& workspace, Diagnoses& found) {
  const std::size_t before = found.size();
  AgentsExamination examination(workspace, found);
  for (const Agent& agent : agents()) examination.look_at(agent);
  if (found.size() == before)
    found.push_back(session::checked(Area::Agents, "none is set up here"));
  if (environment_variable("GIT_SESSION_HOOKS").value_or("") == "0") {
    found.push_back(session::note(Area::Agents, "GIT_SESSION_HOOKS=0 switches every hook off",
                                  {"unset GIT_SESSION_HOOKS"}));
  }
}

}  // namespace gs::workflow
