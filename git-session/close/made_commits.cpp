#include "close/made_commits.h"

#include "close/private_index.h"
#include "git/own_index.h"

namespace gs::close {

namespace {

constexpr std::size_t kMostCommitsSince = 200;

std::optional<git::ObjectId> oid_in(const Json& value) {
  return value.is_string() ? git::ObjectId::parse(value.get<std::string>()) : std::nullopt;
}

Json hex_or_null(const std::optional<git::ObjectId>& oid) {
  return oid ? Json(oid->hex()) : Json();
}

std::string subject_of(const std::string& message) {
  return message.substr(0, message.find('\n'));
}

// The newest of the journal's events of one step.
Json newest(const Journal& journal, std::string_view event, const std::string& step) {
  Json found;
  for (const Json& line : journal.events()) {
    if (line.value("event", "") == event && line.value("step", "") == step) found = line;
  }
  return found;
}

}  // namespace

Json to_json(const CommitOnParent& commit) {
  return {{"oid", commit.oid.hex()}, {"parent", hex_or_null(commit.parent)}};
}

CommitOnParent commit_from_json(const Json& value) {
  return {oid_in(value.at("oid")).value_or(git::ObjectId{}), oid_in(value.at("parent"))};
}

Json commit_intent(const git::Repository& repository, Timestamp now) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(now);
  return {{"parent", hex_or_null(repository.head().commit)},
          {"author_time", Timestamp(whole).time_since_epoch().count()}};
}

std::optional<git::ObjectId> parent_of(const Json& intent) {
  return oid_in(intent.at("parent"));
}

Timestamp author_time(const Json& intent) {
  return Timestamp{std::chrono::milliseconds(intent.at("author_time").get<std::int64_t>())};
}

std::optional<CommitOnParent> find_made(const git::Repository& repository, const Json& intent,
                                        const CommitPlan& plan) {
  const std::optional<git::ObjectId> parent = parent_of(intent);
  const std::optional<git::ObjectId> head = repository.head().commit;
  if (!head || head == parent) return std::nullopt;
  for (const git::ObjectId& oid : repository.commits_between(parent, *head, kMostCommitsSince)) {
    const git::Commit commit = repository.commit(oid);
    const std::optional<git::ObjectId> first =
        commit.parents.empty() ? std::nullopt : std::optional(commit.parents.front());
    if (first != parent) continue;
    // A hook may have changed the message, the environment the author's time.
    if (commit.author_time == author_time(intent) || commit.subject == subject_of(plan.message)) {
      return CommitOnParent{oid, parent};
    }
  }
  return std::nullopt;
}

std::vector<NumberedCommit> made_commits(const git::Repository& repository, const Journal& journal,
                                         const WritePlan& plan) {
  std::vector<NumberedCommit> made;
  for (std::size_t number = 0; number < plan.commits.size(); ++number) {
    const std::string step = "commit/" + std::to_string(number);
    if (const Json done = newest(journal, "done", step); done.is_object()) {
      made.push_back({number, commit_from_json(done.at("result"))});
    } else if (const Json begun = newest(journal, "begin", step); begun.is_object()) {
      const auto found = find_made(repository, begun.at("intent"), plan.commits[number]);
      if (found) made.push_back({number, *found});
    }
  }
  return made;
}

void bring_index_to(const session::Workspace& workspace, Journal& journal, std::size_t number,
                    const CommitOnParent& commit) {
  const git::Repository& repository = workspace.repository;
  (void)journal.step(
      "index/" + std::to_string(number), [] { return Json::object(); },
      // Doing it again changes nothing that is right already.
      [](const Json&) { return std::optional<Json>(); },
      [&](const Json&) -> std::optional<Json> {
        git::apply_to_own_index(repository, Journal::directory(workspace),
                                follow_commit(repository, commit.parent, commit.oid));
        return Json::object();
      });
}

}  // namespace gs::close
