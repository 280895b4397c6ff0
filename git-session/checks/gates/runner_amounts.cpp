#include "checks/gates/runner_amounts.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>

#include "base/ascii.h"
#include "base/text.h"

namespace gs::checks {
namespace {

enum class Meaning { None, Passed, Failed, Skipped, Total };

Meaning meaning_of(std::string_view word) {
  const auto is_one_of = [word](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  if (is_one_of({"passed", "pass", "passing", "ok", "succeeded", "xpassed"})) {
    return Meaning::Passed;
  }
  if (is_one_of({"failed", "fail", "failing", "failure", "failures", "error", "errors", "timeout",
                 "cancelled", "xpass", "unexpected successes", "unexpected pass"})) {
    return Meaning::Failed;
  }
  // An expected failure proves nothing, so it does not count as passed.
  if (is_one_of({"skipped", "skip", "skips", "ignored", "pending", "todo", "incomplete", "xfailed",
                 "xfail", "expected failures", "expected fail", "excluded"})) {
    return Meaning::Skipped;
  }
  if (is_one_of({"total", "test", "tests", "tests run", "tests completed", "test completed",
                 "doctests", "run", "runs", "example", "examples"})) {
    return Meaning::Total;
  }
  return Meaning::None;
}

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return is_lower(c) || c == ' ' || c == '-'; });
}

std::string_view without_parenthesis(std::string_view text) {
  const std::size_t open = text.find('(');
  return open == std::string_view::npos ? text : trim(text.substr(0, open));
}

}  // namespace

std::optional<std::size_t> take_number(std::string_view& text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

std::optional<std::vector<Amount>> parse_amounts(std::string_view text,
                                                 std::string_view separators) {
  std::vector<Amount> amounts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    std::string_view part = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::optional<std::size_t> count = take_number(part);
    std::string word = to_lower(without_parenthesis(trim(part)));
    if (!count || !part.starts_with(' ') || !is_word(word)) return std::nullopt;
    amounts.push_back({*count, std::move(word)});
  }
  if (amounts.empty()) return std::nullopt;
  return amounts;
}

std::optional<std::vector<Amount>> parse_fields(std::string_view text, char between) {
  std::vector<Amount> amounts;
  for (const std::string_view part : split(text, ',')) {
    const std::size_t middle = part.find(between);
    if (middle == std::string_view::npos) return std::nullopt;
    std::string_view value = trim(part.substr(middle + 1));
    const std::optional<std::size_t> count = take_number(value);
    std::string word = to_lower(trim(part.substr(0, middle)));
    if (!count || !value.empty() || !is_word(word)) return std::nullopt;
    amounts.push_back({*count, std::move(word)});
  }
  return amounts;
}

void Tally::add(const Amount& amount) {
  const Meaning meaning = meaning_of(amount.word);
  if (meaning == Meaning::None) return;
  any_ = true;
  switch (meaning) {
    case Meaning::Passed:
      passed_ += amount.count;
      passed_given_ = true;
      break;
    case Meaning::Failed:
      failed_ += amount.count;
      break;
    case Meaning::Skipped:
      skipped_ += amount.count;
      break;
    case Meaning::Total:
      total_ += amount.count;
      break;
    case Meaning::None:
      break;
  }
}

void Tally::add(const std::vector<Amount>& amounts) {
  for (const Amount& amount : amounts) add(amount);
}

TestCounts Tally::counts(std::string_view runner) const {
  const std::size_t others = failed_ + skipped_;
  const std::size_t rest = total_ > others ? total_ - others : 0;
  return {std::string(runner), passed_given_ ? passed_ : rest, failed_, skipped_};
}

}  // namespace gs::checks
