#include "cli/progress.h"

#include <algorithm>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "base/process/interrupts.h"
#include "base/screen.h"
#include "base/text.h"
#include "cli/prompt.h"

namespace gs::cli {

namespace {

using close::Outcome;
using report::Tone;

constexpr std::size_t kTitleWidth = 16;
constexpr std::size_t kNarrow = 60;  // below this many columns, nothing is put beside a title
constexpr std::size_t kLiveWidth = 80;
constexpr std::size_t kMostFindings = 12;

struct Mark {
  std::string_view sign;
  Tone tone;
};

Mark mark_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::Ok:
      return {"✓", Tone::Good};
    case Outcome::Warn:
      return {"!", Tone::Warn};
    case Outcome::Block:
      return {"✗", Tone::Bad};
    case Outcome::Skip:
      return {"-", Tone::Dim};
  }
  return {" ", Tone::Plain};
}

std::string place(const session::Finding& finding) {
  if (finding.file.empty()) return "";
  std::string text = quote_path(finding.file);
  if (finding.line > 0) text += ":" + std::to_string(finding.line);
  return text + ": ";
}

// A command's output as lines that stay: without colours, and "\r" starts a new line, where it
// would overwrite one.
std::string as_lines(std::string_view output) {
  std::string lines = strip_attributes(output);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i] == '\r' && !std::string_view(lines).substr(i + 1).starts_with('\n'))
      lines[i] = '\n';
  }
  return lines;
}

// Length of what stands whole at the start of `output`: all but a sequence for colours, a "\r" or a
// UTF-8 character that its end cuts off.
std::size_t whole_length(std::string_view output) {
  constexpr std::size_t kLongest = 32;
  if (output.ends_with('\r')) return output.size() - 1;
  const std::size_t escape = output.rfind('\x1B');
  if (escape != std::string_view::npos && output.size() - escape < kLongest &&
      output.find_first_not_of("[0123456789;", escape + 1) == std::string_view::npos)
    return escape;
  std::size_t last = output.size();
  while (last > 0 && output.size() - last < 3 &&
         (static_cast<unsigned char>(output[last - 1]) & 0xC0U) == 0x80U)
    --last;
  if (last == 0 || static_cast<unsigned char>(output[last - 1]) < 0xC0) return output.size();
  return utf8_length(output.substr(last - 1)) == 0 ? last - 1 : output.size();
}

}  // namespace

CloseProgress::CloseProgress(const Common& common, const Style& style, bool dry_run)
    : text_(!common.json && !common.quiet),
      live_(common.progress.value_or(stderr_can_move_back()) && !common.quiet),
      all_output_(common.verbose > 0),
      interactive_(!common.json && can_ask()),
      dry_run_(dry_run),
      style_(style) {}

CloseProgress::~CloseProgress() {
  clear_live();
}

void CloseProgress::phase_started(const close::Phase& phase) {
  show_live(std::string(phase.title) + " …");
}

void CloseProgress::phase_finished(const close::PhaseReport& report) {
  clear_live();
  std::string last = output_.add(std::exchange(cut_off_, ""));
  last += output_.rest();
  print_error(as_lines(last));
  if (!text_) return;
  const Mark mark = mark_of(report.result.outcome);
  const std::string title = report::pad(report.title, kTitleWidth) + " ";
  // Continuation lines align beside the title; on a narrow terminal, below the whole line.
  const std::string& rest = report.result.summary;
  const std::string beside = report::hang(rest, style_.columns, kTitleWidth + 3);
  const std::string below = report::hang(title + rest, style_.columns, indent());
  const bool is_skip = report.result.outcome == Outcome::Skip;
  const std::string text =
      is_narrow() ? below
                  : title + (is_skip ? report::paint(beside, Tone::Dim, style_.colour) : beside);
  print_line(report::paint(mark.sign, mark.tone, style_.colour) + " " + text);
  show_findings(report.result);
  flush_output();
}

bool CloseProgress::is_narrow() const {
  return style_.columns < kNarrow;
}

std::size_t CloseProgress::indent() const {
  return is_narrow() ? 4 : kTitleWidth + 3;
}

// A line below a phase's summary.
void CloseProgress::show_below(std::string_view prefix, std::string_view text, Tone tone) const {
  const std::string start = std::string(indent(), ' ') + std::string(prefix);
  const std::size_t taken = start.size() + (prefix.empty() ? 2 : 0);
  const std::string lines = report::hang(text, style_.columns, taken);
  print_line(report::paint(start + lines, tone, style_.colour));
}

void CloseProgress::show_findings(const close::PhaseResult& result) const {
  std::size_t shown = 0;
  const std::size_t most = all_output_ ? result.findings.size() : kMostFindings;
  // Files left alone are in the report; findings of an ok phase need no line here.
  if (result.outcome == Outcome::Ok && !result.show_detail && !all_output_) return;
  std::size_t hidden = 0;
  for (const session::Finding& finding : result.findings) {
    // The summary says it already.
    if (finding.file.empty() && result.summary.find(finding.title) != std::string::npos) continue;
    if (shown == most) {
      ++hidden;
      continue;
    }
    ++shown;
    show_below("", place(finding) + finding.title, Tone::Plain);
  }
  if (hidden > 0)
    show_below("", "… and " + std::to_string(hidden) + " more (-v shows all)", Tone::Plain);
  if (result.outcome != Outcome::Block && !result.show_detail && !all_output_) return;
  for (const std::string_view line : split_lines(result.detail)) show_below("| ", line, Tone::Dim);
}

void CloseProgress::command_running(std::string_view name, std::string_view chunk,
                                    std::string_view last_line, std::chrono::milliseconds elapsed) {
  if (all_output_) {
    if (chunk.empty()) return;
    clear_live();
    // A colour in the middle of a secret does not hide it from the mask.
    print_error(as_lines(output_.add(strip_attributes(whole_characters(std::string(chunk))))));
    return;
  }
  show_live(std::string(name) + " " + format_duration(elapsed) + "  " + std::string(last_line));
}

std::string CloseProgress::whole_characters(std::string output) {
  output.insert(0, std::exchange(cut_off_, ""));
  const std::size_t length = whole_length(output);
  cut_off_ = output.substr(length);
  output.resize(length);
  return output;
}

void CloseProgress::message(std::string_view text) {
  clear_live();
  print_error(std::string(text) + (text.ends_with('\n') ? "" : "\n"));
}

std::optional<session::Answer> CloseProgress::ask(const session::Decision& decision) {
  if (!interactive_) return std::nullopt;
  clear_live();
  const InterruptWatch watch;
  auto answer = ask_on_terminal(decision, style_);
  if (!answer && watch.from_keyboard() > 0) {
    const Error error = refused("interrupted at a question: nothing further was done");
    if (dry_run_) throw error;
    throw error.with_hint(
        "'git session close --continue' continues from here, '--abort' takes the close back");
  }
  return answer;
}

void CloseProgress::show_live(const std::string& text) {
  if (!live_) return;
  // Always one line: a longer text would scroll.
  const std::size_t columns =
      style_.err_columns == report::kUnlimited ? kLiveWidth : style_.err_columns;
  erase_error_line();
  print_error(report::paint(report::fit("  " + text, columns - 1), Tone::Dim, style_.err_colour));
  live_shown_ = true;
}

void CloseProgress::clear_live() {
  if (!live_shown_) return;
  erase_error_line();
  live_shown_ = false;
}

}  // namespace gs::cli
