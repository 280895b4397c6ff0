#include "cli/prompt.h"

#include <algorithm>
#include <charconv>
#include <iostream>

#include "base/text.h"

namespace gs::cli {

namespace {

using report::Tone;
using session::Answer;
using session::Choice;
using session::Decision;
using session::DecisionFile;

constexpr std::size_t kMostDetailLines = 30;
constexpr std::size_t kMostFiles = 50;
constexpr std::size_t kMostPatchLines = 400;

std::string label_of(const Choice& choice) {
  return choice.label.empty() ? "[" + choice.name.substr(0, 1) + "]" + choice.name.substr(1)
                              : choice.label;
}

std::string key_of(const Choice& choice) {
  const std::string label = label_of(choice);
  const std::size_t open = label.find('[') + 1;
  return label.substr(open, label.find(']') - open);
}

std::string without_brackets(std::string label) {
  std::erase_if(label, [](char c) { return c == '[' || c == ']'; });
  return label;
}

// What a person has typed, as far as it is understood.
struct Typed {
  std::optional<Answer> answer = {};
  std::string problem = {};
};

class Prompt {
 public:
  Prompt(const Decision& decision, const Style& style) : decision_(decision), style_(style) {
    for (const DecisionFile& file : decision.files)
      differences_.push_back(differences_.size() < kMostFiles ? file.differ()
                                                              : DecisionFile::Difference{});
  }

  std::optional<Answer> ask() {
    show();
    for (;;) {
      print_error("> ");
      std::string line;
      if (!std::getline(std::cin, line)) {
        print_error("\n");
        return std::nullopt;
      }
      const std::string typed(trim(line));
      if (typed == "?") {
        explain();
        ask_again();
      } else if (!decision_.files.empty() &&
                 (typed == "d" || typed.starts_with("d ") ||
                  (typed.size() > 1 && typed[0] == 'd' && is_digit(typed[1])))) {
        show_differences(typed.substr(1));
        ask_again();
      } else {
        Typed understood = understand(typed);
        if (understood.answer) return std::move(understood.answer);
        print_error(report::hang(understood.problem, style_.err_columns, 0) + "\n");
        ask_again();
      }
    }
  }

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  [[nodiscard]] std::string paint(std::string_view text, Tone tone) const {
    return report::paint(text, tone, style_.err_colour);
  }
  void line(const std::string& start, std::string_view text) const {
    print_error(start + report::hang(text, style_.err_columns, start.size()) + "\n");
  }

  void show() const {
    print_error(paint(report::hang(decision_.question, style_.err_columns, 0), Tone::Bold) +
                "\n\n");
    if (decision_.files.empty()) {
      show_detail();
    } else {
      show_files();
    }
    show_choices();
  }

  // The question has scrolled away.
  void ask_again() const {
    print_error("\n" + paint(report::hang(decision_.question, style_.err_columns, 0), Tone::Bold) +
                "\n");
    show_choices();
  }

  void show_detail() const {
    const auto lines = split_lines(decision_.detail);
    // Nothing of what is to be trusted or allowed is left out.
    const bool whole = decision_.id == "trust" || decision_.id == "scope";
    const std::size_t most = whole ? lines.size() : kMostDetailLines;
    for (std::size_t i = 0; i < std::min(lines.size(), most); ++i) line("  ", lines[i]);
    if (lines.size() > most) line("  ", "… and " + plural(lines.size() - most, "more line"));
    if (!lines.empty()) print_error("\n");
  }

  void show_files() const {
    const std::vector<DecisionFile>& files = decision_.files;
    const std::size_t shown = std::min(files.size(), kMostFiles);
    const bool one_reason = std::all_of(files.begin(), files.end(), [&](const DecisionFile& file) {
      return file.reason == files.front().reason;
    });
    std::size_t name = 0;
    std::size_t amount = 0;
    for (std::size_t i = 0; i < shown; ++i) {
      name = std::max(name, report::display_width(files[i].name));
      amount = std::max(amount, differences_[i].amount.size());
    }
    const std::size_t digits = std::to_string(shown).size();
    const std::size_t fixed = 2 + digits + 2 + 2 + 2 + amount;
    const std::size_t columns = style_.err_columns;
    if (columns > fixed + 10) name = std::min(name, columns - fixed);
    for (std::size_t i = 0; i < shown; ++i) {
      const std::string number = std::to_string(i + 1);
      std::string text = "  " + std::string(digits - number.size(), ' ') + number + "  " +
                         files[i].mark + " " +
                         report::pad(report::fit_path(files[i].name, name), name) + "  " +
                         report::pad(differences_[i].amount, amount);
      while (text.ends_with(' ')) text.pop_back();
      print_error(text + "\n");
      if (!one_reason) line(std::string(digits + 6, ' '), files[i].reason);
    }
    if (files.size() > shown)
      line("  ", "… and " + plural(files.size() - shown, "more file") +
                     ": 'git session status' shows them");
    if (one_reason) line("\n  ", files.front().reason);
    print_error("\n");
  }

  void show_choices() const {
    std::string text;
    for (const Choice& choice : decision_.choices) text += label_of(choice) + "   ";
    if (!decision_.files.empty()) text += "numbers (1,2)   [d]iff   ";
    if (!decision_.choices.front().meaning.empty()) text += "[?]   ";
    text += "(default: ";
    for (const Choice& choice : decision_.choices) {
      if (choice.name == decision_.recommended) text += without_brackets(label_of(choice));
    }
    line("", text + ")");
  }

