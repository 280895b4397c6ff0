#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/gates/command_run.h"

// What the summaries of test runners share: lists of amounts, under many words.
namespace gs::checks {

struct Amount {
  std::size_t count = 0;
  std::string word;  // lower case: "passed", "failures", "filtered out"
};
// Removes the number at the start of `text` and returns it.
[[nodiscard]] std::optional<std::size_t> take_number(std::string_view& text);
// "3 failed, 12 passed", split at any of `separators`; absent unless every part is an amount.
// Parentheses after a word are ignored.
[[nodiscard]] std::optional<std::vector<Amount>> parse_amounts(std::string_view text,
                                                               std::string_view separators);
// "Failures: 0, Errors: 1" or "failures=1, errors=1"; absent unless every part is an amount.
[[nodiscard]] std::optional<std::vector<Amount>> parse_fields(std::string_view text, char between);

// Sums amounts by the meaning of their word; other words ("warnings") do not count.
class Tally {
 public:
  void add(const Amount& amount);
  void add(const std::vector<Amount>& amounts);
  // If a runner prints the total and not what passed, the rest of the total passed.
  [[nodiscard]] TestCounts counts(std::string_view runner) const;
  [[nodiscard]] bool any() const { return any_; }

 private:
  std::size_t passed_ = 0, failed_ = 0, skipped_ = 0;
  std::size_t total_ = 0;
  bool passed_given_ = false;
  bool any_ = false;
};

// The lines of a run's output, without terminal controls.
using Lines = std::vector<std::string_view>;
// A runner whose summary takes several lines; absent if there is none.
struct BlockSummary {
  std::string_view runner;
  std::optional<Tally> (*find)(const Lines& lines);
};
[[nodiscard]] std::vector<BlockSummary> block_summaries();

}  // namespace gs::checks
