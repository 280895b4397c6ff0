#include <algorithm>
#include <map>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "close/issues/issue_writing.h"
#include "close/journal/file_writes.h"
#include "close/phases/phases.h"
#include "close/plan/session_notes.h"
#include "tracker/issue.h"
#include "tracker/queue.h"
#include "tracker/select.h"

namespace gs::close {

namespace {

std::size_t count(const Json& actions, std::string_view key, std::string_view value) {
  std::size_t found = 0;
  for (const Json& action : actions) {
    if (action.value(key, "") == value) ++found;
  }
  return found;
}

std::string summarize(const Json& actions, bool would) {
  std::vector<std::string> parts;
  const auto part = [&](std::string_view action, std::string_view done, std::string_view todo) {
    std::size_t number = 0;
    for (const Json& each : actions) {
      if (each.at("action") == action && each.value("outcome", "done") == "done") ++number;
    }
    if (number > 0)
      parts.push_back(std::string(would ? todo : done) + " " + std::to_string(number));
  };
  part("create", "filed", "would file");
  part("comment", "commented on", "would comment on");
  part("close", "closed", "would close");
  return join(parts, ", ");
}

// "#1 Document it, #2 Add a CI job; closed #3"
std::string names(const Json& actions) {
  constexpr std::size_t kMostTitles = 4;
  const auto list = [&](std::string_view action, bool with_title) {
    std::vector<std::string> named;
    for (const Json& each : actions) {
      if (each.at("action") != action || each.value("outcome", "done") != "done") continue;
      const Json reference = each.value("reference", Json());
      std::string name = reference.is_string() ? reference.get<std::string>() : "";
      const std::string_view title =
          tracker::without_carryover(each.at("title").get_ref<const std::string&>());
      if (with_title || name.empty()) name += (name.empty() ? "" : " ") + std::string(title);
      named.push_back(std::move(name));
    }
    return join_some(named, kMostTitles);
  };
  std::vector<std::string> parts;
  if (std::string filed = list("create", true); !filed.empty()) parts.push_back(std::move(filed));
  if (const std::string closed = list("close", false); !closed.empty())
    parts.push_back("closed " + closed);
  if (const std::string noted = list("comment", false); !noted.empty())
    parts.push_back("commented on " + noted);
  return join(parts, "; ");
}

PhaseResult say_names(const Context& context, const Json& actions, PhaseResult result) {
  if (const std::string text = names(actions); !text.empty())
    say(context.observer, {.outcome = result.outcome, .label = "issues", .text = text});
  return result;
}

PhaseResult nothing_or(const std::string& summary) {
  return ok(summary.empty() ? "nothing to file or close" : summary);
}

// In local files; unreadable and missing ones are named.
PhaseResult local_answer(const WritePlan& plan, const std::string& summary) {
  PhaseResult result = nothing_or(summary);
  const auto answer = plan.answers.find("issues");
  if (answer == plan.answers.end() || answer->second.problems.empty()) return result;
  const std::vector<std::string>& problems = answer->second.problems;
  result.outcome = Outcome::Warn;
  result.summary += "; " + problems.front();
  for (const std::string& problem : problems) {
    result.findings.push_back({.source = "issues",
                               .severity = session::Severity::Low,
                               .title = problem,
                               .recommendation = "left as it is"});
  }
  return result;
}

// An unpushed fix does not close an issue; and unless `vcs` names a tracker, nothing about unpushed
// work is published.
bool waits_for_a_push(const Context& context, const tracker::Task& task) {
  if (!context.pushed.empty()) return false;
  return task.kind == tracker::Task::Kind::Close ||
         !tracker::select_tracker(context.workspace).configured;
}

// One that the tracker is asked about.
Json write_task(Context& context, IssueWriting& writing, const tracker::Task& task,
                std::size_t number) {
  const std::optional<Json> done = context.journal.step(
      "issue/" + std::to_string(number), [] { return Json::object(); },
      // Always asked again: the markers in the tracker show what was done.
      [](const Json&) -> std::optional<Json> { return std::nullopt; },
      [&](const Json&) -> std::optional<Json> { return writing.carry_out(task); });
  return *done;
}

// What an earlier run of this close has done, by the task's step.
std::map<std::string, Json> finished_tasks(const Journal& journal) {
  std::map<std::string, Json> finished;
  for (const Json& event : journal.events()) {
    const std::string step = event.value("step", "");
    if (event.value("event", "") == "done" && step.starts_with("issue/"))
      finished[step] = event.value("result", Json());
  }
  return finished;
}

// Tasks about which the tracker is not asked, and where their answers belong.
struct Unasked {
  std::vector<tracker::Task> tasks;
  std::vector<std::size_t> numbers;

