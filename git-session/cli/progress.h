#pragma once

#include <string>
#include <string_view>

#include "checks/secrets/mask.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "close/observer.h"

namespace gs::cli {

// Shows a close while it runs: on stdout (text output only) a line for what ran, found something or
// wrote, with -v one for each phase; on stderr a live last line about the running command, and
// questions on a terminal.
class CloseProgress : public close::Observer {
 public:
  // `dry_run`: nothing is written that could be continued.
  CloseProgress(const Common& common, const Style& style, bool dry_run);
  ~CloseProgress() override;
  CloseProgress(const CloseProgress&) = delete;
  CloseProgress& operator=(const CloseProgress&) = delete;

  void opened(const close::Opening& opening) override;
  void said(const close::Line& line) override;
  void phase_started(const close::Phase& phase) override;
  void phase_finished(const close::PhaseReport& report) override;
  void command_running(std::string_view name, std::string_view chunk, std::string_view last_line,
                       std::chrono::milliseconds elapsed) override;
  void message(std::string_view text) override;
  void not_reached() override { not_reached_ = true; }
  [[nodiscard]] std::optional<session::Answer> ask(const session::Decision& decision) override;

 private:
  void show_live(const std::string& text);
  void clear_live();
  void end_output();
  [[nodiscard]] std::string whole_characters(std::string output);
  [[nodiscard]] bool is_news(const close::PhaseReport& report) const;
  void begin_group();
  void show_line(const close::Line& line);
  void show_phase(const close::PhaseReport& report);
  void show_warnings(const close::PhaseReport& report);
  void show_below(std::string_view text, report::Tone tone) const;
  void show_findings(const close::PhaseResult& result) const;
  void show_detail(std::string_view detail);
  [[nodiscard]] std::size_t indent() const;

  bool text_;        // phases are shown
  bool live_;        // the live line is
  bool all_output_;  // -v: all output of commands
  bool interactive_;
  bool dry_run_;
  bool not_reached_ = false;
  Style style_;
  bool live_shown_ = false;
  const close::Phase* phase_ = nullptr;  // the one that runs
  bool phase_spoke_ = false;             // it has said lines
  bool blank_last_ = false;              // an empty line ends what was printed
  bool below_shown_ = false;             // with what explains one of them
  std::string last_block_;               // what one thing blocks in several phases is said once
  bool opened_ = false;                  // the close has said what it is about
  bool anything_shown_ = false;
  bool writing_shown_ = false;  // a line of a writing phase
  checks::StreamMasker output_;
  std::string cut_off_;  // the start of a character or sequence whose rest has not arrived
};

}  // namespace gs::cli
