// How a child is ended: by a timeout, by an interrupt, and with us.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "base/file/file.h"
#include "base/forked.h"
#include "base/process/process.h"
#include "base/text.h"

using namespace gs;
using namespace std::chrono_literals;

namespace {

ProcessResult sh(const std::string& script, const ProcessOptions& options = {}) {
  return run_process({"sh", "-c", script}, options);
}

// For a script to get to where it waits, on a busy machine too.
constexpr auto kLongEnough = 800ms;

ProcessOptions with_timeout(std::chrono::milliseconds timeout) {
  ProcessOptions options;
  options.timeout = timeout;
  return options;
}

// Whoever runs the tests may have left these ignored (a background job), and so would we.
void take_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    std::signal(signal, SIG_DFL);
  }
}

// Runs `script` in a process of its own, sends it `signal` once the script has written its line to
// `file`, and gives whether `expected` holds of the result.
bool interrupt(int signal, const std::string& script, const std::string& file,
               const ProcessOptions& options,
               const std::function<bool(const ProcessResult&)>& expected) {
  const pid_t runner = test::start_forked([&] {
    take_signals();
    const ProcessResult result = sh(script, options);
    return expected(result);
  });
  CHECK_FALSE(test::wait_for_line(file).empty());
  kill(runner, signal);
  return test::wait_forked(runner);
}

}  // namespace

TEST_CASE("a child that takes too long is asked to end, and what it wrote is kept") {
  const ProcessResult result = sh("echo before; exec sleep 60", with_timeout(kLongEnough));
  CHECK(result.timed_out);
  CHECK_FALSE(result.ok());
  CHECK(result.signal == SIGTERM);
  CHECK(result.out == "before\n");
  CHECK(result.duration >= kLongEnough);
  CHECK(result.describe() == "timed out after 0.8 s");
}

TEST_CASE("a child that ends in time has not timed out") {
  const ProcessResult result = sh("echo quick", with_timeout(20s));
  CHECK(result.ok());
  CHECK(result.duration < 10s);
}

TEST_CASE("a timeout is told as it was configured") {
  const auto told = [](std::chrono::milliseconds limit) {
    ProcessResult result;
    result.timed_out = true;
    result.time_limit = limit;
    return result.describe();
  };
  CHECK(told(30s) == "timed out after 30 s");
  CHECK(told(30min) == "timed out after 30 min");
  CHECK(told(90s) == "timed out after 1 min 30 s");
  CHECK(told(2h) == "timed out after 2 h 00 min");
}

TEST_CASE("a child may use the time between SIGTERM and SIGKILL to clean up") {
  const ProcessResult result =
      sh("trap 'sleep 0.3; echo cleaned; exit 0' TERM; while :; do sleep 0.05; done",
         with_timeout(kLongEnough));
  CHECK(result.timed_out);
  CHECK(result.out == "cleaned\n");
  CHECK_FALSE(result.ok());
}

TEST_CASE("a child that does not listen is killed two seconds later") {
  const ProcessResult result =
      sh("trap '' TERM; while :; do sleep 0.05; done", with_timeout(kLongEnough));
  CHECK(result.timed_out);
  CHECK(result.signal == SIGKILL);
  CHECK(result.duration >= kLongEnough + 2s);
  CHECK(result.duration < 20s);
}

TEST_CASE("a timeout ends the whole group, however deep and deaf") {
  for (const char* deaf : {"", "trap '' TERM; "}) {
    // The grandchild's output is not ours, so that nothing but the group leads to it.
    const ProcessResult result =
        sh(std::string(deaf) + "sh -c 'sleep 60' >/dev/null 2>&1 & echo $!; wait; sleep 60",
           with_timeout(kLongEnough));
    CHECK(result.timed_out);
    CHECK(test::goes_away(std::string(trim(result.out))));
  }
}

TEST_CASE("a grandchild that keeps the pipe gets the grace period too, and no more") {
  const ProcessResult result =
      sh("(trap '' TERM; while :; do sleep 0.05; done) & echo $!; exec sleep 60",
         with_timeout(kLongEnough));
  CHECK(result.timed_out);
  CHECK(result.duration >= kLongEnough + 2s);
  CHECK(result.duration < 20s);
  CHECK(test::goes_away(std::string(trim(result.out))));
}

TEST_CASE("a stopped child is ended as well") {
  const ProcessResult result = sh("kill -STOP $$", with_timeout(kLongEnough));
  CHECK(result.timed_out);
  CHECK(result.signal == SIGTERM);
}

TEST_CASE("each signal that asks us to end ends the child's group and is reported") {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    CAPTURE(signal);
    const TemporaryDirectory dir;
    const std::string file = join_path(dir.path(), "pid");
    CHECK(interrupt(signal, "sleep 60 >/dev/null & echo $! > " + file + "; wait; sleep 60", file,
                    {}, [](const ProcessResult& result) {
                      return result.interrupted && !result.ok() && result.signal == SIGTERM &&
                             result.describe() == "interrupted";
                    }));
    CHECK(test::goes_away(test::wait_for_line(file)));
  }
}

