#pragma once

#include <string>
#include <string_view>

#include "checks/secrets/mask.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "close/observer.h"

namespace gs::cli {

// Shows a close while it runs: a line for each phase on stdout (text output only), a live last line
// about the running command on stderr, and questions on a terminal.
class CloseProgress : public close::Observer {
 public:
  // `dry_run`: nothing is written that could be continued.
  CloseProgress(const Common& common, const Style& style, bool dry_run);
  ~CloseProgress() override;
  CloseProgress(const CloseProgress&) = delete;
  CloseProgress& operator=(const CloseProgress&) = delete;

  void phase_started(const close::Phase& phase) override;
  void phase_finished(const close::PhaseReport& report) override;
  void command_running(std::string_view name, std::string_view chunk, std::string_view last_line,
                       std::chrono::milliseconds elapsed) override;
  void message(std::string_view text) override;
  [[nodiscard]] std::optional<session::Answer> ask(const session::Decision& decision) override;

 private:
  void show_live(const std::string& text);
  void clear_live();
  [[nodiscard]] std::string whole_characters(std::string output);
  void show_findings(const close::PhaseResult& result) const;
  void show_below(std::string_view prefix, std::string_view text, report::Tone tone) const;
  [[nodiscard]] bool is_narrow() const;
  [[nodiscard]] std::size_t indent() const;

  bool text_;        // phases are shown
  bool live_;        // the live line is
  bool all_output_;  // -v: all output of commands
  bool interactive_;
  bool dry_run_;
  Style style_;
  bool live_shown_ = false;
  checks::StreamMasker output_;
  std::string cut_off_;  // the start of a character or sequence whose rest has not arrived
};

}  // namespace gs::cli
