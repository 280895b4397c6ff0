#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs::checks {

// A word as the command would get it: quotes and backslashes are taken off, expansions stay as
// they are written.
struct ShellWord {
  std::string text;
  bool quoted = false;  // some of it

  bool operator==(const ShellWord&) const = default;
};

// A simple command, without its redirections.
struct ShellCommand {
  std::vector<ShellWord> words;
  std::string input;   // what its here-documents and here-strings hold
  bool piped = false;  // its output is read by the next command of the list

  bool operator==(const ShellCommand&) const = default;
};

// Every simple command that a shell would find in the text: of lists, pipelines, groups and
// substitutions (`$(…)`, backticks, also within double quotes and here-documents). The commands of
// a substitution come behind those of the list that it stands in. Nothing is expanded, and nothing
// is an error: an open quote ends with the text.
struct ShellScript {
  std::vector<ShellCommand> commands;
  bool too_deep = false;  // substitutions were nested deeper than 50; those are not read
};
[[nodiscard]] ShellScript parse_shell(std::string_view text);

// The same text token by token, for who has to know what joins its commands. Absent where it holds
// what only a shell can judge: substitutions, `${…}`, here-documents, `;;`, an open quote.
struct ShellToken {
  enum class Kind { Word, Target, And, Or, Pipe, Separator, Background, Open, Close };
  Kind kind = Kind::Word;
  ShellWord word;  // of a word, or what a redirection names

  bool operator==(const ShellToken&) const = default;
};
[[nodiscard]] std::optional<std::vector<ShellToken>> shell_tokens(std::string_view text);

template <std::size_t N>
[[nodiscard]] bool is_one_of(std::string_view text, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

[[nodiscard]] inline bool is_option(std::string_view word) {
  return word.size() > 1 && word[0] == '-';
}

// "-rf": letters that are options each.
[[nodiscard]] inline bool is_cluster(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && word[1] != '-';
}

}  // namespace gs::checks
