#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "checks/shell/words.h"

namespace gs::checks {

// The arguments of a command as git reads them (parse-options.c), and getopt_long(3) reads those of
// other programs: options anywhere before `--`, letters in clusters, values attached or in the next
// word, long names shortened to a prefix, and the last of two contrary ones.
//
// `options` names those that matter, separated by spaces: "f|force n|dry-run e|exclude= D". Behind
// '=' there is always a value, behind '?' only an attached one. Every long option has a `--no-…`.
// An unlisted option is skipped. Of a prefix that fits several the shortest name counts: git
// refuses such a line.
class Arguments {
 public:
  Arguments(std::span<const ShellWord> words, std::string_view options);

  // By the long name, or the letter of an option that has none.
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] bool has_any(std::initializer_list<std::string_view> names) const;
  // The last given of options that exclude each other; "" if none is given.
  [[nodiscard]] std::string_view last_of(std::initializer_list<std::string_view> names) const;

  std::vector<std::string_view> operands;  // what is neither an option nor a value

 private:
  struct Known {
    char letter = 0;
    std::string_view name;
    char value = 0;  // '=', '?' or none
  };
  struct Given {
    std::string_view name;
    bool on = true;
  };

  void list(std::string_view options);
  // Each returns whether the next word is the option's value.
  bool read_letters(std::string_view letters);
  bool read_long(std::string_view option);
  [[nodiscard]] const Known* find_long(std::string_view prefix) const;

  std::vector<Known> known_;
  std::vector<Given> given_;
};

}  // namespace gs::checks
