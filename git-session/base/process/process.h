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
  // Changes to our environment; absent: the variable is unset.
  std::map<std::string, std::optional<std::string>> environment;
  std::string input;              // given on stdin, then closed
  bool needs_input_read = false;  // a child that ends before reading all of it has failed
  std::optional<std::chrono::milliseconds> timeout;  // absent: no limit
  bool inherit_output = false;  // stdout and stderr are ours, nothing is captured
  bool inherit_input = false;   // stdin is ours (a program that asks the user)
  bool merge_stderr = false;    // stderr goes into `out`, in the order it was written
  // Stay in our process group and on our terminal (editors, `git commit` that may ask a
  // passphrase). Else the child leads its own process group and session: a timeout or an interrupt
  // ends the whole group, and a program that would ask on the terminal fails instead of hanging.
  bool foreground = false;
  // When we die, the child is asked to end (SIGTERM) instead of killed, so that it can remove its
  // lock files, as git does.
  bool ends_itself = false;
  // When we are killed, the child's whole group dies, not only the child. Costs a process: for
  // commands that run others.
  bool group_ends_with_us = false;
  // Bytes kept of each stream; beyond it the middle is replaced by a line that says so.
  std::size_t output_limit = 64U << 20U;
  // Called with each chunk as it arrives (captured streams only), and at least every 100 ms with an
  // empty chunk, so that a caller can show the time.
  std::function<void(std::string_view chunk)> on_output;
};

struct ProcessResult {
  // Of a child that exited. 127 if the program was not found, 126 if it cannot be executed; `err`
  // then says why.
  int exit_status = 0;
  int signal = 0;  // that ended it; 0 if it exited
  bool timed_out = false;
  // SIGINT, SIGTERM or SIGHUP reached us while it ran; its group was ended.
  bool interrupted = false;
  std::string out;
  std::string err;
  std::size_t input_left = 0;  // bytes of the input that the child did not read
  bool input_refused = false;  // `input_left` > 0 although `needs_input_read`
  std::size_t left_out = 0;    // bytes of both streams beyond the output limit
  std::chrono::milliseconds duration{};
  std::chrono::milliseconds time_limit{};  // the timeout that was reached, if timed_out

  [[nodiscard]] bool ok() const { return ended_with(0); }
  // It exited by itself with that status, and read its input if that was needed.
  [[nodiscard]] bool ended_with(int status) const {
    return exit_status == status && signal == 0 && !timed_out && !interrupted && !input_refused;
  }
  // "exit status 3", "killed by signal 9 (Killed)", "timed out after 30 s"
  [[nodiscard]] std::string describe() const;
};

// Runs argv[0] (looked up on PATH) and waits. The child dies when we die (PR_SET_PDEATHSIG, on
// Linux); a timeout or an interrupt sends SIGTERM to its whole group, and SIGKILL two seconds
// later. Reads and writes at the same time, so that the pipes cannot deadlock. Open descriptors are
// not inherited. A child that does not read its input is not an error unless `needs_input_read`.
// Throws only when no process can be made.
[[nodiscard]] ProcessResult run_process(const std::vector<std::string>& argv,
                                        const ProcessOptions& options = {});

// How configured commands run: {"bash","-c",command}, or {"sh",…} if there is no bash on PATH.
[[nodiscard]] std::vector<std::string> shell_argv(std::string command);

// An executable of this name on PATH.
[[nodiscard]] std::optional<std::string> find_program(std::string_view name);

[[nodiscard]] std::optional<std::string> environment_variable(const char* name);

}  // namespace gs
