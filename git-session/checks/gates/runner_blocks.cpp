// Runners whose summary takes several lines.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "checks/gates/runner_amounts.h"

namespace gs::checks {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::optional<Tally> when(bool condition, const Tally& tally) {
  return condition ? std::optional<Tally>(tally) : std::nullopt;
}

// "100% tests passed, 0 tests failed out of 12". CTest counts a skipped test as passed, and lists
// it as "\t  3 - name (Skipped)" below "The following tests did not run:".
std::optional<Tally> ctest(const Lines& lines) {
  Tally tally;
  bool not_run = false;
  for (const std::string_view line : lines) {
    if (const std::size_t failed = line.find("% tests passed, "); failed != line.npos) {
      std::string_view rest = line.substr(failed + 16);
      const auto count = take_number(rest);
      const std::size_t total = rest.find(" failed out of ");
      if (!count || total == std::string_view::npos) continue;
      rest.remove_prefix(total + 15);
      if (const auto all = take_number(rest)) {
        tally.add({*count, "failed"});
        tally.add({*all, "total"});
      }
    } else if (line.starts_with("The following tests ")) {
      not_run = line.find("did not run") != std::string_view::npos;
    } else if (not_run && line.ends_with(" (Skipped)") && tally.any()) {
      tally.add({1, "skipped"});
    }
  }
  return when(tally.any(), tally);
}

// Lines "Word:   12", one per figure, if both `first` and `second` occur.
std::optional<Tally> figure_lines(const Lines& lines, std::string_view prefix,
                                  std::initializer_list<std::string_view> words,
                                  std::string_view first, std::string_view second) {
  Tally tally;
  bool has_first = false;
  bool has_second = false;
  for (std::string_view line : lines) {
    line = trim(line);
    if (!line.starts_with(prefix)) continue;
    const auto fields = parse_fields(line.substr(prefix.size()), ':');
    if (!fields || fields->size() != 1 || !is_one_of(fields->front().word, words)) continue;
    has_first = has_first || fields->front().word == first;
    has_second = has_second || fields->front().word == second;
    tally.add(*fields);
  }
  return when(has_first && has_second, tally);
}

std::optional<Tally> meson(const Lines& lines) {
  return figure_lines(lines, "",
                      {"ok", "expected fail", "fail", "unexpected pass", "skipped", "timeout"},
                      "ok", "fail");
}

std::optional<Tally> automake(const Lines& lines) {
  return figure_lines(lines, "# ", {"total", "pass", "skip", "xfail", "fail", "xpass", "error"},
                      "total", "pass");
}

// "# pass 3" (TAP) or "ℹ pass 3" (spec reporter).
std::optional<Tally> node(const Lines& lines) {
  Tally tally;
  bool has_tests = false;
  bool has_pass = false;
  for (std::string_view line : lines) {
    const std::string_view prefix = line.starts_with("# ") ? "# " : "ℹ ";
    if (!line.starts_with(prefix)) continue;
    line.remove_prefix(prefix.size());
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, space);
    std::string_view value = trim(line.substr(space));
    const auto count = take_number(value);
    if (!count || !value.empty() ||
        !is_one_of(word, {"tests", "pass", "fail", "cancelled", "skipped", "todo"})) {
      continue;
    }
    has_tests = has_tests || word == "tests";
    has_pass = has_pass || word == "pass";
    tally.add({*count, std::string(word)});
  }
  return when(has_tests && has_pass, tally);
}

// "Files=2, Tests=5,  0 wallclock secs …"; for each failed file "t/b.t (Wstat: 256 (exited 1)
// Tests: 3 Failed: 1)".
std::optional<Tally> prove(const Lines& lines) {
  Tally tally;
  bool summed = false;
  for (const std::string_view line : lines) {
    const std::size_t failed = line.find(" Failed: ");
    const std::size_t tests = line.find(", Tests=");
    if (line.find("(Wstat: ") != std::string_view::npos && failed != std::string_view::npos) {
      std::string_view value = line.substr(failed + 9);
      if (const auto count = take_number(value)) tally.add({*count, "failed"});
    } else if (line.starts_with("Files=") && tests != std::string_view::npos) {
      std::string_view value = line.substr(tests + 8);
      if (const auto count = take_number(value)) {
        tally.add({*count, "total"});
        summed = true;
      }
    }
  }
  return when(summed, tally);
}

// "--- PASS: TestName (0.00s)", printed with -v; without it only failures are printed, so there is
// nothing to count.
std::optional<Tally> go(const Lines& lines) {
  Tally tally;
  bool verbose = false;
  for (const std::string_view line : lines) {
    verbose = verbose || line.starts_with("=== RUN");
    if (line.starts_with("--- PASS: ")) tally.add({1, "passed"});
    if (line.starts_with("--- FAIL: ")) tally.add({1, "failed"});
    if (line.starts_with("--- SKIP: ")) tally.add({1, "skipped"});
  }
  return when(verbose && tally.any(), tally);
}

