#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs {

struct ProcessOptions {
  std::string working_directory;  // "": ours
  // Changes to our environment; absent: the variable is taken out.
  std::map<std::string, std::optional<std::string>> environment;
  std::string input;              // given on stdin, then closed
  bool needs_input_read = false;  // a child that ends without having read all of it has failed
  std::optional<std::chrono::milliseconds> timeout;  // none: for ever
  bool inherit_output = false;  // stdout and stderr go where ours go, nothing is captured
  bool inherit_input = false;   // stdin is ours (a program that asks the user)
  bool merge_stderr = false;    // stderr goes into `out`, in the order it was written
  // Stay in our process group and on our terminal (editors, `git commit` that may ask a
  // passphrase). Else the child leads a process group and session of its own: a timeout or an
  // interrupt ends the whole group, and a program that would ask on the terminal fails instead of
  // being stopped for ever.
  bool foreground = false;
  // When we die, the child is asked to end (SIGTERM) instead of killed: it removes lock files of
  // its own, as git does.
  bool ends_itself = false;
  // When we are killed, what the child started in its group dies too, not only the child. Costs a
  // process: for commands that run others.
  bool group_ends_with_us = false;
  std::size_t output_limit =
      64U << 20U;  // bytes kept of each stream; of more the middle is left out, and a line says so
  // Called with each chunk as it arrives (captured streams only), and at least every 100 ms with an
  // empty chunk while nothing does, so that a caller can show the time.
  std::function<void(std::string_view chunk)> on_output;
};

struct ProcessResult {
  // Of a child that exited. 127 when the program was not found, 126 when it is there and cannot be
  // executed; `err` then says why.
  int exit_status = 0;
  int signal = 0;  // that ended it, 0 when it exited
  bool timed_out = false;
  bool interrupted =
      false;  // SIGINT, SIGTERM or SIGHUP reached us while it ran; its group was ended
  std::string out;
  std::string err;
  std::size_t input_left = 0;  // bytes of the input that the child did not read
  bool input_refused = false;  // there are some, and all of it was needed
  std::size_t left_out = 0;    // bytes of both streams beyond the output limit
  std::chrono::milliseconds duration{};
  std::chrono::milliseconds time_limit{};  // the timeout that was reached, where timed_out

  [[nodiscard]] bool ok() const { return ended_with(0); }
  // It exited by itself with that status, and took its input where that was needed.
  [[nodiscard]] bool ended_with(int status) const {
    return exit_status == status && signal == 0 && !timed_out && !interrupted && !input_refused;
  }
  [[nodiscard]] std::string describe()
      const;  // "exit status 3", "killed by signal 9 (Killed)", "timed out after 30 s"
};

// Runs argv[0] (looked up on PATH) and waits. The child dies when we die (PR_SET_PDEATHSIG where
// there is one); a timeout or an interrupt sends SIGTERM to its whole group, and SIGKILL two
// seconds later. Reads and writes at the same time, so that neither side can block the other for
// ever. Open descriptors are not inherited. A child that does not read its input is no error unless
// `needs_input_read`. Throws only when no process can be made.
[[nodiscard]] ProcessResult run_process(const std::vector<std::string>& argv,
                                        const ProcessOptions& options = {});

// {"bash","-c",command}, or {"sh",…} where there is no bash on PATH: how configured commands run.
[[nodiscard]] std::vector<std::string> shell_argv(std::string command);

// An executable of this name on PATH.
[[nodiscard]] std::optional<std::string> find_program(std::string_view name);

[[nodiscard]] std::optional<std::string> environment_variable(
    const char* name);  // absent when unset

}  // namespace gs
