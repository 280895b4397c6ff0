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

[[nodiscard]] UsageProblem unknown_command(const CLI::App& app, const std::string& word);

// What an option's value is checked against; the message names the value.
[[nodiscard]] CLI::Validator one_of(std::vector<std::string> choices);
[[nodiscard]] CLI::Validator whole_number(long least, long most);
inline constexpr long kHighestWave = 999'999'999;
inline constexpr long kHighestIssue = 999'999'999;
inline constexpr long kHighestItem = 999'999;

// Of the options that every command has.
inline constexpr const char* kCommonGroup = "Options of every command";

// What `-h` prints for a terminal of `columns` columns: the usage, the command's own options, its
// commands, and the options of every command.
class UsageFormatter : public CLI::FormatterBase {
 public:
  explicit UsageFormatter(std::size_t columns) : columns_(columns) {}
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override;

 private:
  std::size_t columns_;
};

}  // namespace gs::cli
