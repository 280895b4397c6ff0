#include "base/error.h"
#include "base/text.h"
#include "close/plan/commit_plan.h"
#include "close/plan/write_plan.h"
#include "git/object_id.h"
#include "session/closing.h"

namespace gs::close {

namespace {

using session::place_from_json;
using session::place_to_json;

Json path_to_json(const RepoPath& path) {
  return git::to_hex(path.bytes());
}
RepoPath path_from_json(const Json& value) {
  return RepoPath(git::from_hex(value.get<std::string>()));
}

Json push_to_json(const std::optional<PushPlan>& push) {
  if (!push) return nullptr;
  return {{"remote", bytes_to_json(push->remote)},
          {"ref", bytes_to_json(push->ref)},
          {"set_upstream", push->set_upstream},
          {"why_not", bytes_to_json(push->why_not)}};
}
std::optional<PushPlan> push_from_json(const Json& value) {
  if (!value.is_object()) return std::nullopt;
  return PushPlan{bytes_from_json(value.at("remote")), bytes_from_json(value.at("ref")),
                  value.at("set_upstream").get<bool>(), bytes_from_json(value.at("why_not"))};
}

std::optional<std::string> optional_text(const Json& value) {
  return value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt;
}

git::ObjectId oid_from_json(const Json& value) {
  const auto oid = git::ObjectId::parse(value.get<std::string>());
  if (!oid)
    throw fatal("the journal holds '" + value.get<std::string>() +
                "' where an object id should be");
  return *oid;
}

Json entry_to_json(const git::TreeEntry& entry) {
  return {{"mode", static_cast<std::uint32_t>(entry.mode)}, {"oid", entry.oid.hex()}};
}

git::TreeEntry entry_from_json(const Json& value) {
  return {static_cast<git::FileMode>(value.at("mode").get<std::uint32_t>()),
          oid_from_json(value.at("oid"))};
}

Timestamp time_from_json(const Json& value) {
  return Timestamp(std::chrono::milliseconds(value.get<std::int64_t>()));
}

}  // namespace

Json bytes_to_json(const std::string& bytes) {
  return is_utf8(bytes) ? Json(bytes) : Json{{"hex", git::to_hex(bytes)}};
}
std::string bytes_from_json(const Json& value) {
  return value.is_object() ? git::from_hex(value.at("hex").get<std::string>())
                           : value.get<std::string>();
}

Json to_json(const git::TreeDiffEntry& change) {
  return {{"path", path_to_json(change.path)},
          {"before", entry_to_json(change.before)},
          {"after", entry_to_json(change.after)}};
}

git::TreeDiffEntry change_from_json(const Json& value) {
  return {path_from_json(value.at("path")), entry_from_json(value.at("before")),
          entry_from_json(value.at("after"))};
}

Json to_json(const std::vector<CommitPlan>& plans) {
  Json commits = Json::array();
  for (const CommitPlan& commit : plans) {
    Json changes = Json::array();
    for (const git::TreeDiffEntry& change : commit.changes) changes.push_back(to_json(change));
    commits.push_back({{"message", bytes_to_json(commit.message)}, {"changes", changes}});
  }
  return commits;
}

std::vector<CommitPlan> commit_plans_from_json(const Json& value) {
  std::vector<CommitPlan> plans;
  for (const Json& commit : value) {
    CommitPlan plan{bytes_from_json(commit.at("message")), {}};
    for (const Json& change : commit.at("changes"))
      plan.changes.push_back(change_from_json(change));
    plans.push_back(std::move(plan));
  }
  return plans;
}

Json to_json(const WritePlan& plan) {
  Json files = Json::array();
  for (const FileWrite& file : plan.files) {
    files.push_back({{"phase", file.phase},
                     {"place", place_to_json(file.path)},
                     {"before", or_null(file.before)},
                     {"after", or_null(file.after)}});
  }
  Json lines = Json::array();
  for (const LineWrite& line : plan.lines) {
    lines.push_back(
        {{"phase", line.phase}, {"place", place_to_json(line.path)}, {"line", line.line}});
  }
  Json record_paths = Json::array();
  for (const auto& [path, head] : plan.record_paths)
    record_paths.push_back({{"path", path_to_json(path)}, {"head", entry_to_json(head)}});
  Json answers = Json::object();
  for (const auto& [phase, answer] : plan.answers) {
    answers[phase] = {
        {"skipped", answer.skipped}, {"summary", answer.summary}, {"problems", answer.problems}};
  }
  Json notes = Json::object();
  for (const auto& [phase, path] : plan.notes) notes[phase] = place_to_json(path);
  return {{"session", plan.session},
          {"state_directory", place_to_json(plan.state_directory)},
          {"branch", bytes_to_json(plan.branch)},
          {"started_at", plan.started_at.time_since_epoch().count()},
          {"completed_at", plan.completed_at.time_since_epoch().count()},
          {"files", files},
          {"record_file", place_to_json(plan.record_file)},
          {"record_line", plan.record_line},
          {"lines", lines},
          {"record_alone", plan.record_alone},
          {"has_commits", plan.has_commits},
          {"waits", plan.waits},
          {"amends", plan.amends},
          {"records_message", bytes_to_json(plan.records_message)},
          {"record_paths", record_paths},
          {"push", push_to_json(plan.push)},
          {"issues", plan.issues},
          {"tasks", plan.tasks},
          {"tracker", plan.tracker},
          {"report", report::to_json(plan.report)},
          {"answers", answers},
          {"notes", notes},
          {"learned", plan.learned},
          {"vault", git::to_hex(plan.vault)}};
}

WritePlan write_plan_from_json(const Json& value) {
  WritePlan plan;
  plan.session = value.at("session").get<std::string>();
  plan.state_directory = place_from_json(value.at("state_directory"));
  plan.branch = bytes_from_json(value.at("branch"));
  plan.started_at = time_from_json(value.at("started_at"));
  plan.completed_at = time_from_json(value.at("completed_at"));
  for (const Json& file : value.at("files")) {
    plan.files.push_back({file.at("phase").get<std::string>(), place_from_json(file.at("place")),
                          optional_text(file.at("before")), optional_text(file.at("after"))});
  }
  plan.record_file = place_from_json(value.at("record_file"));
  plan.record_line = value.at("record_line").get<std::string>();
  for (const Json& line : value.value("lines", Json::array()))
    plan.lines.push_back({line.at("phase").get<std::string>(), place_from_json(line.at("place")),
                          line.at("line").get<std::string>()});
  plan.record_alone = value.at("record_alone").get<bool>();
  plan.has_commits = value.at("has_commits").get<bool>();
  plan.waits = value.value("waits", false);
  plan.amends = value.value("amends", false);
  plan.records_message = bytes_from_json(value.at("records_message"));
  for (const Json& record : value.at("record_paths"))
    plan.record_paths[path_from_json(record.at("path"))] = entry_from_json(record.at("head"));
  plan.push = push_from_json(value.value("push", Json()));
  plan.issues = value.at("issues");
  plan.tasks = value.value("tasks", Json::array());
  plan.tracker = value.at("tracker").get<std::string>();
  plan.report = report::report_from_json(value.at("report")).value_or(report::Report{});
  const Json answers = value.value("answers", Json::object());
  for (const auto& [phase, answer] : answers.items()) {
    plan.answers[phase] = {
        answer.at("skipped").get<std::string>(), answer.at("summary").get<std::string>(),
        answer.at("problems").get<std::vector<std::string>>(), answer.value("detail", "")};
  }
  for (const auto& [phase, path] : value.at("notes").items())
    plan.notes[phase] = place_from_json(path);
  plan.learned = value.at("learned").get<std::vector<std::string>>();
  plan.vault = git::from_hex(value.value("vault", ""));
  return plan;
}

}  // namespace gs::close
