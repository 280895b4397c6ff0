#include "cli/prompt.h"

#include <algorithm>
#include <iostream>

#include "base/text.h"

namespace gs::cli {

namespace {

using report::Tone;

constexpr std::size_t kMostDetailLines = 30;
constexpr std::string_view kRecommended = "(recommended)";

void show(const session::Decision& decision, const Style& style) {
  const std::size_t columns = style.err_columns;
  const auto tone = [&](std::string_view text, Tone which) {
    return report::paint(text, which, style.err_colour);
  };
  print_error("\n" + tone(report::hang(decision.question, columns, 0), Tone::Bold) + "\n");
  const auto lines = split_lines(decision.detail);
  // Nothing of what is to be trusted or allowed is left out.
  const bool whole = decision.id == "trust" || decision.id == "scope";
  const std::size_t most = whole ? lines.size() : kMostDetailLines;
  for (std::size_t i = 0; i < std::min(lines.size(), most); ++i) {
    print_error("  " + report::hang(lines[i], columns, 2) + "\n");
  }
  if (lines.size() > most) {
    print_error("  … and " + std::to_string(lines.size() - most) + " more lines\n");
  }
  std::size_t width = 0;
  for (const session::Choice& choice : decision.choices)
    width = std::max(width, choice.name.size());
  for (std::size_t i = 0; i < decision.choices.size(); ++i) {
    const session::Choice& choice = decision.choices[i];
    const std::string start =
        "  " + std::to_string(i + 1) + ") " + report::pad(choice.name, width) + "  ";
    const bool recommended = choice.name == decision.recommended;
    std::string meaning =
        report::hang(choice.meaning + (recommended ? "  " + std::string(kRecommended) : ""),
                     columns, start.size());
    if (recommended) {
      meaning.resize(meaning.size() - kRecommended.size());
      meaning += tone(kRecommended, Tone::Good);
    }
    print_error(start + meaning + "\n");
  }
}

// The typed choice; "" if it is not a valid one.
std::string understood(const session::Decision& decision, std::string_view typed) {
  if (typed.empty()) return decision.recommended;
  for (std::size_t i = 0; i < decision.choices.size(); ++i) {
    if (typed == decision.choices[i].name || typed == std::to_string(i + 1))
      return decision.choices[i].name;
  }
  std::string found;
  for (const session::Choice& choice : decision.choices) {
    if (!choice.name.starts_with(typed)) continue;
    if (!found.empty()) return "";
    found = choice.name;
  }
  if (found.empty() && accepts(decision, std::string(typed))) return std::string(typed);
  return found;
}

}  // namespace

std::optional<std::string> ask_on_terminal(const session::Decision& decision, const Style& style) {
  show(decision, style);
  for (;;) {
    print_error(decision.id + " [" + decision.recommended + "]? ");
    std::string line;
    if (!std::getline(std::cin, line)) {
      print_error("\n");
      return std::nullopt;
    }
    const std::string choice = understood(decision, trim(line));
    if (!choice.empty()) return choice;
    print_error("Type one of the names or numbers above.\n");
  }
}

}  // namespace gs::cli