  void add(const tracker::Task& task, std::size_t number) {
    tasks.push_back(task);
    numbers.push_back(number);
  }
  void queue(IssueWriting& writing, const std::string& why, std::vector<Json>& actions) const {
    const std::vector<Json> queued = writing.queue(tasks, why);
    for (std::size_t i = 0; i < queued.size(); ++i) actions[numbers[i]] = queued[i];
  }
};

std::vector<Json> write_tasks(Context& context, IssueWriting& writing) {
  const WritePlan& plan = *context.write_plan;
  const std::map<std::string, Json> finished = finished_tasks(context.journal);
  std::vector<Json> actions(plan.tasks.size());
  Unasked waiting;
  Unasked given_up;
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    const auto task = tracker::task_from_json(plan.tasks.at(i));
    const auto earlier = finished.find("issue/" + std::to_string(i));
    if (!task) {
      actions[i] = plan.issues.at(i);
    } else if (earlier != finished.end()) {
      actions[i] = earlier->second;
    } else if (waits_for_a_push(context, *task)) {
      waiting.add(*task, i);
    } else if (!writing.trouble().empty()) {
      given_up.add(*task, i);
    } else {
      actions[i] = write_task(context, writing, *task, i);
    }
  }
  waiting.queue(writing, "nothing was pushed", actions);
  given_up.queue(writing, writing.trouble(), actions);
  return actions;
}

std::string details(const Json& actions) {
  std::string lines;
  for (const Json& action : actions) {
    const Json detail = action.value("detail", Json());
    if (!detail.is_string()) continue;
    lines += action.at("action").get<std::string>() + " '" + action.at("title").get<std::string>() +
             "': " + detail.get<std::string>() + "\n";
  }
  return lines;
}

bool rewrites_notes(const WritePlan& plan) {
  return std::any_of(plan.files.begin(), plan.files.end(),
                     [](const FileWrite& file) { return file.phase == "notes"; });
}

// The notes about the session were written before its issues had numbers. Returns why they could
// not be written again.
std::string name_issues_in_notes(Context& context) {
  WritePlan& plan = *context.write_plan;
  try {
    if (!rewrites_notes(plan)) {
      plan_notes_again(context);
      if (!rewrites_notes(plan)) return "";
      context.journal.record("write-plan", {{"plan", to_json(plan)}});
    }
    (void)write_files(context, "notes");  // files changed meanwhile stay
    return "";
  } catch (const Error& error) {
    return "the session's notes do not name the issues: " + error.message() + "\n";
  }
}

// What earlier closes had queued, with what this close did of it before it was killed.
Json carry_out_queued(Context& context, IssueWriting& writing) {
  Json actions = Json::array();
  for (const Json& event : context.journal.events()) {
    if (event.value("event", "") != "queued-issue") continue;
    if (event.at("action").at("outcome") != "queued") actions.push_back(event.at("action"));
  }
  for (const Json& action : writing.carry_out_queued()) {
    context.journal.record("queued-issue", {{"action", action}});
    actions.push_back(action);
  }
  return actions;
}

PhaseResult write_hosted(Context& context) {
  const WritePlan& plan = *context.write_plan;
  IssueWriting writing(context, plan.tracker);
  const Json earlier = carry_out_queued(context, writing);
  Json actions = Json::array();
  for (Json& action : write_tasks(context, writing)) actions.push_back(std::move(action));
  context.filed = actions;
  for (const Json& action : earlier) actions.push_back(action);
  context.issues = actions;

  std::vector<std::string> parts;
  if (const std::string summary = summarize(actions, false); !summary.empty())
    parts.push_back(summary);
  const std::size_t queued = count(actions, "outcome", "queued");
  const std::size_t failed = count(actions, "outcome", "failed");
  if (queued > 0) parts.push_back("queued " + std::to_string(queued));
  if (failed > 0) parts.push_back("failed " + std::to_string(failed));
  const std::string trouble = details(actions) + name_issues_in_notes(context);
  if (trouble.empty()) return say_names(context, actions, nothing_or(join(parts, ", ")));
  PhaseResult result = warn(join(parts, ", ") + ": " + std::string(split_lines(trouble).front()));
  for (const std::string_view line : split_lines(trouble))
    add_problem(result, "issues", std::string(line));
  result.hint = writing.hint();
  return say_names(context, actions, std::move(result));
}

std::vector<tracker::Task> planned_tasks(const Context& context) {
  std::vector<tracker::Task> tasks;
  for (const Json& planned : context.write_plan->tasks) {
    if (auto task = tracker::task_from_json(planned)) tasks.push_back(*std::move(task));
  }
  return tasks;
}

// In files that no commit of this close takes along.
PhaseResult queue_for_files(Context& context) {
  IssueWriting writing(context, "local");
  Json actions = Json::array();
  for (Json& action : writing.queue(planned_tasks(context), "filed by the next close that commits"))
    actions.push_back(std::move(action));
  context.filed = actions;
  context.issues = actions;
  return nothing_or(actions.empty() ? "" : "queued " + std::to_string(actions.size()));
}

void forget_queued(Context& context) {
  const tracker::Queue queue(context.workspace.own_path("queued-issues.jsonl"));
  queue.remove("local", planned_tasks(context));
}

PhaseResult preview_issues(Context& context) {
  const WritePlan& plan = *context.write_plan;
  if (plan.tracker == "none") return skip("vcs is none");
  return local_answer(plan, summarize(plan.issues, true));
}

PhaseResult write_issues(Context& context) {
  const WritePlan& plan = *context.write_plan;
  if (plan.tracker == "none") return skip("vcs is none");
  if (plan.tracker != "local") return write_hosted(context);
  if (plan.waits) return queue_for_files(context);
  forget_queued(context);
  return say_names(context, plan.issues, local_answer(plan, summarize(plan.issues, false)));
}

}  // namespace

const Phase kIssues{
    .id = "issues",
    .title = "Issues",
    .look = preview_issues,
    .write = write_issues,
    .does = R"(closes done and dropped items' issues, files what is left over, updates `status:`
labels; in files, which are written before `records` so that they are in the records' commit, or
by `gh` and `glab` after the push, and the session's notes then name them)",
    .skipped_when = R"(`vcs` is none)",
    .blocks_when = R"(never; what could not be filed is queued, reported, and filed by a later
close; an issue's file that cannot be read is named, and stays)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
