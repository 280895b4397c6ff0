#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/repo_path.h"
#include "formats/json.h"

namespace gs::session {

struct Choice {
  std::string name;
  std::string meaning;     // one line, for the user
  std::string label = {};  // on a terminal, with its key in brackets ("[r]un again"); "": the name
};

// A file that a question is about, and that can be answered by itself.
struct DecisionFile {
  struct Difference {
    std::string amount;  // "+3 -1", "16 KiB"
    std::string text;    // unified; or a line that says why there is none
  };

  RepoPath path;
  std::string name;                    // as it is shown
  std::string mark;                    // "M", "A", "D", "?", "T" as in `git status --short`
  std::string reason;                  // why it is asked about
  std::function<Difference()> differ;  // from HEAD; called only when a person is asked
};

// A question with a recommended answer.
struct Decision {
  std::string id;
  std::string question;
  std::vector<Choice> choices;
  std::string recommended;  // one of the choices
  std::string detail;       // files, output, …; may have several lines
  std::string chosen;       // "" while undecided
  bool asked = false;       // a person chose it just now
  // Answers beside the choices; empty: there are none.
  std::function<bool(const std::string& answer)> also_accepts = {};
  std::vector<DecisionFile> files = {};  // empty: it has one answer
  std::string for_numbers = {};          // the choice that a file's bare number stands for
  std::string for_others = {};           // that of the files which an answer does not name
};

// How a person or the configuration answers.
struct Answer {
  std::string choice;                         // kEach if the files have different ones
  std::map<RepoPath, std::string> each = {};  // then: the choice of each file
  bool asked = false;                         // a person was asked just now
};
inline constexpr std::string_view kEach = "each";
// An answer for each file; one choice for all of them is that choice.
[[nodiscard]] Answer answer_each(std::map<RepoPath, std::string> each);
[[nodiscard]] std::string choice_for(const Answer& answer, const RepoPath& file);

[[nodiscard]] Json to_json(const Decision& decision);
[[nodiscard]] bool accepts(const Decision& decision, const std::string& answer);
// Whether a close writes nothing after this choice: "stop", "fix", "abort", "issue".
[[nodiscard]] bool ends_close(std::string_view choice);

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
