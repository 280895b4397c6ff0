#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs::checks {

// A word as the command would receive it: without quotes and backslashes, expansions as written.
struct ShellWord {
  std::string text;
  bool quoted = false;  // at least in part

  bool operator==(const ShellWord&) const = default;
};

// A simple command, without its redirections.
struct ShellCommand {
  std::vector<ShellWord> words;
  std::string input;   // contents of its here-documents and here-strings
  bool piped = false;  // into the next command of the list

  bool operator==(const ShellCommand&) const = default;
};

// Every simple command that a shell would find in the text: in lists, pipelines, groups and
// substitutions (`$(…)`, backticks, also in double quotes and here-documents). The commands of a
// substitution come after those of the surrounding list. Nothing is expanded, and nothing is an
// error: an open quote ends with the text.
struct ShellScript {
  std::vector<ShellCommand> commands;
  bool too_deep = false;  // substitutions deeper than 50 were not read
};
[[nodiscard]] ShellScript parse_shell(std::string_view text);

// The same text as tokens, for callers that need to know what joins its commands. Absent if it
// contains what only a shell can judge: substitutions, `${…}`, here-documents, `;;`, an open quote.
struct ShellToken {
  enum class Kind { Word, Target, And, Or, Pipe, Separator, Background, Open, Close };
  Kind kind = Kind::Word;
  ShellWord word;  // a word, or the target of a redirection

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

// "-rf": each letter is an option.
[[nodiscard]] inline bool is_cluster(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && word[1] != '-';
}

}  // namespace gs::checks