TEST_CASE("an interrupt is heard while output is inherited and while the child is silent") {
  const TemporaryDirectory dir;
  const std::string file = join_path(dir.path(), "pid");
  ProcessOptions options;
  options.inherit_output = true;
  CHECK(interrupt(
      SIGINT, "echo $$ > " + file + "; exec sleep 60", file, options,
      [](const ProcessResult& result) { return result.interrupted && result.signal == SIGTERM; }));
}

TEST_CASE("a second interrupt does not wait for the grace period") {
  const TemporaryDirectory dir;
  const std::string file = join_path(dir.path(), "pid");
  const pid_t runner = test::start_forked([&] {
    take_signals();
    const ProcessResult result = sh("trap 'echo again > " + file + ".2' TERM; echo $$ > " + file +
                                    "; while :; do sleep 0.05; done");
    return result.interrupted && result.signal == SIGKILL;
  });
  CHECK_FALSE(test::wait_for_line(file).empty());
  const auto start = std::chrono::steady_clock::now();
  kill(runner, SIGINT);
  CHECK(test::wait_for_line(file + ".2") == "again");
  kill(runner, SIGINT);
  CHECK(test::wait_forked(runner));
  CHECK(std::chrono::steady_clock::now() - start < 1900ms);
}

TEST_CASE("signal dispositions are ours again after a run, and an ignored one stays ignored") {
  CHECK(test::run_forked([] {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, [](int) {});
    std::signal(SIGHUP, SIG_IGN);
    struct sigaction term {};
    sigaction(SIGTERM, nullptr, &term);
    const ProcessResult result = sh("kill -HUP $$; kill -HUP $PPID; sleep 0.1; echo alive");
    struct sigaction after[3] = {};
    sigaction(SIGINT, nullptr, &after[0]);
    sigaction(SIGTERM, nullptr, &after[1]);
    sigaction(SIGHUP, nullptr, &after[2]);
    return result.ok() && result.out == "alive\n" && after[0].sa_handler == SIG_DFL &&
           after[1].sa_handler == term.sa_handler && after[2].sa_handler == SIG_IGN;
  }));
}

TEST_CASE("a child leads a group of its own, a foreground one stays in ours") {
  const std::string ours = std::to_string(getpgrp());
  const std::string script = "cut -d' ' -f5 /proc/$$/stat; echo $$";
  const ProcessResult own = sh(script);
  const auto lines = split_lines(own.out);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == lines[1]);
  ProcessOptions options;
  options.foreground = true;
  const ProcessResult foreground = sh(script, options);
  CHECK(split_lines(foreground.out).at(0) == ours);
}

TEST_CASE("a foreground child decides itself what the terminal's SIGINT means") {
  const TemporaryDirectory dir;
  const std::string file = join_path(dir.path(), "pid");
  ProcessOptions options;
  options.foreground = true;
  CHECK(interrupt(SIGINT, "echo $$ > " + file + "; sleep 0.3; echo saved", file, options,
                  [](const ProcessResult& result) {
                    return result.ok() && !result.interrupted && result.out == "saved\n";
                  }));
  remove_file(file);
  CHECK(interrupt(
      SIGINT, "echo $$ > " + file + "; sleep 0.3; kill -INT $$", file, options,
      [](const ProcessResult& result) { return result.interrupted && result.signal == SIGINT; }));
}

TEST_CASE("SIGTERM and a timeout end a foreground child, and not us") {
  const TemporaryDirectory dir;
  const std::string file = join_path(dir.path(), "pid");
  ProcessOptions options;
  options.foreground = true;
  CHECK(interrupt(
      SIGTERM, "echo $$ > " + file + "; exec sleep 60", file, options,
      [](const ProcessResult& result) { return result.interrupted && result.signal == SIGTERM; }));
  options.timeout = 100ms;
  CHECK(sh("exec sleep 60", options).timed_out);
}

TEST_CASE("a child dies with us, however we die") {
  const TemporaryDirectory dir;
  const std::string file = join_path(dir.path(), "pid");
  const pid_t runner =
      test::start_forked([&] { return sh("echo $$ > " + file + "; exec sleep 60").ok(); });
  const std::string child = test::wait_for_line(file);
  REQUIRE_FALSE(child.empty());
  kill(runner, SIGKILL);
  CHECK_FALSE(test::wait_forked(runner));
  CHECK(test::goes_away(child));
}

TEST_CASE("what a child started dies with us where its group is guarded") {
  const TemporaryDirectory dir;
  const std::string file = join_path(dir.path(), "pid");
  ProcessOptions options;
  options.group_ends_with_us = true;
  const pid_t runner = test::start_forked(
      [&] { return sh("sleep 60 & echo $! > " + file + "; wait; echo still here", options).ok(); });
  const std::string grandchild = test::wait_for_line(file);
  REQUIRE_FALSE(grandchild.empty());
  kill(runner, SIGKILL);
  CHECK_FALSE(test::wait_forked(runner));
  CHECK(test::goes_away(grandchild));
}

TEST_CASE("a guarded group that has ended leaves nobody behind") {
  ProcessOptions options;
  options.group_ends_with_us = true;
  CHECK(sh("exit 3", options).exit_status == 3);
  CHECK(waitpid(-1, nullptr, WNOHANG) == -1);  // no child of ours is left, the guard included
}
