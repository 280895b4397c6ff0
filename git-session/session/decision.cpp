#include "session/decision.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "git/refs.h"

namespace gs::session {

namespace {

std::string list(const std::vector<std::string_view>& names) {
  std::vector<std::string> texts(names.begin(), names.end());
  return join(texts, ", ");
}

bool is_trust_answer(std::string_view text) {
  constexpr std::size_t kDigits = 12;
  return text.size() == kDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// REMOTE/BRANCH; which part is the remote's name, its repository knows.
bool is_remote_branch(const std::string& text) {
  return !text.starts_with('/') && !text.starts_with('-') && text.find('/') != std::string::npos &&
         git::is_valid_ref_name("refs/heads/" + text);
}

std::string list_answers(std::string_view id, const std::vector<std::string_view>& choices) {
  if (id == "trust") return "it is answered by the 12 digits that the decision shows, or abort";
  return "its choices are: " + list(choices) + (id == "push-target" ? ", REMOTE/BRANCH" : "");
}

const DecisionKind& kind_of(std::string_view id) {
  std::vector<std::string_view> ids;
  for (const DecisionKind& kind : decision_kinds()) {
    if (kind.id == id) return kind;
    ids.push_back(kind.id);
  }
  throw usage_error("unknown decision '" + std::string(id) + "'")
      .with_hint("the decisions are: " + list(ids));
}

}  // namespace

Json to_json(const Decision& decision) {
  Json choices = Json::array();
  for (const Choice& choice : decision.choices) choices.push_back(choice.name);
  return Json{{"id", decision.id},
              {"question", decision.question},
              {"choices", std::move(choices)},
              {"recommended", decision.recommended},
              {"chosen", text_or_null(decision.chosen)},
              {"detail", decision.detail}};
}

bool accepts(const Decision& decision, const std::string& answer) {
  const auto is_answer = [&](const Choice& choice) { return choice.name == answer; };
  return std::any_of(decision.choices.begin(), decision.choices.end(), is_answer) ||
         (decision.also_accepts && decision.also_accepts(answer));
}

bool ends_close(std::string_view choice) {
  return choice == "stop" || choice == "fix" || choice == "abort" || choice == "issue";
}

Answer answer_each(std::map<RepoPath, std::string> each) {
  const bool differ = std::any_of(each.begin(), each.end(), [&](const auto& one) {
    return one.second != each.begin()->second;
  });
  if (!differ && !each.empty()) return {each.begin()->second};
  return {std::string(kEach), std::move(each)};
}

std::string choice_for(const Answer& answer, const RepoPath& file) {
  if (answer.choice != kEach) return answer.choice;
  const auto found = answer.each.find(file);
  return found == answer.each.end() ? std::string() : found->second;
}

const std::vector<DecisionKind>& decision_kinds() {
  static const std::vector<DecisionKind> kinds = {
      {"trust", {"abort"}},  // or the digits that it shows
      {"review", {"fix", "carryover", "abort"}},
      {"gate", {"stop", "retry", "issue", "abort"}},
      {"vault", {"fix", "carryover", "abort"}},
      {"drift", {"fix", "carryover", "abort"}},
      {"vault-staleness", {"fix", "override", "abort"}},
      {"docs", {"fix", "override", "abort"}},
      {"unclaimed", {"leave", "include", "abort"}},
      {"mixed", {"split", "include", "leave"}},
      {"contested", {"leave", "include"}},
      {"secrets", {"abort", "override"}},
      {"push-target", {"same-name", "no-push"}},  // or REMOTE/BRANCH
      {"moved", {"stop", "retry"}},
  };
  return kinds;
}

std::map<std::string, std::string> parse_decide_arguments(
    const std::vector<std::string>& arguments) {
  std::map<std::string, std::string> decided;
  for (const std::string& argument : arguments) {
    const std::size_t equals = argument.find('=');
    const std::string id = argument.substr(0, equals);
    const DecisionKind& kind = kind_of(id);
    const std::string choice =
        equals == std::string::npos ? std::string() : argument.substr(equals + 1);
    if ((id == "trust" && is_trust_answer(choice)) ||
        (id == "push-target" && is_remote_branch(choice))) {
      decided[id] = choice;
      continue;
    }
    if (std::find(kind.choices.begin(), kind.choices.end(), choice) == kind.choices.end()) {
      throw usage_error(choice.empty()
                            ? "decision '" + id + "' needs a choice: '" + id + "=CHOICE'"
                            : "'" + choice + "' is not a choice of decision '" + id + "'")
          .with_hint(list_answers(id, kind.choices));
    }
    decided[id] = choice;
  }
  return decided;
}

}  // namespace gs::session
