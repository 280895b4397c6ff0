#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace gs::cli {

// The command that was named: the innermost parsed one.
[[nodiscard]] const CLI::App& innermost(const CLI::App& app);
// "git session snapshot list".
[[nodiscard]] std::string full_name(const CLI::App& app);

// What is wrong with a command line, in this program's words instead of the parser's.
struct UsageProblem {
  std::string message;
  std::string hint;
};
[[nodiscard]] UsageProblem describe(const CLI::App& app, const CLI::ParseError& error);

// What an option's value is checked against; the message names the value.
[[nodiscard]] CLI::Validator one_of(std::vector<std::string> choices);
[[nodiscard]] CLI::Validator whole_number(long least, long most);
inline constexpr long kHighestWave = 999'999'999;
inline constexpr long kHighestIssue = 999'999'999;

// What `-h` prints: "usage: git session close [options]", as git's commands do, and each option's
// value without the parser's notes.
class UsageFormatter : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App* app, std::string name) const override;
  std::string make_option_name(const CLI::Option* option, bool positional) const override;
  std::string make_option_opts(const CLI::Option* option) const override;
};

}  // namespace gs::cli
