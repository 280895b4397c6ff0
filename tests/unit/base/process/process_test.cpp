#include "base/process/process.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "base/error.h"
#include "base/file/file.h"
#include "base/forked.h"
#include "base/text.h"

using namespace gs;
using namespace std::chrono_literals;

namespace {

ProcessResult sh(const std::string& script, const ProcessOptions& options = {}) {
  return run_process({"sh", "-c", script}, options);
}

}  // namespace

TEST_CASE("output, errors and exit status of a child are told apart") {
  const ProcessResult result = sh("echo out; echo err >&2; exit 3");
  CHECK(result.out == "out\n");
  CHECK(result.err == "err\n");
  CHECK(result.exit_status == 3);
  CHECK(result.signal == 0);
  CHECK_FALSE(result.ok());
  CHECK(result.describe() == "exit status 3");
  CHECK(sh("true").ok());
}

TEST_CASE("arguments arrive byte for byte") {
  const ProcessResult result =
      run_process({"printf", "%s|", "", "a b", "*", "'\"\\", "\xFF\n", "$HOME"});
  CHECK(result.out == "|a b|*|'\"\\|\xFF\n|$HOME|");
}

TEST_CASE("a child that was killed is told with its signal") {
  const ProcessResult result = sh("kill -9 $$");
  CHECK(result.signal == SIGKILL);
  CHECK_FALSE(result.ok());
  CHECK(result.describe() == "killed by signal 9 (Killed)");
}

TEST_CASE("both streams together keep the order in which they were written") {
  ProcessOptions options;
  options.merge_stderr = true;
  const ProcessResult result = sh("for i in 1 2 3; do echo o$i; echo e$i >&2; done", options);
  CHECK(result.out == "o1\ne1\no2\ne2\no3\ne3\n");
  CHECK(result.err.empty());
}

TEST_CASE("input and output of megabytes do not block each other") {
  ProcessOptions options;
  for (int i = 0; i < 400'000; ++i) {
    options.input += std::to_string(i) + "\n";
  }
  const ProcessResult result = run_process({"tee", "/dev/stderr"}, options);
  CHECK(result.ok());
  CHECK((result.out == options.input));
  CHECK((result.err == options.input));
}

TEST_CASE("a child without input reads an empty one") {
  CHECK(run_process({"cat"}).out.empty());
}

TEST_CASE("a child that does not read its input is not an error and no SIGPIPE") {
  ProcessOptions options;
  options.input.assign(4U << 20U, 'x');
  CHECK(test::run_forked([&] {  // with SIGPIPE's default action, which would end the process
    std::signal(SIGPIPE, SIG_DFL);
    return run_process({"true"}, options).ok() && sh("exec <&-; sleep 0.1", options).ok();
  }));
}

