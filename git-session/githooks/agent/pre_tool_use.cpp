#include "githooks/hooks.h"

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "checks/shell/command_guard.h"
#include "githooks/agent/agent_session.h"
#include "githooks/agent/tool_call.h"
#include "githooks/call.h"
#include "session/scope_check.h"
#include "session/selection.h"
#include "session/state_directory.h"

namespace gs::githooks {

namespace {

using session::Enforcement;

constexpr const char* kPolicyFile = ".orchestrator/policy/blocked-commands.json";

ToolAnswer denial(std::string reason) {
  ToolAnswer answer;
  answer.denied = true;
  answer.reason = std::move(reason);
  return answer;
}

// Strict denies, warn warns; a reason that may not deny is always a warning.
void object_to(const std::string& reason, bool may_deny, Enforcement enforcement,
               ToolAnswer& answer) {
  if (enforcement == Enforcement::Off) return;
  if (!may_deny || enforcement == Enforcement::Warn) {
    answer.warnings.push_back(reason);
  } else if (!answer.denied) {
    answer.denied = true;
    answer.reason = reason;
  }
}

std::string allowed_patterns(const session::WaveScope& scope) {
  constexpr std::size_t kMost = 10;
  std::vector<std::string> patterns;
  for (const Glob& glob : scope.allowed_paths) {
    if (patterns.size() == kMost) {
      patterns.emplace_back("…");
      break;
    }
    patterns.push_back(glob.pattern());
  }
  return patterns.empty() ? "nothing" : join(patterns, ", ");
}

// A tool call in the work tree where it happens.
class Judge {
 public:
  Judge(const ToolCall& call, std::string directory, HookCall place, const Clock& clock)
      : call_(call),
        directory_(std::move(directory)),
        place_(std::move(place)),
        clock_(clock),
        configured_(configured_directory(place_)),
        names_(session::with_name(session::state_directory_names(), configured_)),
        active_(active_sessions(place_, names_)),
        scopes_(scopes()),
        scope_(scopes_.front()) {}

  ToolAnswer answer() {
    if (call_.kind == ToolCall::Kind::Edit) judge_paths();
    if (call_.kind == ToolCall::Kind::Command) judge_command();
    return std::move(answer_);
  }

 private:
  // The scopes that may apply: that of the agent's own session, else those of all open ones. Where
  // private sessions are open, a scope file in the tree counts for a tracked one alone.
  [[nodiscard]] std::vector<session::ScopeCheck> scopes() const {
    std::vector<session::ScopeCheck> scopes;
    bool any_tracked = active_.empty();
    for (const session::FoundState& found : active_) {
      if (found.directory.inside()) {
        any_tracked = true;
        continue;
      }
      scopes.push_back(scope_in(found.directory));
      if (is_own(found)) return {scopes.back()};
    }
    if (any_tracked) {
      scopes.push_back(scope_in(RepoPath(configured_.empty() ? ".orchestrator" : configured_)));
    }
    return scopes;
  }

  [[nodiscard]] session::ScopeCheck scope_in(const FilePlace& directory) const {
    return {session::find_wave_scope(place_.work_tree, directory), Enforcement::Warn, names_};
  }

  [[nodiscard]] bool is_own(const session::FoundState& found) const {
    return session::is_chosen_by_environment(found) ||
           (!found.state.agent.empty() && found.state.agent == call_.agent_session);
  }

  // Absent if any of the scopes allows it.
  [[nodiscard]] std::optional<session::ScopeViolation> violation_of(const std::string& path) const {
    std::optional<session::ScopeViolation> first;
    for (const session::ScopeCheck& scope : scopes_) {
      auto violation = scope.check_written(path, directory_, place_.work_tree);
      if (!violation) return std::nullopt;
      if (!first) first = std::move(violation);
    }
    return first;
  }

  void judge_paths() {
    for (const std::string& path : call_.paths) {
      const auto violation = violation_of(path);
      if (!violation) continue;
      object_to(violation->message + "; allowed: " + allowed_patterns(*scope_.scope()) +
                    ". Work within these, or ask whoever leads the session to widen them with "
                    "'git session scope set --add PATTERN'",
                true, scope_.enforcement(), answer_);
    }
  }

