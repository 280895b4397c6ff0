#include "base/process/process.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>

#include "base/clock.h"
#include "base/error.h"
#include "base/process/bounded_output.h"
#include "base/process/child.h"
#include "base/process/interrupts.h"
#include "base/process/trace2.h"

namespace gs {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;
using Time = SteadyClock::time_point;

constexpr milliseconds kGrace{2000};  // between SIGTERM and SIGKILL
constexpr milliseconds kDrain{200};   // for a pipe that outlives the child in a grandchild
constexpr milliseconds kTick{100};    // how often a caller can update the time
constexpr std::size_t kMostBuffered = 1U << 20U;  // what a pipe can hold (pipe-max-size)

// write(2) without the SIGPIPE of a child that does not read its input. Blocked in this thread and
// for this call only: a disposition would apply to the whole process and be inherited.
ssize_t write_quietly(int fd, std::string_view bytes) {
  sigset_t pipe_signal;
  sigset_t before;
  sigset_t pending;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  sigpending(&pending);
  const bool was_pending = sigismember(&pending, SIGPIPE) == 1;
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  const ssize_t count = write(fd, bytes.data(), bytes.size());
  const int failure = errno;
  if (count < 0 && failure == EPIPE && !was_pending) {
    sigpending(&pending);
    if (sigismember(&pending, SIGPIPE) == 1) {
      int taken = 0;
      sigwait(&pipe_signal, &taken);
    }
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = failure;
  return count;
}

bool try_again(int error_number) {
  return error_number == EAGAIN || error_number == EWOULDBLOCK || error_number == EINTR;
}

// One run: the child, its output so far, and why it was asked to end.
class Run {
 public:
  Run(const std::vector<std::string>& argv, const ProcessOptions& options)
      : options_(options),
        started_(SteadyClock::now()),
        events_(trace2::is_on()
                    ? std::make_unique<trace2::ChildEvents>(argv, options.working_directory)
                    : nullptr),
        child_(argv, options),
        unwritten_(options.input),
        out_(options.output_limit),
        err_(options.output_limit) {}

  ProcessResult finish(const std::string& program) {
    ProcessResult result;
    if (child_.exec_failure() != 0) {
      result.exit_status = child_.exec_failure() == ENOENT ? 127 : 126;
      result.err = "cannot run '" + program + "': " + std::strerror(child_.exec_failure()) + "\n";
    } else {
      const pid_t pid = child_.pid();
      wait_and_pump();
      set_status(result, reap());
      if (events_)
        events_->ended(pid, result.signal != 0 ? 128 + result.signal : result.exit_status);
      result.input_left = unwritten_.size() + left_in_pipe();
      result.input_refused = options_.needs_input_read && result.input_left > 0;
      result.left_out = out_.left_out() + err_.left_out();
      result.out = out_.take();
      result.err = err_.take();
    }
    result.duration = std::chrono::duration_cast<milliseconds>(SteadyClock::now() - started_);
    return result;
  }

 private:
  void wait_and_pump() {
    while (!is_over()) {
      end_if_asked();
      poll_once();
    }
    // On a busy machine the child may have written more than we have read.
    drain(child_.out, out_);
    drain(child_.err, err_);
  }

  // The child has ended, and its pipes are closed or their other holders have had enough time.
  bool is_over() {
    const Time now = SteadyClock::now();
    if (!ended_at_) {
      if (!child_.has_ended()) {
        return false;
      }
      ended_at_ = now;
      child_.input.close();
    }
    const bool pipes_ended = !child_.out.valid() && !child_.err.valid();
    return pipes_ended || now >= drained_at();
  }

  // When to stop waiting for the pipes of a child that has ended: after a timeout or an interrupt,
  // its group has the grace period.
  [[nodiscard]] Time drained_at() const { return kill_at_ ? *kill_at_ : *ended_at_ + kDrain; }

  void end_if_asked() {
    const Time now = SteadyClock::now();
    if (!kill_at_ && options_.timeout && now >= started_ + *options_.timeout) {
      timed_out_ = true;
      ask_to_end(now);
    }
    // In the foreground the terminal has sent SIGINT to the child too, which may handle it itself
    // (an editor).
    const unsigned interrupts =
        watch_.to_terminate() + (options_.foreground ? 0 : watch_.from_keyboard());
    if (interrupts > interrupts_seen_) {
      const bool impatient = interrupts_seen_ > 0;
      interrupts_seen_ = interrupts;
      interrupted_ = true;
      if (!kill_at_) {
        ask_to_end(now);
      } else if (impatient) {
        kill_at_ = now;
      }
    }
    if (kill_at_ && now >= *kill_at_ && !killed_) {
      child_.send(SIGKILL);
      killed_ = true;
    }
  }

  void ask_to_end(Time now) {
    child_.send(SIGTERM);
    child_.send(SIGCONT);  // a stopped one would not receive it
    kill_at_ = now + kGrace;
  }

  void poll_once() {
    std::array<pollfd, 4> fds{{{child_.input.get(), POLLOUT, 0},
                               {child_.out.get(), POLLIN, 0},
                               {child_.err.get(), POLLIN, 0},
                               {ended_at_ ? -1 : child_.end_notice().get(), POLLIN, 0}}};
    // poll(2) skips negative descriptors. It returns on a signal, and at least every tick.
    const int ready = poll(fds.data(), fds.size(), wait_time());
    if (ready > 0) {
      if (fds[0].revents != 0) {
        feed();
      }
      if (fds[1].revents != 0) {
        read_chunk(child_.out, out_);
      }
      if (fds[2].revents != 0) {
        read_chunk(child_.err, err_);
      }
    }
    if (SteadyClock::now() >= last_report_ + kTick) {
      report_chunk("");
    }
  }

  // Milliseconds until the next check if no descriptor becomes ready.
  int wait_time() {
    if (!ended_at_ && !child_.end_notice().valid()) {
      // Nothing wakes us when the child ends: check often at first, for a short command.
      look_again_ = std::min(look_again_ * 2, milliseconds(20));
      return static_cast<int>(look_again_.count());
    }
    Time until = SteadyClock::now() + kTick;
    if (kill_at_ && !killed_) {
      until = std::min(until, *kill_at_);
    } else if (!kill_at_ && options_.timeout) {
      until = std::min(until, started_ + *options_.timeout);
    }
    if (ended_at_) {
      until = std::min(until, drained_at());
    }
    const auto left = std::chrono::ceil<milliseconds>(until - SteadyClock::now()).count();
    return static_cast<int>(std::max<decltype(left)>(left, 0));
  }

  void feed() {
    const ssize_t count = write_quietly(child_.input.get(), unwritten_);
    if (count >= 0) {
      unwritten_.remove_prefix(static_cast<std::size_t>(count));
    } else if (!try_again(errno)) {
      child_.input.close();  // it does not read its input
    }
    if (unwritten_.empty()) {
      child_.input.close();
    }
  }

  // Bytes read; 0 when there is nothing now, or at the end (then the descriptor is closed).
  std::size_t read_chunk(UniqueFd& fd, BoundedOutput& output) {
    const ssize_t count = read(fd.get(), buffer_.data(), buffer_.size());
    if (count > 0) {
      const std::string_view chunk(buffer_.data(), static_cast<std::size_t>(count));
      output.append(chunk);
      report_chunk(chunk);
      return chunk.size();
    }
    if (count == 0 || !try_again(errno)) {
      fd.close();
    }
    return 0;
  }

  // Bytes in the pipe that no process will read.
  [[nodiscard]] std::size_t left_in_pipe() const {
    int count = 0;
    const bool known =
        child_.input_rest.valid() && ioctl(child_.input_rest.get(), FIONREAD, &count) == 0;
    return known && count > 0 ? static_cast<std::size_t>(count) : 0;
  }

  void drain(UniqueFd& fd, BoundedOutput& output) {
    std::size_t drained = 0;
    while (fd.valid() && drained < kMostBuffered) {
      const std::size_t count = read_chunk(fd, output);
      if (count == 0) {
        return;
      }
      drained += count;
    }
  }

  void report_chunk(std::string_view chunk) {
    last_report_ = SteadyClock::now();
    if (options_.on_output) {
      options_.on_output(chunk);
    }
  }

  int reap() {
    if (kill_at_ && !options_.foreground) {
      child_.send(
          SIGKILL);  // the rest of its group; until the child is reaped, the id is not reused
    }
    return child_.reap();
  }

  void set_status(ProcessResult& result, int status) const {
    if (WIFSIGNALED(status)) {
      result.signal = WTERMSIG(status);
    } else {
      result.exit_status = WEXITSTATUS(status);
    }
    const bool failed = result.signal != 0 || result.exit_status != 0;
    // A signal to the whole group can end the child before we are awake.
    result.interrupted =
        interrupted_ || watch_.to_terminate() > 0 || (watch_.from_keyboard() > 0 && failed);
    result.timed_out = timed_out_;
    if (timed_out_) {
      result.time_limit = *options_.timeout;
    }
  }

  const ProcessOptions& options_;
  InterruptWatch watch_;
  Time started_;
  std::unique_ptr<trace2::ChildEvents> events_;  // null if nobody traces
  Child child_;
  std::string_view unwritten_;
  BoundedOutput out_;
  BoundedOutput err_;
  std::vector<char> buffer_ = std::vector<char>(1U << 16U);
  Time last_report_ = SteadyClock::now();
  milliseconds look_again_{1};
  std::optional<Time> ended_at_;
  std::optional<Time> kill_at_;  // set once the child was asked to end
  bool killed_ = false;
  bool timed_out_ = false;
  bool interrupted_ = false;
  unsigned interrupts_seen_ = 0;
};

std::string format_limit(milliseconds limit) {
  const bool whole = limit.count() % 1000 == 0;
  if (whole && limit < std::chrono::minutes(1)) {
    return std::to_string(limit.count() / 1000) + " s";
  }
  if (whole && limit < std::chrono::hours(1) && limit.count() % 60'000 == 0) {
    return std::to_string(limit.count() / 60'000) + " min";
  }
  return format_duration(limit);
}

}  // namespace

std::string ProcessResult::describe() const {
  if (interrupted) {
    return "interrupted";
  }
  if (timed_out) {
    return "timed out after " + format_limit(time_limit);
  }
  if (signal != 0) {
    return "killed by signal " + std::to_string(signal) + " (" + strsignal(signal) + ")";
  }
  if (input_refused && exit_status == 0) {
    return "ended without reading all of its input";
  }
  return "exit status " + std::to_string(exit_status);
}

ProcessResult run_process(const std::vector<std::string>& argv, const ProcessOptions& options) {
  if (argv.empty()) {
    throw fatal("cannot start a program without a name");
  }
  return Run(argv, options).finish(argv[0]);
}

}  // namespace gs