TEST_CASE("a child that has to read its input has failed when it did not read all of it") {
  for (const std::size_t size : {std::size_t{1}, std::size_t{60'000}, std::size_t{4U << 20U}}) {
    CAPTURE(size);
    ProcessOptions options;
    options.input.assign(size, 'x');
    CHECK(run_process({"true"}, options).ok());
    options.needs_input_read = true;
    CHECK(run_process({"cat"}, options).ok());
    CHECK(sh("sleep 0.05; cat >/dev/null", options).ok());
    const ProcessResult unread = run_process({"true"}, options);
    CHECK_FALSE(unread.ok());
    CHECK(unread.input_left == size);
    CHECK(unread.describe() == "ended without reading all of its input");
    CHECK_FALSE(sh("exec <&-; sleep 0.05", options).ok());
    const ProcessResult failed = sh("exit 1", options);
    CHECK_FALSE(failed.ended_with(1));
    CHECK(failed.describe() == "exit status 1");
  }
}

TEST_CASE("a child that closes its output early is waited for") {
  const ProcessResult result = sh("exec >&- 2>&-; sleep 0.2; exit 7");
  CHECK(result.exit_status == 7);
  CHECK(result.duration >= 200ms);
}

TEST_CASE("the environment is ours with changes, and PATH counts for the lookup") {
  const TemporaryDirectory dir;
  write_file_atomically(join_path(dir.path(), "own-tool"), "#!/bin/sh\necho found $A ${B-unset}\n",
                        0755);
  CHECK(test::run_forked([&] {
    setenv("A", "ours", 1);
    setenv("B", "ours", 1);
    ProcessOptions options;
    options.environment = {{"A", "theirs"}, {"B", std::nullopt}, {"C", ""}};
    options.environment["PATH"] = dir.path();
    return run_process({"own-tool"}, options).out == "found theirs unset\n" &&
           run_process({"own-tool"}).exit_status == 127 &&
           sh("echo $A $B ${C-unset}").out == "ours ours unset\n";
  }));
}

TEST_CASE("the child starts in the given directory, also with a relative program") {
  const TemporaryDirectory dir;
  write_file_atomically(join_path(dir.path(), "tool"), "#!/bin/sh\npwd -P\n", 0755);
  ProcessOptions options;
  options.working_directory = dir.path();
  CHECK(run_process({"./tool"}, options).out == real_path(dir.path()) + "\n");
  options.working_directory = join_path(dir.path(), "absent");
  CHECK_THROWS_WITH_AS(
      static_cast<void>(run_process({"true"}, options)),
      ("cannot enter '" + options.working_directory + "': No such file or directory").c_str(),
      Error);
}

TEST_CASE("a program that is not there is status 127, one that cannot be executed 126") {
  const TemporaryDirectory dir;
  write_file_atomically(join_path(dir.path(), "plain"), "echo no\n", 0644);
  const ProcessResult absent = run_process({"no-such-program-anywhere"});
  CHECK(absent.exit_status == 127);
  CHECK(absent.err == "cannot run 'no-such-program-anywhere': No such file or directory\n");
  CHECK(run_process({join_path(dir.path(), "plain")}).exit_status == 126);
  CHECK(run_process({dir.path()}).exit_status == 126);
  CHECK(run_process({join_path(dir.path(), "plain/below")}).exit_status == 127);
  CHECK(run_process({""}).exit_status == 127);
  CHECK(run_process({"true", std::string(4U << 20U, 'x')}).exit_status == 126);
  CHECK_THROWS_AS(static_cast<void>(run_process({})), Error);
}

TEST_CASE("a script without an interpreter line is run by sh") {
  const TemporaryDirectory dir;
  const std::string script = join_path(dir.path(), "script");
  write_file_atomically(script, "echo \"$1-$#\"; exit 4\n", 0755);
  const ProcessResult result = run_process({script, "a b", "c"});
  CHECK(result.out == "a b-2\n");
  CHECK(result.exit_status == 4);
}

TEST_CASE("a child inherits no descriptor and no signal mask of ours") {
  CHECK(test::run_forked([] {
    const int leaked = fcntl(STDERR_FILENO, F_DUPFD, 77);  // without close-on-exec
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &mask, nullptr);
    const ProcessResult descriptors = run_process({"ls", "/proc/self/fd"});
    const ProcessResult status = run_process({"cat", "/proc/self/status"});
    return leaked == 77 && descriptors.out == "0\n1\n2\n3\n" &&  // 3 is ls reading the directory
           status.out.find("SigBlk:\t0000000000000000") != std::string::npos;
  }));
}

TEST_CASE("descriptors work out when ours has no stdin, stdout and stderr") {
  CHECK(test::run_forked([] {
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    close(STDERR_FILENO);
    ProcessOptions options;
    options.input = "through";
    const ProcessResult result = sh("cat; echo err >&2", options);
    return result.ok() && result.out == "through" && result.err == "err\n";
  }));
}

TEST_CASE("inherited output goes where ours goes, and inherited input comes from ours") {
  const TemporaryDirectory dir;
  const std::string log = join_path(dir.path(), "log");
  write_file_atomically(log + ".in", "typed\n");
  CHECK(test::run_forked([&] {
    const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    const int in = open((log + ".in").c_str(), O_RDONLY | O_CLOEXEC);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    ProcessOptions options;
    options.inherit_output = true;
    options.inherit_input = true;
    const ProcessResult result = sh("cat; echo err >&2; exit 5", options);
    return result.exit_status == 5 && result.out.empty() && result.err.empty();
  }));
  CHECK(read_file(log) == "typed\nerr\n");
}

TEST_CASE("output beyond the limit loses its middle and says so") {
  ProcessOptions options;
  options.output_limit = 1000;
  const ProcessResult result = run_process({"seq", "1", "100000"}, options);
  CHECK(result.out.starts_with("1\n2\n3\n"));
  CHECK(result.out.ends_with("\n99999\n100000\n"));
  CHECK(result.left_out == 588'895 - 1000);
  CHECK(result.out.size() < 1100);
  CHECK(run_process({"seq", "1", "100"}, options).left_out == 0);
}

TEST_CASE("chunks arrive while the child runs, and the time can be shown while none do") {
  std::string seen;
  int ticks = 0;
  bool live = false;
  ProcessOptions options;
  options.on_output = [&](std::string_view chunk) {
    seen += chunk;
    ticks += chunk.empty() ? 1 : 0;
    live = live || (chunk.empty() && seen == "first\n");
  };
  const ProcessResult result = sh("echo first; sleep 0.55; echo last", options);
  CHECK(seen == "first\nlast\n");
  CHECK(result.out == seen);
  CHECK(live);
  CHECK(ticks >= 3);
  CHECK(ticks <= result.duration / 100ms);
}

TEST_CASE("an exception from the caller's callback ends the child before it goes on") {
  std::string pid;
  ProcessOptions options;
  options.on_output = [&](std::string_view chunk) {
    pid += trim(chunk);
    throw std::runtime_error("enough");
  };
  CHECK_THROWS_AS(static_cast<void>(sh("echo $$; exec sleep 60", options)), std::runtime_error);
  CHECK(test::goes_away(pid));
}

TEST_CASE("processes can be run by several threads at the same time") {
  std::vector<std::thread> threads;
  std::vector<int> good(6, 0);
  for (std::size_t t = 0; t < good.size(); ++t) {
    threads.emplace_back([&good, t] {
      for (int i = 0; i < 15; ++i) {
        ProcessOptions options;
        options.input = std::to_string(t) + ":" + std::to_string(i);
        good[t] += run_process({"cat"}, options).out == options.input ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  CHECK(good == std::vector<int>(6, 15));
}

TEST_CASE("a background process that keeps the pipe does not keep us, and is left alone") {
  const ProcessResult result = sh("sleep 60 & echo $!");
  CHECK(result.ok());
  CHECK(result.duration < 5s);
  const std::string pid(trim(result.out));
  CHECK(kill(std::stoi(pid), 0) == 0);
  kill(std::stoi(pid), SIGKILL);
  CHECK(test::goes_away(pid));
}

TEST_CASE("what the child wrote last is read even when somebody else goes on writing") {
  const ProcessResult result = sh("yes & echo $! >&2; sleep 0.1; exit 6");
  kill(std::stoi(result.err), SIGKILL);
  CHECK(result.exit_status == 6);
  CHECK(result.duration < 10s);
  CHECK(result.out.starts_with("y\ny\n"));
}

TEST_CASE("a child is found to have ended although SIGCHLD was ignored when we started") {
  CHECK(test::run_forked([] {
    std::signal(SIGCHLD, SIG_IGN);
    const ProcessResult result = sh("exit 9");
    struct sigaction after {};
    sigaction(SIGCHLD, nullptr, &after);
    return result.exit_status == 9 && after.sa_handler == SIG_IGN;
  }));
}
