#include "checks/gates/command_run.h"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/names.h"
#include "base/process/process.h"
#include "base/screen.h"
#include "base/text.h"
#include "checks/secrets/mask.h"
#include "git/command.h"

namespace gs::checks {
namespace {

constexpr std::size_t kLastLines = 20;
constexpr std::size_t kLineLimit = 500;          // characters shown of a line
constexpr std::size_t kOutputLimit = 8U << 20U;  // bytes kept of a command's output
constexpr std::size_t kPendingLimit = 16384;     // bytes kept of an unfinished line

constexpr auto kOutcomeNames =
    std::to_array<Name<RunOutcome>>({{RunOutcome::Passed, "passed"},
                                     {RunOutcome::Failed, "failed"},
                                     {RunOutcome::TimedOut, "timed-out"},
                                     {RunOutcome::Interrupted, "interrupted"},
                                     {RunOutcome::NotRun, "not-run"}});
static_assert(is_complete(kOutcomeNames));

// A line as a terminal would show it: of a progress line that "\r" overwrites, the last state.
std::string plain_line(std::string_view line) {
  while (line.ends_with('\r')) line.remove_suffix(1);
  if (const std::size_t overwritten = line.rfind('\r'); overwritten != std::string_view::npos) {
    line.remove_prefix(overwritten + 1);
  }
  std::string plain = escape_hidden(strip_attributes(line));
  plain.erase(plain.find_last_not_of(" \t") + 1);
  return plain;
}

// Without secrets: what a gate prints goes into issues, records and reports.
std::string shown_line(std::string_view line) {
  return ellipsize(mask_secrets(plain_line(line)), kLineLimit);
}

// The last non-empty line, while output arrives in pieces.
class LastLine {
 public:
  void add(std::string_view chunk) {
    pending_ += chunk;
    if (const std::size_t end = pending_.rfind('\n'); end != std::string::npos) {
      for (std::string_view rest(pending_.data(), end);;) {
        const std::size_t start = rest.rfind('\n');
        if (std::string line = shown_line(rest.substr(start + 1)); !line.empty()) {
          last_ = std::move(line);
          break;
        }
        if (start == std::string_view::npos) break;
        rest = rest.substr(0, start);
      }
      pending_.erase(0, end + 1);
    }
    if (pending_.size() > kPendingLimit) pending_.erase(0, pending_.size() - kPendingLimit);
    std::string partial = shown_line(pending_);
    shown_ = partial.empty() ? last_ : std::move(partial);
  }
  [[nodiscard]] const std::string& text() const { return shown_; }

 private:
  std::string pending_, last_, shown_;
};

// "misc_tests.c:656: FAIL: …", "line 12: error": what a runner may say long before its summary.
bool is_telling(const std::string& line) {
  const std::string lower = to_lower(line);
  static constexpr std::array<std::string_view, 5> kFailures = {"fail", "error", "assert", "panic",
                                                                "expected"};
  if (std::none_of(kFailures.begin(), kFailures.end(),
                   [&](std::string_view word) { return lower.find(word) != std::string::npos; }))
    return false;
  for (std::size_t at = lower.find(':'); at != std::string::npos; at = lower.find(':', at + 1)) {
    const bool after_name = at > 0 && !is_digit(lower[at - 1]) && lower[at - 1] != ' ';
    if (after_name && at + 1 < lower.size() && is_digit(lower[at + 1])) return true;
  }
  const std::size_t number = lower.find("line ");
  return number != std::string::npos && number + 5 < lower.size() && is_digit(lower[number + 5]);
}

// The last lines; where none of them names the place of a failure, the first that do come before.
void keep_telling_lines(std::vector<std::string>& lines) {
  constexpr std::size_t kMostTelling = 5;
  const auto last = lines.end() - static_cast<std::ptrdiff_t>(kLastLines);
  std::vector<std::string> kept;
  if (std::none_of(last, lines.end(), is_telling)) {
    for (auto line = lines.begin(); line != last && kept.size() < kMostTelling; ++line) {
      if (is_telling(*line)) kept.push_back(*line);
    }
  }
  if (!kept.empty()) kept.emplace_back("…");
  kept.insert(kept.end(), last + static_cast<std::ptrdiff_t>(kept.size()), lines.end());
  lines = std::move(kept);
}

std::vector<std::string> last_lines_of(std::string_view output) {
  // A private key that is cut off at the top is still recognized by its first line.
  constexpr std::size_t kReadLines = 1000;
  std::vector<std::string> lines;
  while (!output.empty() && lines.size() < kReadLines) {
    if (output.ends_with('\n')) output.remove_suffix(1);
    const std::size_t start = output.rfind('\n') + 1;  // npos + 1 is 0
    std::string line = plain_line(output.substr(start));
    if (!line.empty() || !lines.empty()) lines.push_back(std::move(line));
    output = output.substr(0, start);
  }
  std::reverse(lines.begin(), lines.end());
  LineMasker masker;
  for (std::string& line : lines) line = ellipsize(masker.mask(line), kLineLimit);
  if (lines.size() > kLastLines) keep_telling_lines(lines);
  lines.erase(lines.begin(), std::find_if(lines.begin(), lines.end(),
                                          [](const std::string& line) { return !line.empty(); }));
  return lines;
}

RunOutcome outcome_of(const ProcessResult& result) {
  if (result.interrupted) return RunOutcome::Interrupted;
  if (result.timed_out) return RunOutcome::TimedOut;
  if (result.ok()) return RunOutcome::Passed;
  return RunOutcome::Failed;
}

constexpr int kNotExecutable = 126;
constexpr int kNotFound = 127;

std::string describe(const ProcessResult& result) {
  std::string text = result.describe();
  if (result.exit_status == kNotFound) text += ": a command was not found";
  if (result.exit_status == kNotExecutable) text += ": a command could not be executed";
  return text;
}

// `text` with each path in `from` become one in `to`.
std::string with_paths_moved(std::string_view text, const std::string& from,
                             const std::string& to) {
  constexpr std::string_view kBetween = ":;,= \t\n\"'";
  std::string moved;
  while (true) {
    const std::size_t at = text.find(from);
    if (at == std::string_view::npos) return moved.append(text);
    const std::size_t end = at + from.size();
    const std::string_view before = text.substr(0, at);
    const bool begins = before.empty() || kBetween.find(before.back()) != std::string_view::npos ||
                        before.ends_with("-I") || before.ends_with("-L");
    const bool ends = end == text.size() || text[end] == '/' ||
                      kBetween.find(text[end]) != std::string_view::npos;
    moved.append(before).append(begins && ends ? to : from);
    text.remove_prefix(end);
  }
}

Json counts_to_json(const std::optional<TestCounts>& counts) {
  if (!counts) return nullptr;
  return Json{{"runner", counts->runner},
              {"passed", counts->passed},
              {"failed", counts->failed},
              {"skipped", counts->skipped}};
}

}  // namespace

std::string_view run_outcome_name(RunOutcome outcome) {
  return name_of(kOutcomeNames, outcome);
}

bool lacks_program(const CommandRun& run) {
  return run.exit_status == kNotFound || run.exit_status == kNotExecutable;
}

CommandPlace stand_in_for(const std::string& work_tree, const std::string& directory) {
  CommandPlace place{directory};
  const std::string home = environment_variable("HOME").value_or("");
  if (home == work_tree || home.starts_with(work_tree + '/')) return place;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    const std::size_t end = std::min(text.find('='), text.size());
    const std::string value(text.substr(std::min(end + 1, text.size())));
    std::string moved = with_paths_moved(value, work_tree, directory);
    if (moved != value) place.environment[std::string(text.substr(0, end))] = std::move(moved);
  }
  return place;
}

