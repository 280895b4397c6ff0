#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/json.h"

namespace gs::session {

struct Choice {
  std::string name;
  std::string meaning;  // one line, for the user
};

// A question with a recommended answer.
struct Decision {
  std::string id;
  std::string question;
  std::vector<Choice> choices;
  std::string recommended;  // one of the choices
  std::string detail;       // files, output, …; may have several lines
  std::string chosen;       // "" while undecided
  // Answers beside the choices; empty: there are none.
  std::function<bool(const std::string& answer)> also_accepts = {};
};
[[nodiscard]] Json to_json(const Decision& decision);
[[nodiscard]] bool accepts(const Decision& decision, const std::string& answer);

// Every decision that close can ask for, with all choices: what `--decide` accepts. `trust` takes
// the digits of session::trust_answer as well, `push-target` a remote's name and a branch.
struct DecisionKind {
  std::string_view id;
  std::vector<std::string_view> choices;
};
[[nodiscard]] const std::vector<DecisionKind>& decision_kinds();

// "ID=CHOICE" arguments; throws a usage error that lists the valid ids or choices.
[[nodiscard]] std::map<std::string, std::string> parse_decide_arguments(
    const std::vector<std::string>& arguments);

}  // namespace gs::session
