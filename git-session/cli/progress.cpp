#include "cli/progress.h"

#include <algorithm>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "base/process/interrupts.h"
#include "base/screen.h"
#include "base/text.h"
#include "cli/prompt.h"
#include "report/figures.h"

namespace gs::cli {

namespace {

using close::Outcome;
using report::one_line;
using report::Tone;

constexpr std::size_t kLabelWidth = 9;   // of what a line is about
constexpr std::size_t kTitleWidth = 16;  // the same with -v: of a phase
constexpr std::size_t kFigureEdge = 72;  // column at which figures end, if the terminal has it
constexpr std::size_t kNarrow = 50;      // below this many columns, nothing is put beside a label
constexpr std::size_t kLiveWidth = 80;
constexpr std::size_t kMostFindings = 12;

struct OutcomeMark {
  std::string_view sign;
  Tone tone;
};

OutcomeMark mark_of(Outcome outcome) {
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

void CloseProgress::opened(const close::Opening& opening) {
  if (!text_) return;
  opened_ = true;
  clear_live();
  std::string about = opening.branch.empty() ? "detached HEAD" : opening.branch;
  if (opening.age && *opening.age >= std::chrono::minutes(1))
    about += ", " + format_minutes(*opening.age);
  const std::string title = "Closing \"" + one_line(opening.title) + "\"";
  print_line(report::hang(report::paint(title, Tone::Bold, style_.colour) + "  (" + about + ")",
                          style_.columns, 2));
  flush_output();
}

void CloseProgress::phase_started(const close::Phase& phase) {
  phase_ = &phase;
  phase_spoke_ = false;
  below_shown_ = false;
  show_live(std::string(phase.title) + " …");
}

// What is left of a command's output.
void CloseProgress::end_output() {
  clear_live();
  std::string last = output_.add(std::exchange(cut_off_, ""));
  last += output_.rest();
  print_error(as_lines(last));
}

void CloseProgress::said(const close::Line& line) {
  end_output();
  // With -v, the phase's own line says it.
  if (!text_ || not_reached_ || (all_output_ && line.outcome != Outcome::Block)) return;
  phase_spoke_ = true;
  begin_group();
  show_line(line);
  show_detail(line.below);
  below_shown_ = below_shown_ || !line.below.empty();
  flush_output();
}

void CloseProgress::phase_finished(const close::PhaseReport& report) {
  end_output();
  if (!text_ || not_reached_) return;
  if (all_output_) {
    show_phase(report);
  } else if (phase_spoke_) {
    if (report.result.outcome == Outcome::Warn) show_warnings(report);
  } else if (is_news(report)) {
    begin_group();
    const bool slow = report.duration >= std::chrono::milliseconds(100);
    show_line({.outcome = report.result.outcome,
               .label = report.id,
               .text = report.result.summary,
               .figure = slow ? format_duration(report.duration) : "",
               .below = {}});
    show_findings(report.result);
    if (report.result.outcome == Outcome::Block || report.result.show_detail)
      show_detail(report.result.detail);
    if (report.result.outcome == Outcome::Block) last_block_ = report.result.summary;
  }
  flush_output();
}

bool CloseProgress::is_news(const close::PhaseReport& report) const {
  if (report.result.outcome == Outcome::Block) return report.result.summary != last_block_;
  const close::Shown shown = phase_ != nullptr ? phase_->shown : close::Shown::IfRun;
  if (report.result.outcome == Outcome::Skip || shown == close::Shown::Verbose) return false;
  return report.result.outcome == Outcome::Warn || shown == close::Shown::IfRun;
}

// A blank line before what was found, and one before what is written.
void CloseProgress::begin_group() {
  const bool writes = phase_ != nullptr && phase_->write != nullptr;
  const bool is_new = opened_ && !anything_shown_;
  if (!all_output_ && (is_new || (writes && !writing_shown_))) print_line("");
  anything_shown_ = true;
  writing_shown_ = writing_shown_ || writes;
}

void CloseProgress::show_line(const close::Line& line) {
  blank_last_ = false;
  const OutcomeMark mark = mark_of(line.outcome);
  const std::string start = report::pad(line.label, kLabelWidth) + "  ";
  const std::size_t taken = 4 + start.size();
  const std::string text = one_line(line.text);
  std::string figure;
  std::string behind;  // the figure, where it has no place at the edge
  if (!line.figure.empty()) {
    const std::size_t edge = std::min(style_.columns, kFigureEdge);
    const std::size_t used =
        taken + report::display_width(text) + 2 + report::display_width(line.figure);
    if (used <= edge && style_.columns >= kNarrow) {
      figure =
          std::string(edge - used + 2, ' ') + report::paint(line.figure, Tone::Dim, style_.colour);
    } else {
      behind = line.figure;
    }
  }
  std::string beside =
      style_.columns < kNarrow
          ? report::hang(std::string(trim(line.label)) + "  " + text, style_.columns, indent())
          : start + report::hang(text, style_.columns, taken);
  if (!behind.empty()) {
    const std::size_t end = beside.rfind('\n');
    const std::size_t used = end == std::string::npos
                                 ? 4 + report::display_width(beside)
                                 : report::display_width(beside.substr(end + 1));
    const bool fits = used + 2 + report::display_width(behind) <= style_.columns;
    beside += (fits ? "  " : "\n" + std::string(indent(), ' ')) + behind;
  }
  print_line("  " + report::paint(mark.sign, mark.tone, style_.colour) + " " + beside + figure);
}

void CloseProgress::show_phase(const close::PhaseReport& report) {
  const OutcomeMark mark = mark_of(report.result.outcome);
  const std::string title = report::pad(report.title, kTitleWidth) + " ";
  // Continuation lines align beside the title; on a narrow terminal, below the whole line.
  const std::string& rest = report.result.summary;
  const bool is_skip = report.result.outcome == Outcome::Skip;
  const std::string beside = report::hang(rest, style_.columns, kTitleWidth + 3);
  const std::string text =
      style_.columns < kNarrow
          ? report::hang(title + rest, style_.columns, indent())
          : title + (is_skip ? report::paint(beside, Tone::Dim, style_.colour) : beside);
  print_line(report::paint(mark.sign, mark.tone, style_.colour) + " " + text);
  show_findings(report.result);
  if (!below_shown_) show_detail(report.result.detail);
}

// Where a line's text begins, and what belongs to it.
std::size_t CloseProgress::indent() const {
  if (style_.columns < kNarrow) return 4;
  return all_output_ ? kTitleWidth + 3
                     : kLabelWidth + 6;  // a mark between two spaces, two after the label
}

void CloseProgress::show_below(std::string_view text, Tone tone) const {
  const std::string start(indent(), ' ');
  print_line(
      report::paint(start + report::hang(text, style_.columns, start.size()), tone, style_.colour));
}

void CloseProgress::show_findings(const close::PhaseResult& result) const {
  // Files left alone are in the report; findings of an ok phase need no line here.
  if (result.outcome == Outcome::Ok && !result.show_detail && !all_output_) return;
  const std::size_t most = all_output_ ? result.findings.size() : kMostFindings;
  std::size_t shown = 0;
  std::size_t hidden = 0;
  for (const session::Finding& finding : result.findings) {
    // A line or the summary says it already.
    if (finding.file.empty() && result.summary.find(finding.title) != std::string::npos) continue;
    if (shown == most) {
      ++hidden;
      continue;
    }
    ++shown;
    show_below(place(finding) + finding.title, Tone::Plain);
  }
  if (hidden > 0)
    show_below("… and " + std::to_string(hidden) + " more (-v shows all)", Tone::Plain);
}

// What there is to a phase besides the lines that it has said.
void CloseProgress::show_warnings(const close::PhaseReport& report) {
  std::size_t shown = 0;
  for (const session::Finding& finding : report.result.findings) {
    if (shown == kMostFindings) {
      show_below(
          "… and " + std::to_string(report.result.findings.size() - shown) + " more (-v shows all)",
          Tone::Plain);
      return;
    }
    show_line({.outcome = Outcome::Warn,
               .label = shown++ == 0 ? report.id : "",
               .text = place(finding) + finding.title});
  }
}

// Output of a command, a list: set off from the lines around it.
void CloseProgress::show_detail(std::string_view detail) {
  const auto lines = split_lines(detail);
  if (lines.empty()) return;
  print_line("");
  for (const std::string_view line : lines) {
    const std::string text = line.empty() ? "" : "    " + report::hang(line, style_.columns, 4);
    print_line(text);
  }
  print_line("");
  blank_last_ = true;
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
  session::Decision question = decision;
  if (below_shown_) question.detail.clear();
  auto answer = ask_on_terminal(question, style_, !blank_last_);
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
