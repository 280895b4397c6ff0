#include "close/commit/intended.h"

#include <algorithm>

#include "close/plan/commit_plan.h"
#include "session/baseline.h"

namespace gs::close {

Json to_json(const Intended& commit) {
  Json value = {{"oid", commit.oid.hex()},
                {"parent", commit.parent ? Json(commit.parent->hex()) : Json()},
                {"subject", bytes_to_json(commit.subject)},
                {"files", commit.files},
                {"amends", commit.amends ? Json(commit.amends->hex()) : Json()},
                {"hooks", bytes_to_json(commit.hooks)},
                {"planned", commit.planned ? Json(commit.planned->hex()) : Json()}};
  if (!commit.staged) return value;
  Json staged = Json::array();
  for (const git::StagedPath& entry : *commit.staged) {
    Json line = {{"before", session::entry_to_json(entry.before)}};
    if (entry.after != entry.before) line["after"] = session::entry_to_json(entry.after);
    session::put_path(entry.path, line);
    staged.push_back(std::move(line));
  }
  value["staged"] = std::move(staged);
  return value;
}

namespace {

std::optional<git::ObjectId> oid_in(const Json& value) {
  return value.is_string() ? git::ObjectId::parse(value.get<std::string>()) : std::nullopt;
}

}  // namespace

Intended intended_from_json(const Json& value) {
  Intended commit{oid_in(value.at("oid")).value_or(git::ObjectId{}),
                  oid_in(value.at("parent")),
                  bytes_from_json(value.at("subject")),
                  value.at("files").get<std::size_t>(),
                  oid_in(value.value("amends", Json())),
                  bytes_from_json(value.value("hooks", Json(""))),
                  oid_in(value.value("planned", Json()))};
  if (!value.contains("staged")) return commit;
  commit.staged.emplace();
  for (const Json& entry : value.at("staged")) {
    const git::TreeEntry before = session::entry_from_json(entry.at("before"));
    const bool changes = entry.contains("after");
    commit.staged->push_back({session::get_path(entry), before,
                              changes ? session::entry_from_json(entry.at("after")) : before});
  }
  return commit;
}

namespace {

std::string step_of(std::size_t number) {
  return "commit/" + std::to_string(number);
}

}  // namespace

std::vector<Intended> done_steps(const Journal& journal) {
  std::vector<Intended> done;
  while (true) {
    const std::string step = step_of(done.size());
    const auto& events = journal.events();
    const auto found = std::find_if(events.begin(), events.end(), [&](const Json& event) {
      return event.value("event", "") == "done" && event.value("step", "") == step;
    });
    if (found == events.end()) return done;
    done.push_back(intended_from_json(found->at("result")));
  }
}

std::string next_step(const Journal& journal) {
  return step_of(done_steps(journal).size());
}

std::vector<Intended> done_commits(const Journal& journal) {
  std::vector<Intended> commits;
  for (Intended& commit : done_steps(journal)) {
    if (commit.amends) commits.pop_back();
    commits.push_back(std::move(commit));
  }
  return commits;
}

std::optional<std::vector<git::FollowedCommit>> followed_commits(const Journal& journal) {
  std::vector<git::FollowedCommit> followed;
  const std::vector<Intended> done = done_steps(journal);
  for (std::size_t i = 0; i < done.size(); ++i) {
    const std::vector<Json> intents = journal.intents(step_of(i));
    if (intents.empty()) return std::nullopt;
    Intended begun = intended_from_json(intents.back());
    if (!begun.staged || begun.oid != done[i].oid) return std::nullopt;
    followed.push_back({begun.from(), begun.oid, *std::move(begun.staged)});
  }
  return followed;
}

}  // namespace gs::close
