#include "close/decisions.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "checks/secrets/mask.h"
#include "git/repository.h"

namespace gs::close {

std::optional<std::string> Decisions::take(session::Decision decision) {
  // What is trusted is shown to the byte.
  if (decision.id != "trust") {
    decision.detail = checks::mask_text(decision.detail);
    for (session::Choice& choice : decision.choices)
      choice.meaning = checks::mask_text(choice.meaning);
  }
  const std::optional<std::string> chosen = choose(decision);
  decision.chosen = chosen.value_or("");
  remember(decision);
  if (chosen) {
    journal_.record("decision", {{"id", decision.id},
                                 {"chosen", *chosen},
                                 {"about", git::Repository::hash_blob(decision.detail).hex()}});
  }
  return chosen;
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

std::optional<std::string> Decisions::choose(const session::Decision& decision) const {
  const auto is_choice = [&](const std::string& name) { return accepts(decision, name); };
  if (const auto given = options_.decide.find(decision.id); given != options_.decide.end()) {
    if (is_choice(given->second)) return given->second;
    // What is to be trusted has changed since that answer.
    if (decision.id == "trust") return observer_.ask(decision);
  }
  // An earlier answer counts only for the same question, and only if it lets the close continue.
  const std::string about = git::Repository::hash_blob(decision.detail).hex();
  for (auto event = journal_.events().rbegin(); event != journal_.events().rend(); ++event) {
    if (event->value("event", "") != "decision" || event->value("id", "") != decision.id) continue;
    const std::string chosen = event->value("chosen", "");
    const bool stops = chosen == "stop" || chosen == "retry" || chosen == "fix" ||
                       chosen == "abort" || chosen == "issue";
    if (!stops && event->value("about", "") == about && is_choice(chosen)) return chosen;
    break;
  }
  if (const std::optional<std::string> configured = config_.decision(decision.id)) {
    if (is_choice(*configured)) return configured;
    std::vector<std::string> names;
    for (const session::Choice& choice : decision.choices) names.push_back(choice.name);
    throw fatal("git config: session.decide." + decision.id + " is '" + *configured +
                "', which is no choice of it")
        .with_hint("its choices are: " + join(names, ", "));
  }
  // Nobody has read what is to be trusted.
  if (options_.yes && decision.id != "trust") return decision.recommended;
  return observer_.ask(decision);
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