CommandRun run_command(const std::string& command, const CommandPlace& place,
                       std::optional<std::chrono::milliseconds> timeout,
                       const CommandObserver& observer) {
  ProcessOptions options;
  options.working_directory = place.directory;
  options.environment = place.environment;
  options.timeout = timeout;
  options.merge_stderr = true;
  options.output_limit = kOutputLimit;
  options.group_ends_with_us = true;
  // A gate that runs git must find its own repository, not the one we were called with.
  for (const std::string& name : git::local_environment_variables()) {
    options.environment[name] = std::nullopt;
  }
  LastLine last_line;
  const auto started = std::chrono::steady_clock::now();
  if (observer) {
    options.on_output = [&](std::string_view chunk) {
      last_line.add(chunk);
      observer(chunk, last_line.text(),
               std::chrono::duration_cast<std::chrono::milliseconds>(
                   std::chrono::steady_clock::now() - started));
    };
  }
  ProcessResult result = run_process(shell_argv(command), options);

  CommandRun run;
  run.command = command;
  run.outcome = outcome_of(result);
  run.exit_status = result.signal != 0 ? 128 + result.signal : result.exit_status;
  run.ending = describe(result);
  run.duration = result.duration;
  run.output = std::move(result.out);
  run.counts = parse_test_counts(run.output);
  run.last_lines = last_lines_of(run.output);
  return run;
}

std::string shown_output(const CommandRun& run) {
  std::string shown;
  LineMasker masker;
  std::string_view output = run.output;
  while (!output.empty()) {
    const std::size_t end = std::min(output.find('\n'), output.size());
    shown += masker.mask(plain_line(output.substr(0, end))) + "\n";
    output.remove_prefix(std::min(end + 1, output.size()));
  }
  return shown;
}

Json to_json(const CommandRun& run) {
  return Json{{"command", run.command},
              {"outcome", run_outcome_name(run.outcome)},
              {"exit_status", run.exit_status},
              {"ending", run.ending},
              {"duration_ms", run.duration.count()},
              {"counts", counts_to_json(run.counts)},
              {"last_lines", run.last_lines}};
}

std::optional<CommandRun> command_run_from_json(const Json& value) {
  try {
    CommandRun run;
    run.command = value.at("command").get<std::string>();
    const auto outcome = named(kOutcomeNames, value.at("outcome").get<std::string>());
    if (!outcome) return std::nullopt;
    run.outcome = *outcome;
    run.exit_status = value.at("exit_status").get<int>();
    run.ending = value.at("ending").get<std::string>();
    run.duration = std::chrono::milliseconds(value.at("duration_ms").get<long>());
    if (const Json& counts = value.at("counts"); !counts.is_null()) {
      run.counts = TestCounts{
          counts.at("runner").get<std::string>(), counts.at("passed").get<std::size_t>(),
          counts.at("failed").get<std::size_t>(), counts.at("skipped").get<std::size_t>()};
    }
    run.last_lines = value.at("last_lines").get<std::vector<std::string>>();
    return run;
  } catch (const JsonError&) {
    return std::nullopt;
  }
}

}  // namespace gs::checks
