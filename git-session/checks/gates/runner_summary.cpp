// Runners with a one-line summary, and the order in which all are tried.
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "checks/gates/command_run.h"
#include "checks/gates/runner_amounts.h"

namespace gs::checks {
namespace {

using Amounts = std::optional<std::vector<Amount>>;

// The part of `line` after the first `mark`; absent if there is none.
std::optional<std::string_view> after(std::string_view line, std::string_view mark) {
  const std::size_t at = line.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  return line.substr(at + mark.size());
}

std::string_view before(std::string_view line, std::string_view mark) {
  return line.substr(0, line.find(mark));
}

bool has_word(const Amounts& amounts, std::string_view word) {
  return amounts && std::any_of(amounts->begin(), amounts->end(),
                                [word](const Amount& amount) { return amount.word == word; });
}

// The amounts, if one of the words is among them.
Amounts with_word(Amounts amounts, std::string_view one, std::string_view many) {
  if (!has_word(amounts, one) && !has_word(amounts, many)) return std::nullopt;
  return amounts;
}

// "===== 3 failed, 12 passed in 0.31s =====", and the same without the rule (-q).
Amounts pytest(std::string_view line) {
  const std::size_t first = line.find_first_not_of("= ");
  const std::size_t time = line.rfind(" in ");
  if (first == std::string_view::npos || time == std::string_view::npos || time < first) {
    return std::nullopt;
  }
  std::string_view duration = line.substr(time + 4);
  if (!take_number(duration) || !before(duration, " ").ends_with('s')) return std::nullopt;
  Amounts amounts = parse_amounts(line.substr(first, time - first), ",");
  for (const std::string_view word :
       {"passed", "failed", "skipped", "error", "errors", "xfailed"}) {
    if (has_word(amounts, word)) return amounts;
  }
  return std::nullopt;
}

// "Tests:       1 failed, 5 passed, 6 total"
Amounts jest(std::string_view line) {
  const auto list = after(line, "Tests:");
  if (!list) return std::nullopt;
  return with_word(parse_amounts(*list, ","), "total", "total");
}

// "      Tests  3 passed | 1 skipped (4)"
Amounts vitest(std::string_view line) {
  const auto list = after(line, "Tests  ");
  return list && line.ends_with(')') ? parse_amounts(trim(*list), "|") : std::nullopt;
}

// "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s"
Amounts cargo(std::string_view line) {
  const auto result = after(line, "test result: ");
  const auto list = result ? after(*result, ". ") : std::nullopt;
  return list ? parse_amounts(before(*list, "; finished in"), ";") : std::nullopt;
}

// "     Summary [   0.012s] 5 tests run: 4 passed (1 slow), 1 failed, 0 skipped"
Amounts nextest(std::string_view line) {
  if (!trim(line).starts_with("Summary [")) return std::nullopt;
  const auto list = after(line, " run: ");
  return list ? parse_amounts(*list, ",") : std::nullopt;
}

// "[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0"; the line of a single class has its
// time as well.
Amounts maven(std::string_view line) {
  const std::size_t start = line.find("Tests run:");
  return start == std::string_view::npos ? std::nullopt : parse_fields(line.substr(start), ':');
}

// "5 tests completed, 1 failed, 1 skipped": printed if something failed.
Amounts gradle(std::string_view line) {
  return with_word(parse_amounts(trim(line), ","), "test completed", "tests completed");
}

// "Passed!  - Failed:     0, Passed:     5, Skipped:     0, Total:     5, Duration: 9 ms - a.dll",
// "Test summary: total: 5, failed: 0, succeeded: 5, skipped: 0, duration: 1.2s"
Amounts dotnet(std::string_view line) {
  if (const auto list = after(line, "Test summary: ")) {
    return parse_fields(before(*list, ", duration"), ':');
  }
  const auto list = after(line, "!  - ");
  return list ? parse_fields(before(*list, ", Duration"), ':') : std::nullopt;
}

// "ok | 5 passed | 1 failed | 2 ignored (12ms)"
Amounts deno(std::string_view line) {
  const bool summary = line.starts_with("ok | ") || line.starts_with("FAILED | ");
  return summary ? parse_amounts(*after(line, " | "), "|") : std::nullopt;
}

// "OK (12 tests, 34 assertions)", "Tests: 12, Assertions: 34, Failures: 1, Skipped: 1."
Amounts phpunit(std::string_view line) {
  if (line.starts_with("OK (") && line.ends_with(')')) {
    return with_word(parse_amounts(line.substr(4, line.size() - 5), ","), "assertion",
                     "assertions");
  }
  if (!line.starts_with("Tests: ")) return std::nullopt;
  return with_word(parse_fields(line.substr(0, line.find_last_not_of('.') + 1), ':'), "assertions",
                   "assertions");
}

// "12 examples, 1 failure, 2 pending" and the like, distinguished by the word for a test.
Amounts failures_of(std::string_view line, std::string_view one, std::string_view many) {
  return with_word(with_word(parse_amounts(trim(line), ","), one, many), "failure", "failures");
}
Amounts rspec(std::string_view line) {
  return failures_of(line, "example", "examples");
}
Amounts minitest(std::string_view line) {
  return failures_of(line, "run", "runs");
}
Amounts exunit(std::string_view line) {
  return failures_of(line, "test", "tests");
}

// "[doctest] test cases:  5 |  4 passed | 1 failed | 0 skipped"; Catch2's is the same.
Amounts doctest(std::string_view line) {
  const auto list = after(line, "test cases: ");
  const auto parts = list ? after(*list, "|") : std::nullopt;
  return parts ? parse_amounts(*parts, "|") : std::nullopt;
}

struct LineSummary {
  std::string_view runner;
  Amounts (*parse)(std::string_view line);
};
constexpr std::array<LineSummary, 14> kLineSummaries{{{"cargo", cargo},
                                                      {"nextest", nextest},
                                                      {"maven", maven},
                                                      {"gradle", gradle},
                                                      {"dotnet", dotnet},
                                                      {"pytest", pytest},
                                                      {"vitest", vitest},
                                                      {"jest", jest},
                                                      {"deno", deno},
                                                      {"phpunit", phpunit},
                                                      {"rspec", rspec},
                                                      {"minitest", minitest},
                                                      {"exunit", exunit},
                                                      {"doctest", doctest}}};

std::optional<TestCounts> sum_lines(const Lines& lines, const LineSummary& summary) {
  Tally tally;
  for (const std::string_view line : lines) {
    if (const Amounts amounts = summary.parse(line)) tally.add(*amounts);
  }
  if (!tally.any()) return std::nullopt;
  return tally.counts(summary.runner);
}

// "5 passed, 1 failed": the last one, since custom scripts print a total at the end.
std::optional<TestCounts> plain_summary(const Lines& lines) {
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    std::string_view text = trim(*line);
    while (text.ends_with('.')) text.remove_suffix(1);
    if (const std::size_t label = text.rfind(": "); label != std::string_view::npos) {
      text.remove_prefix(label + 2);
    }
    const Amounts amounts = parse_amounts(text, ",");
    if (has_word(amounts, "passed") || has_word(amounts, "failed")) {
      Tally tally;
      tally.add(*amounts);
      return tally.counts("plain");
    }
  }
  return std::nullopt;
}

// Without escape sequences; a "\r" that restarts a progress line ends a line here.
std::string plain_output(std::string_view output) {
  std::string text(output);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] != '\n') text[i] = '\n';
  }
  return strip_terminal_controls(text);
}

}  // namespace

std::optional<TestCounts> parse_test_counts(std::string_view output) {
  const std::string text = plain_output(output);
  const Lines lines = split_lines(text);
  // Runners that run other runners come first, generic summaries last.
  for (const BlockSummary& summary : block_summaries()) {
    if (const std::optional<Tally> tally = summary.find(lines)) {
      return tally->counts(summary.runner);
    }
  }
  for (const LineSummary& summary : kLineSummaries) {
    if (std::optional<TestCounts> counts = sum_lines(lines, summary)) return counts;
  }
  return plain_summary(lines);
}

}  // namespace gs::checks
