#include "base/file.h"
#include "base/text.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

std::string summarize(const Json& actions, bool would) {
  std::size_t created = 0;
  std::size_t closed = 0;
  for (const Json& action : actions) ++(action.at("action") == "create" ? created : closed);
  const std::string prefix = would ? "would " : "";
  std::vector<std::string> parts;
  if (created > 0) parts.push_back((would ? "would file " : "filed ") + std::to_string(created));
  if (closed > 0) parts.push_back((would ? "would close " : "closed ") + std::to_string(closed));
  return parts.empty() ? "nothing to file or close" : join(parts, ", ");
}

PhaseResult skipped_or(const Context& context, bool would) {
  const WritePlan& plan = *context.write_plan;
  if (plan.tracker == "none") return skip("vcs is none");
  return ok(summarize(plan.issues, would));
}

// A tracker that this version cannot reach: what was to be done there is kept in the git directory.
PhaseResult queue(Context& context) {
  const WritePlan& plan = *context.write_plan;
  const std::string file = context.workspace.own_path("queued-issues.jsonl");
  for (std::size_t i = 0; i < plan.issues.size(); ++i) {
    Json line = {{"session", plan.session}, {"number", i}, {"tracker", plan.tracker}};
    line.update(plan.issues[i]);
    const std::string text = formats::to_json_line(line) + "\n";
    (void)context.journal.step(
        "queue/" + std::to_string(i), [] { return Json::object(); },
        [&](const Json&) -> std::optional<Json> {
          const std::string known = read_file_if_exists(file).value_or("");
          return known.find(text) != std::string::npos ? std::optional(Json::object())
                                                       : std::nullopt;
        },
        [&](const Json&) -> std::optional<Json> {
          append_lines(file, text);
          return Json::object();
        });
  }
  PhaseResult result =
      warn(plural(plan.issues.size(), "issue action") +
           " queued: this version reaches the local tracker only, and vcs is " + plan.tracker);
  result.hint = "set 'git session config vcs local' to keep issues in the repository";
  return result;
}

}  // namespace

PhaseResult preview_issues(Context& context) {
  return skipped_or(context, true);
}

PhaseResult write_issues(Context& context) {
  const WritePlan& plan = *context.write_plan;
  const bool reachable = plan.tracker == "local" || plan.tracker == "none";
  if (!reachable && !plan.issues.empty()) return queue(context);
  return skipped_or(context, false);
}

}  // namespace gs::close