// "Ran 5 tests in 0.012s", then "OK (skipped=2)" or "FAILED (failures=1, errors=1)".
std::optional<Tally> unittest(const Lines& lines) {
  Tally tally;
  std::optional<std::size_t> ran;
  for (const std::string_view line : lines) {
    std::string_view rest = line;
    if (rest.starts_with("Ran ")) {
      rest.remove_prefix(4);
      const auto count = take_number(rest);
      if (count && (rest.starts_with(" tests in ") || rest.starts_with(" test in "))) ran = count;
    } else if (ran && (line.starts_with("OK") || line.starts_with("FAILED"))) {
      tally.add({*ran, "total"});
      const std::size_t open = line.find('(');
      if (open != std::string_view::npos && line.ends_with(')')) {
        const auto fields = parse_fields(line.substr(open + 1, line.size() - open - 2), '=');
        if (fields) tally.add(*fields);
      }
      ran.reset();
    }
  }
  return when(tally.any(), tally);
}

// Lines of one amount each (" 12 pass"), with a word of `words`.
Tally amount_lines(const Lines& lines, std::initializer_list<std::string_view> words) {
  Tally tally;
  for (const std::string_view line : lines) {
    const auto amounts = parse_amounts(trim(line), ",");
    if (amounts && amounts->size() == 1 && is_one_of(amounts->front().word, words)) {
      tally.add(*amounts);
    }
  }
  return tally;
}

std::optional<Tally> bun(const Lines& lines) {
  const bool summed = std::any_of(lines.begin(), lines.end(), [](std::string_view line) {
    return line.starts_with("Ran ") && line.find(" across ") != std::string_view::npos;
  });
  const Tally tally = amount_lines(lines, {"pass", "fail", "skip", "todo"});
  return when(summed && tally.any(), tally);
}

// "  12 passing (30ms)", "  1 failing", "  2 pending"
std::optional<Tally> mocha(const Lines& lines) {
  const Tally tally = amount_lines(lines, {"passing", "failing", "pending"});
  return when(tally.any(), tally);
}

// "[  PASSED  ] 5 tests.", "[  FAILED  ] 1 test, listed below:"
std::optional<Tally> googletest(const Lines& lines) {
  Tally tally;
  for (std::string_view line : lines) {
    const std::string_view word = line.starts_with("[  PASSED  ] ")   ? "passed"
                                  : line.starts_with("[  FAILED  ] ") ? "failed"
                                  : line.starts_with("[  SKIPPED ] ") ? "skipped"
                                                                      : "";
    if (word.empty()) continue;
    line.remove_prefix(13);
    const auto count = take_number(line);
    if (count && (line.starts_with(" test.") || line.starts_with(" tests.") ||
                  line.starts_with(" test,") || line.starts_with(" tests,"))) {
      tally.add({*count, std::string(word)});
    }
  }
  return when(tally.any(), tally);
}

bool is_tap_plan(std::string_view line) {
  if (!line.starts_with("1..")) return false;
  line.remove_prefix(3);
  return take_number(line).has_value() && (line.empty() || line.starts_with(' '));
}

bool has_directive(std::string_view line, std::string_view directive) {
  const std::size_t mark = line.rfind(" # ");
  return mark != std::string_view::npos && to_lower(line.substr(mark + 3)).starts_with(directive);
}

// "ok 1 - name", "not ok 2 - name", "ok 3 # SKIP why", with a plan "1..3".
std::optional<Tally> tap(const Lines& lines) {
  Tally tally;
  bool planned = false;
  for (const std::string_view line : lines) {
    planned = planned || is_tap_plan(line);
    const bool good = line == "ok" || line.starts_with("ok ");
    const bool bad = line == "not ok" || line.starts_with("not ok ");
    if (!good && !bad) continue;
    const bool excused = has_directive(line, "skip") || has_directive(line, "todo");
    tally.add({1, excused ? "skipped" : good ? "passed" : "failed"});
  }
  return when(planned && tally.any(), tally);
}

}  // namespace

std::vector<BlockSummary> block_summaries() {
  return {{"ctest", ctest},           {"meson", meson}, {"automake", automake},
          {"prove", prove},           {"node", node},   {"go", go},
          {"unittest", unittest},     {"bun", bun},     {"mocha", mocha},
          {"googletest", googletest}, {"tap", tap}};
}

}  // namespace gs::checks
