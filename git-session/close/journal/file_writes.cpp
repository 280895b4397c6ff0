#include "close/journal/file_writes.h"

#include <algorithm>

#include "base/file/file.h"
#include "git/index/replace_file.h"
#include "git/objects/merge.h"
#include "session/workspace.h"

namespace gs::close {

std::optional<std::string> kept(const Journal& journal, const std::optional<std::string>& key) {
  return key ? std::optional(journal.kept(*key)) : std::nullopt;
}

void set_content(const session::Workspace& workspace, const FilePlace& file,
                 const std::optional<std::string>& content) {
  if (content) {
    git::replace_file(workspace.repository.files(), Journal::directory(workspace), file, *content);
  } else {
    workspace.repository.files().remove(file);
  }
}

namespace {

// A file of the plan, with its contents.
struct Target {
  const FileWrite* file;
  std::optional<std::string> before, after;
};

// Records of the private home are shared by all worktrees: a close of another one may have written
// them since this one planned.
bool is_shared_record(const FileWrite& file) {
  return !file.path.inside() && file.phase == "learnings" && file.path.name().ends_with(".jsonl");
}

// What to write: nothing if the file is neither as it was planned from nor as planned, and not a
// list of lines that the changes of both fit into.
std::optional<std::string> content_for(const TreeFiles& files, const Target& target) {
  const std::optional<std::string> now = files.read(target.file->path, FileLimit::Records);
  if (now == target.before || now == target.after) return target.after.value_or("");
  if (!now || !target.after || !is_shared_record(*target.file)) return std::nullopt;
  return git::merge_lines(target.before.value_or(""), *target.after, *now);
}
bool may_be_written(const TreeFiles& files, const Target& target) {
  return content_for(files, target).has_value();
}

std::vector<std::size_t> set_contents(const session::Workspace& workspace,
                                      const std::vector<Target>& targets,
                                      const std::vector<std::size_t>& wanted) {
  const TreeFiles files = workspace.repository.files();
  std::vector<std::size_t> written;
  std::vector<std::string> contents;  // which the replacements only view
  std::vector<git::Replacement> replaced;
  contents.reserve(wanted.size());
  for (const std::size_t i : wanted) {
    std::optional<std::string> content = content_for(files, targets[i]);
    if (!content) continue;
    written.push_back(i);
    contents.push_back(*std::move(content));
    if (targets[i].after) replaced.push_back({targets[i].file->path, contents.back()});
    if (!targets[i].after) files.remove(targets[i].file->path);
  }
  if (!replaced.empty()) git::replace_files(files, Journal::directory(workspace), replaced);
  return written;
}

}  // namespace

bool has_written(const Journal& journal, const FileWrite& file) {
  const std::vector<Json> intents = journal.intents(step_id(file));
  return std::any_of(intents.begin(), intents.end(),
                     [](const Json& intent) { return intent.value("writes", true); });
}

std::string step_id(const FileWrite& file) {
  return "file/" + file.phase + "/" + file.path.bytes();
}

std::vector<FilePlace> write_files(Context& context, std::string_view phase) {
  std::vector<Target> targets;
  std::vector<std::string> ids;
  for (const FileWrite& file : context.write_plan->files) {
    if (file.phase != phase) continue;
    targets.push_back(
        {&file, kept(context.journal, file.before), kept(context.journal, file.after)});
    ids.push_back(step_id(file));
  }
  const TreeFiles files = context.repository().files();
  const std::vector<std::size_t> failed = context.journal.steps(
      ids,
      [&](std::size_t i) {
        return Json{{"writes", may_be_written(files, targets[i])}};
      },
      [&](std::size_t i) {
        return files.read(targets[i].file->path, FileLimit::Records) == targets[i].after;
      },
      [&](const std::vector<std::size_t>& wanted) {
        return set_contents(context.workspace, targets, wanted);
      });
  std::vector<FilePlace> left;
  for (const std::size_t i : failed) left.push_back(targets[i].file->path);
  return left;
}

void take_back_files(const Context& context, std::string_view phase) {
  for (const FileWrite& file : context.write_plan->files) {
    if (file.phase != phase || !has_written(context.journal, file)) continue;
    const std::optional<std::string> before = kept(context.journal, file.before);
    const std::optional<std::string> now =
        context.repository().files().read(file.path, FileLimit::Records);
    if (now != before && now == kept(context.journal, file.after))
      set_content(context.workspace, file.path, before);
  }
}

namespace {

void append_line(Context& context, const std::string& step, const FilePlace& file,
                 const std::string& line) {
  const TreeFiles files = context.repository().files();
  (void)context.journal.step(
      step,
      [&]() -> Json {
        return {{"there", files.info(file).has_value()}};
      },
      [&](const Json&) -> std::optional<Json> {
        const std::string text = files.read(file, FileLimit::Records).value_or("");
        const bool there = text.starts_with(line) || text.find("\n" + line) != std::string::npos;
        return there ? std::optional(Json::object()) : std::nullopt;
      },
      [&](const Json&) -> std::optional<Json> {
        files.append(file, line);
        return Json::object();
      });
}

}  // namespace

std::string step_of_line(std::size_t number) {
  return "line/" + std::to_string(number);
}

void append_record(Context& context) {
  append_line(context, "record", context.write_plan->record_file, context.write_plan->record_line);
}

void append_lines_of(Context& context, std::string_view phase) {
  const std::vector<LineWrite>& lines = context.write_plan->lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].phase == phase)
      append_line(context, step_of_line(i), lines[i].path, lines[i].line);
  }
}

namespace {

PhaseResult with_problems(PhaseResult result, const std::string& phase,
                          const std::vector<std::string>& problems) {
  for (const std::string& problem : problems) {
    result.outcome = Outcome::Warn;
    result.findings.push_back(
        {.source = phase, .severity = session::Severity::Low, .title = problem});
  }
  if (!problems.empty()) {
    result.summary += result.summary.empty() ? problems.front() : "; " + problems.front();
  }
  return result;
}

}  // namespace

PhaseResult preview_planned(Context& context, const std::string& phase) {
  const PlannedAnswer& answer = context.write_plan->answers[phase];
  if (!answer.skipped.empty()) return skip(answer.skipped);
  PhaseResult result = with_problems(ok("would write: " + answer.summary), phase, answer.problems);
  result.detail = answer.detail;
  return result;
}

PhaseResult write_planned(Context& context, const std::string& phase) {
  const PlannedAnswer& answer = context.write_plan->answers[phase];
  if (!answer.skipped.empty()) return skip(answer.skipped);
  std::vector<std::string> problems = answer.problems;
  for (const FilePlace& left : write_files(context, phase)) {
    problems.push_back(left.quoted() + " was changed while the close was running: left as it is");
  }
  PhaseResult result = with_problems(ok(answer.summary), phase, problems);
  result.detail = answer.detail;
  return result;
}

}  // namespace gs::close
