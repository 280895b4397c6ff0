#include "cli/scope_text.h"

#include <algorithm>

#include "base/text.h"
#include "cli/json_values.h"
#include "report/figures.h"
#include "session/baseline.h"

namespace gs::cli {
namespace {

using report::one_line;
using report::pad;
using report::paint;
using report::Tone;
using session::ScopeCheck;
using session::WaveScope;

constexpr std::size_t kLabelColumn = 13;  // width of the label column

std::vector<std::string> patterns_of(const WaveScope& scope) {
  std::vector<std::string> patterns;
  for (const Glob& glob : scope.allowed_paths) patterns.push_back(glob.pattern());
  return patterns;
}

void add_lines(std::string_view label, const std::vector<std::string>& items, const Style& style,
               std::string& text) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    text +=
        paint(pad(i == 0 ? label : "", kLabelColumn), Tone::Dim, style.colour) + items[i] + "\n";
  }
}

Json gates_json(const WaveScope& scope) {
  Json gates = Json::object();
  for (const std::string_view gate : {session::kPathGuard, session::kCommandGuard}) {
    gates[std::string(gate)] = scope.gate(gate);
  }
  for (const std::string& gate : scope.gates_off) gates[gate] = false;
  return gates;
}

// " src/**, docs/ and 3 more".
std::string short_list(std::vector<std::string> items, std::size_t most) {
  for (std::string& item : items) item = one_line(item);
  return items.empty() ? "nothing" : join_some(items, most);
}

std::string why_unguarded(const ScopeCheck& scope) {
  if (!scope.scope()) return "no scope is set: every path is allowed";
  const std::string file = scope.scope()->file.shown();
  if (scope.enforcement() == session::Enforcement::Off) {
    return "enforcement is off in " + file + ": every path is allowed";
  }
  return "the path-guard is off in " + file + ": every path is allowed";
}

std::string what_was_checked(const workflow::ScopeReport& report) {
  std::string text = plural(report.paths, "path");
  if (report.commits > 0) text += " of " + plural(report.commits, "commit");
  return text;
}

// The reason without the path, which is shown beside it.
std::string short_reason(const session::ScopeViolation& violation) {
  if (violation.rule == "outside-tree") return "outside the work tree";
  if (violation.rule == "symlink") return "leaves the work tree through a symbolic link";
  return "";
}

std::string violation_lines(const workflow::ScopeReport& report,
                            const std::optional<git::ObjectId>& commit, const Style& style) {
  std::size_t width = 0;
  for (const workflow::JudgedViolation& judged : report.violations) {
    if (!short_reason(judged.violation).empty()) {
      width = std::max(width, report::display_width(quote_path(judged.violation.path)));
    }
  }
  std::string text;
  for (const workflow::JudgedViolation& judged : report.violations) {
    if (judged.commit != commit) continue;
    const std::string reason = short_reason(judged.violation);
    const std::string path = quote_path(judged.violation.path);
    text += "  " + (reason.empty() ? path : pad(path, width) + "  ") +
            paint(reason, Tone::Dim, style.colour) + "\n";
  }
  return text;
}

}  // namespace

Json scope_json(const ScopeCheck& scope) {
  const auto& found = scope.scope();
  Json fields = {{"scope", found ? json_path(found->file.bytes()) : Json()},
                 {"enforcement", session::enforcement_name(scope.enforcement())}};
  if (!found) return fields;
  fields["wave"] = or_null(found->wave);
  fields["role"] = text_or_null(found->role);
  fields["allowed_paths"] = patterns_of(*found);
  fields["blocked_commands"] = found->blocked_commands;
  fields["gates"] = gates_json(*found);
  fields["problems"] = found->problems;
  return fields;
}

std::string scope_text(const ScopeCheck& scope, const Style& style) {
  const auto& found = scope.scope();
  if (!found) {
    return "no scope is set: every path is allowed (enforcement would be " +
           std::string(session::enforcement_name(scope.enforcement())) + ")\n";
  }
  std::string text;
  add_lines("scope", {paint(found->file.shown(), Tone::Bold, style.colour)}, style, text);
  if (found->wave || !found->role.empty()) {
    std::string wave = found->wave ? "wave " + std::to_string(*found->wave) : "";
    if (!found->role.empty()) wave += (wave.empty() ? "" : ", ") + one_line(found->role);
    add_lines("", {wave}, style, text);
  }
  const bool strict = scope.enforcement() == session::Enforcement::Strict;
  add_lines("enforcement",
            {paint(session::enforcement_name(scope.enforcement()),
                   strict ? Tone::Accent : Tone::Plain, style.colour)},
            style, text);
  std::vector<std::string> allowed;
  for (const std::string& pattern : patterns_of(*found)) allowed.push_back(one_line(pattern));
  if (allowed.empty()) allowed.push_back(paint("nothing", Tone::Warn, style.colour));
  add_lines("allowed", allowed, style, text);
  std::vector<std::string> blocked;
  for (const std::string& command : found->blocked_commands) blocked.push_back(one_line(command));
  add_lines("blocked", blocked, style, text);
  std::vector<std::string> off;
  for (const std::string& gate : found->gates_off) off.push_back(one_line(gate) + " is off");
  add_lines("gates", off, style, text);
  return text;
}

Json report_json(const ScopeCheck& scope, const workflow::ScopeReport& report) {
  Json violations = Json::array();
  for (const workflow::JudgedViolation& judged : report.violations) {
    violations.push_back({{"path", json_path(judged.violation.path)},
                          {"rule", judged.violation.rule},
                          {"commit", session::id_to_json(judged.commit)},
                          {"message", judged.violation.message}});
  }
  return {{"in_scope", report.violations.empty()},
          {"enforcement", session::enforcement_name(scope.enforcement())},
          {"violations", violations},
          {"scope", scope.scope() ? json_path(scope.scope()->file.bytes()) : Json()},
          {"paths", report.paths},
          {"commits", report.commits}};
}

std::string report_text(const ScopeCheck& scope, const workflow::ScopeReport& report,
                        const Style& style) {
  if (!scope.guards_paths()) return why_unguarded(scope) + "\n";
  const std::string file = scope.scope()->file.shown();
  if (report.violations.empty()) {
    return paint("✓ ", Tone::Good, style.colour) + what_was_checked(report) +
           (report.paths == 1 ? ", allowed by " : ", all allowed by ") + file + "\n";
  }
  std::string text = paint("✗ ", Tone::Bad, style.colour) +
                     std::to_string(report.violations.size()) + " of " + what_was_checked(report) +
                     " out of scope\n";
  text += violation_lines(report, std::nullopt, style);
  for (const git::Commit& commit : report.violating) {
    text += paint(commit.oid.hex().substr(0, 10), Tone::Accent, style.colour) + " " +
            one_line(commit.subject) + "\n" + violation_lines(report, commit.oid, style);
  }
  text += paint("allowed by " + file + " (" +
                    std::string(session::enforcement_name(scope.enforcement())) +
                    "): " + short_list(patterns_of(*scope.scope()), 8),
                Tone::Dim, style.colour);
  return text + "\n";
}

}  // namespace gs::cli