  void judge_command() {
    const checks::CommandLine line = checks::read_command_line(call_.command);
    if (scope_.guards_commands()) {
      if (line.too_deep) {
        object_to("the command nests shells too deep to be read", true, scope_.enforcement(),
                  answer_);
      }
      judge_rules(line);
    }
    judge_sweeping(line);
  }

  void judge_rules(const checks::CommandLine& line) {
    const std::optional<checks::CommandRule> rule = rule_for(line);
    if (!rule) return;
    const bool blocks = rule->severity == checks::Severity::Block;
    std::string reason = "'" + rule->pattern + "' is " +
                         (blocks ? "blocked in this session" : "to be used with care");
    if (!rule->reason.empty()) reason += ": " + rule->reason;
    object_to(reason, blocks, scope_.enforcement(), answer_);
    const bool denied = blocks && scope_.enforcement() == Enforcement::Strict;
    record(rule->pattern, denied ? "block" : "warn");
  }

  [[nodiscard]] std::optional<checks::CommandRule> rule_for(const checks::CommandLine& line) {
    const std::vector<checks::CommandRule> rules = own_rules();
    if (rules.empty()) return checks::find_destructive(line, shell_place());
    const checks::CommandRule* rule = checks::find_rule(line, rules);
    return rule == nullptr ? std::nullopt : std::optional(*rule);
  }

  // The scope's, else the policy's; none where the built-in ones count.
  [[nodiscard]] std::vector<checks::CommandRule> own_rules() {
    std::vector<checks::CommandRule> rules;
    for (const std::string& pattern : scope_.scope()->blocked_commands) {
      rules.push_back({pattern, checks::Severity::Block, ""});
    }
    if (!rules.empty()) return rules;
    const auto text = TreeFiles(place_.work_tree).read(RepoPath(kPolicyFile));
    if (!text) return {};
    checks::CommandPolicy policy = checks::parse_command_policy(*text, kPolicyFile);
    answer_.warnings.insert(answer_.warnings.end(), policy.problems.begin(), policy.problems.end());
    return std::move(policy.rules);
  }

  [[nodiscard]] checks::ShellPlace shell_place() const {
    return {directory_, place_.work_tree, ""};
  }

  void judge_sweeping(const checks::CommandLine& line) {
    const auto command = checks::find_sweeping_add(line, shell_place());
    if (!command || active_.empty()) return;
    const Enforcement enforcement = command_enforcement();
    object_to("'" + *command +
                  "' takes everything that is dirty, including other people's and sessions' "
                  "changes; stage the files one by one: 'git add -- FILE…'",
              true, enforcement, answer_);
    if (enforcement == Enforcement::Off) return;
    record(*command, enforcement == Enforcement::Strict ? "block" : "warn");
  }

  [[nodiscard]] Enforcement command_enforcement() const {
    if (!scope_.scope()) return configured_command_enforcement(place_);
    return scope_.guards_commands() ? scope_.enforcement() : Enforcement::Off;
  }

  // Under the session that owns the scope, if known.
  void record(const std::string& pattern, const std::string& severity) {
    if (active_.empty()) return;
    const session::FoundState* whose = &active_.front();
    for (const session::FoundState& found : active_) {
      if (scope_.scope() && scope_.scope()->file == found.directory.child(session::kScopeFile))
        whose = &found;
    }
    record_blocked_command(place_, *whose, {whose->id, pattern, severity}, clock_.now());
  }

  const ToolCall& call_;
  std::string directory_;
  HookCall place_;
  const Clock& clock_;
  std::string configured_;  // session.state-dir
  std::vector<std::string> names_;
  std::vector<session::FoundState> active_;
  std::vector<session::ScopeCheck> scopes_;
  session::ScopeCheck scope_;  // the first of them
  ToolAnswer answer_;
};

}  // namespace

ToolAnswer pre_tool_use(std::string_view input, const std::string& directory, const Clock& clock) {
  if (trim(input).empty()) return {};
  try {
    const ToolCall call = parse_tool_call(input);
    if (call.kind == ToolCall::Kind::Other) return {};
    std::string where = directory;
    if (!call.directory.empty()) where = path_from(directory, call.directory);
    auto place = find_work_tree(where);
    if (!place) return {};
    return Judge(call, std::move(where), *std::move(place), clock).answer();
  } catch (const Error& error) {
    // What cannot be judged is denied.
    return denial(error.message());
  }
}

}  // namespace gs::githooks