  void explain() const {
    std::size_t width = 3;
    for (const Choice& choice : decision_.choices) width = std::max(width, choice.name.size());
    const auto row = [&](const std::string& key, const std::string& name, const std::string& what) {
      line("  " + report::pad(key, 4) + report::pad(name, width) + "  ", what);
    };
    for (const Choice& choice : decision_.choices) row(key_of(choice), choice.name, choice.meaning);
    if (decision_.files.empty()) return;
    row("1,2", "",
        "'" + decision_.for_numbers + "' for these files, '" + decision_.for_others +
            "' for the others; a letter before numbers is its choice for them: '" +
            key_of(decision_.choices.front()) + "1 " + key_of(decision_.choices[1]) + "2,4-6'");
    row("d", "", "what has changed in the files; 'd 2' in one");
  }

  void show_differences(std::string_view which) const {
    std::size_t left = kMostPatchLines;
    std::vector<std::size_t> numbers;
    if (trim(which).empty()) {
      for (std::size_t i = 0; i < decision_.files.size(); ++i) numbers.push_back(i);
    } else if (std::string problem; !read_numbers(trim(which), numbers, problem)) {
      line("", problem);
      return;
    }
    for (const std::size_t number : numbers) {
      const std::string patch =
          number < kMostFiles ? differences_[number].text : decision_.files[number].differ().text;
      line("",
           paint(decision_.files[number].mark + " " + decision_.files[number].name, Tone::Bold));
      for (const std::string_view text : split_lines(patch)) {
        if (left-- == 0) {
          line("", "… 'git diff HEAD -- FILE' shows the rest");
          return;
        }
        const Tone tone = text.starts_with('+')   ? Tone::Good
                          : text.starts_with('-') ? Tone::Bad
                                                  : Tone::Plain;
        print_error(paint(text, tone) + "\n");
      }
    }
  }

  // "1,3-5", as positions from 0.
  bool read_numbers(std::string_view text, std::vector<std::size_t>& numbers,
                    std::string& problem) const {
    const auto read = [&](std::string_view digits, std::size_t& number) {
      const char* const end = digits.data() + digits.size();
      const auto [stopped, code] = std::from_chars(digits.data(), end, number);
      if (code == std::errc() && stopped == end && number >= 1 && number <= decision_.files.size())
        return true;
      problem = "There is no file '" + std::string(digits) + "': they are numbered 1 to " +
                std::to_string(decision_.files.size()) + ".";
      return false;
    };
    for (const std::string_view part : split(text, ',')) {
      const std::size_t dash = part.find('-');
      std::size_t first = 0;
      std::size_t last = 0;
      if (!read(part.substr(0, dash), first)) return false;
      last = first;
      if (dash != std::string_view::npos && !read(part.substr(dash + 1), last)) return false;
      for (std::size_t number = first; number <= last; ++number) numbers.push_back(number - 1);
    }
    return true;
  }

  // "1,2", "s1,2 w3".
  [[nodiscard]] Typed read_files(std::string text) const {
    for (std::size_t at = text.find(", "); at != std::string::npos; at = text.find(", "))
      text.erase(at + 1, 1);
    std::map<RepoPath, std::string> each;
    for (const std::string_view word : split(text, ' ')) {
      if (word.empty()) continue;
      std::string choice = decision_.for_numbers;
      std::string_view rest = word;
      if (!is_digit(word[0])) {
        const auto found =
            std::find_if(decision_.choices.begin(), decision_.choices.end(),
                         [&](const Choice& one) { return key_of(one) == word.substr(0, 1); });
        if (found == decision_.choices.end() || found->name == "abort") return {};
        choice = found->name;
        rest.remove_prefix(1);
      }
      std::vector<std::size_t> numbers;
      std::string problem;
      if (!read_numbers(rest, numbers, problem)) return {std::nullopt, problem};
      for (const std::size_t number : numbers) {
        const auto [known, is_new] = each.emplace(decision_.files[number].path, choice);
        if (!is_new && known->second != choice)
          return {std::nullopt, "File " + std::to_string(number + 1) + " has two answers."};
      }
    }
    for (const DecisionFile& file : decision_.files) each.emplace(file.path, decision_.for_others);
    return {session::answer_each(std::move(each)), ""};
  }

  // Whatever letter a question has for it.
  static bool is_quit(std::string_view typed) { return typed == "q" || typed == "quit"; }

  [[nodiscard]] const Choice* ending_choice() const {
    const auto found =
        std::find_if(decision_.choices.begin(), decision_.choices.end(),
                     [](const Choice& choice) { return session::ends_close(choice.name); });
    return found == decision_.choices.end() ? nullptr : &*found;
  }

  [[nodiscard]] Typed understand(const std::string& typed) const {
    if (typed.empty()) return {Answer{decision_.recommended}, ""};
    const Choice* found = nullptr;
    bool many = false;
    for (const Choice& choice : decision_.choices) {
      if (typed == choice.name || typed == key_of(choice)) return {Answer{choice.name}, ""};
      if (!choice.name.starts_with(typed)) continue;
      many = found != nullptr;
      found = &choice;
    }
    if (found != nullptr && !many) return {Answer{found->name}, ""};
    if (const Choice* ending = ending_choice(); ending != nullptr && is_quit(typed))
      return {Answer{ending->name}, ""};
    if (accepts(decision_, typed)) return {Answer{typed}, ""};
    if (!decision_.files.empty()) {
      Typed files = read_files(typed);
      if (files.answer || !files.problem.empty()) return files;
      return {std::nullopt, "Type a letter in brackets, or numbers of files (1,2); ? explains."};
    }
    return {std::nullopt, "Type a letter in brackets, or a choice's name; ? explains."};
  }

  const Decision& decision_;
  const Style& style_;
  std::vector<DecisionFile::Difference> differences_;
};

}  // namespace

std::optional<Answer> ask_on_terminal(const Decision& decision, const Style& style, bool set_off) {
  if (set_off) print_error("\n");
  return Prompt(decision, style).ask();
}

}  // namespace gs::cli
