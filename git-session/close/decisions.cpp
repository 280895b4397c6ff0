#include "close/decisions.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "checks/secrets/mask.h"
#include "git/repository.h"
#include "session/baseline.h"

namespace gs::close {

namespace {

Json to_json(const std::vector<session::DecisionFile>& files, const session::Answer& answer) {
  Json list = Json::array();
  for (const session::DecisionFile& file : files) {
    Json one = {{"reason", file.reason}, {"choice", choice_for(answer, file.path)}};
    session::put_path(file.path, one);
    list.push_back(std::move(one));
  }
  return list;
}

// Absent if it says nothing of one of the files.
std::optional<session::Answer> answer_of_files(const std::vector<session::DecisionFile>& files,
                                               const Json& list) {
  std::map<std::pair<RepoPath, std::string>, std::string> said;
  for (const Json& one : list) {
    said[{session::get_path(one), one.at("reason").get<std::string>()}] =
        one.at("choice").get<std::string>();
  }
  std::map<RepoPath, std::string> each;
  for (const session::DecisionFile& file : files) {
    const auto found = said.find({file.path, file.reason});
    if (found == said.end()) return std::nullopt;
    each[file.path] = found->second;
  }
  return session::answer_each(std::move(each));
}

}  // namespace

std::optional<std::string> Decisions::take(session::Decision decision) {
  const auto answer = take_each(std::move(decision));
  return answer ? std::optional(answer->choice) : std::nullopt;
}

std::optional<session::Answer> Decisions::take_each(session::Decision decision) {
  // What is trusted is shown to the byte.
  if (decision.id != "trust") {
    decision.detail = checks::mask_text(decision.detail);
    for (session::Choice& choice : decision.choices)
      choice.meaning = checks::mask_text(choice.meaning);
  }
  std::optional<session::Answer> answer = choose(decision);
  decision.chosen = answer ? answer->choice : "";
  decision.asked = answer && answer->asked;
  remember(decision);
  if (answer) {
    Json event = {{"id", decision.id},
                  {"chosen", answer->choice},
                  {"about", git::Repository::hash_blob(decision.detail).hex()}};
    if (answer->choice == session::kEach) event["each"] = to_json(decision.files, *answer);
    journal_.record("decision", event);
  }
  return answer;
}

bool Decisions::is_fixed(const std::string& id) const {
  return options_.decide.contains(id) || config_.decision(id).has_value();
}

void Decisions::repeat(session::Decision decision) {
  decision.detail = checks::mask_text(decision.detail);
  remember(decision);
}

void Decisions::remember(const session::Decision& decision) {
  const auto same = [&](const session::Decision& other) { return other.id == decision.id; };
  const auto known = std::find_if(all_.begin(), all_.end(), same);
  if (known == all_.end()) {
    all_.push_back(decision);
  } else {
    *known = decision;
  }
}

// An earlier answer counts only for the same question, and only if it lets the close continue; of
// one file by file, what was said of a file counts as long as it is asked about for the same
// reason.
std::optional<session::Answer> Decisions::earlier(const session::Decision& decision) const {
  const std::string about = git::Repository::hash_blob(decision.detail).hex();
  for (auto event = journal_.events().rbegin(); event != journal_.events().rend(); ++event) {
    if (event->value("event", "") != "decision" || event->value("id", "") != decision.id) continue;
    const std::string chosen = event->value("chosen", "");
    if (chosen == session::kEach) return answer_of_files(decision.files, event->at("each"));
    if (!session::ends_close(chosen) && chosen != "retry" && event->value("about", "") == about &&
        accepts(decision, chosen))
      return session::Answer{chosen};
    break;
  }
  return std::nullopt;
}

std::optional<session::Answer> Decisions::choose(const session::Decision& decision) const {
  if (const auto given = options_.decide.find(decision.id); given != options_.decide.end()) {
    if (accepts(decision, given->second)) return session::Answer{given->second};
    // What is to be trusted has changed since that answer.
    if (decision.id == "trust") return observer_.ask(decision);
  }
  if (auto answer = earlier(decision)) return answer;
  if (const std::optional<std::string> configured = config_.decision(decision.id)) {
    if (accepts(decision, *configured)) return session::Answer{*configured};
    std::vector<std::string> names;
    for (const session::Choice& choice : decision.choices) names.push_back(choice.name);
    throw fatal("git config: session.decide." + decision.id + " is '" + *configured +
                "', which is not a choice of it")
        .with_hint("its choices are: " + join(names, ", "));
  }
  // Nobody has read what is to be trusted.
  if (options_.yes && decision.id != "trust") return session::Answer{decision.recommended};
  auto answer = observer_.ask(decision);
  if (answer) answer->asked = true;
  return answer;
}

bool Decisions::is_open(std::string_view id) const {
  return std::any_of(all_.begin(), all_.end(), [id](const session::Decision& decision) {
    return decision.id == id && decision.chosen.empty();
  });
}

bool Decisions::any_open() const {
  return std::any_of(all_.begin(), all_.end(),
                     [](const session::Decision& decision) { return decision.chosen.empty(); });
}

}  // namespace gs::close
