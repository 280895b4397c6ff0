#include "base/process/interrupts.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <functional>
#include <thread>

#include "base/process/process.h"

using gs::InterruptWatch;

namespace {

using std::chrono::milliseconds;

void wait_for(milliseconds time) {
  std::this_thread::sleep_for(time);
}

// Runs `child` in a process of its own and interrupts it, as git does with us, whenever it asks for
// that by the function that it gets. The status that waitpid reports.
int run_interrupted(const std::function<int(const std::function<void()>&)>& child) {
  int asks[2];
  int answers[2];
  REQUIRE(pipe(asks) == 0);
  REQUIRE(pipe(answers) == 0);
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    close(asks[0]);
    (void)std::signal(SIGINT, SIG_DFL);  // doctest has one of its own
    const auto interrupt = [&] {
      char byte = 'x';
      if (write(asks[1], &byte, 1) != 1) _exit(90);
      while (read(answers[0], &byte, 1) != 1) {
      }
    };
    _exit(child(interrupt));
  }
  close(asks[1]);
  char byte = 0;
  while (read(asks[0], &byte, 1) == 1) {
    kill(pid, SIGINT);
    if (write(answers[1], &byte, 1) != 1) break;
  }
  int status = 0;
  waitpid(pid, &status, 0);
  for (const int end : {asks[0], answers[0], answers[1]}) close(end);
  return status;
}

}  // namespace

TEST_CASE("Ctrl-C and git's copy of it count once") {
  const int status = run_interrupted([](const std::function<void()>& interrupt) {
    const InterruptWatch watch;
    (void)raise(SIGINT);
    interrupt();
    wait_for(milliseconds(50));
    return static_cast<int>(watch.from_keyboard());
  });
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 1);
}

TEST_CASE("git's copy may come first") {
  const int status = run_interrupted([](const std::function<void()>& interrupt) {
    const InterruptWatch watch;
    interrupt();
    (void)raise(SIGINT);
    wait_for(milliseconds(50));
    return static_cast<int>(watch.from_keyboard());
  });
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 1);
}

TEST_CASE("Ctrl-C twice counts twice") {
  const int status = run_interrupted([](const std::function<void()>& interrupt) {
    const InterruptWatch watch;
    for (int i = 0; i < 2; ++i) {
      (void)raise(SIGINT);
      interrupt();
    }
    wait_for(milliseconds(50));
    return static_cast<int>(watch.from_keyboard());
  });
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 2);
}

TEST_CASE("git's copy does not kill when it comes after the watch") {
  const int status = run_interrupted([](const std::function<void()>& interrupt) {
    {
      const InterruptWatch watch;
      (void)raise(SIGINT);
    }
    interrupt();
    wait_for(milliseconds(50));
    const InterruptWatch again;
    return static_cast<int>(again.from_keyboard());
  });
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("another Ctrl-C after the watch has its usual effect") {
  const int at_once = run_interrupted([](const std::function<void()>&) {
    {
      const InterruptWatch watch;
      (void)raise(SIGINT);
    }
    (void)raise(SIGINT);
    return 7;
  });
  CHECK(WIFSIGNALED(at_once));
  const int later = run_interrupted([](const std::function<void()>& interrupt) {
    {
      const InterruptWatch watch;
      (void)raise(SIGINT);
    }
    wait_for(milliseconds(1100));
    interrupt();
    wait_for(milliseconds(500));
    return 7;
  });
  CHECK(WIFSIGNALED(later));
}

TEST_CASE("a signal to terminate that nobody was told of has its usual effect after the watch") {
  const auto ends_by = [](bool asks) {
    return run_interrupted([asks](const std::function<void()>&) {
      (void)std::signal(SIGTERM, SIG_DFL);
      {
        const InterruptWatch watch;
        (void)raise(SIGTERM);
        if (asks && watch.to_terminate() != 1) return 8;
      }
      return 7;
    });
  };
  const int told = ends_by(true);
  CHECK(WIFEXITED(told));
  CHECK(WEXITSTATUS(told) == 7);
  const int untold = ends_by(false);
  CHECK(WIFSIGNALED(untold));
  CHECK(WTERMSIG(untold) == SIGTERM);
}

TEST_CASE("a signal that ends a child and reaches us at the same time is told, whoever is first") {
  const int status = run_interrupted([](const std::function<void()>&) {
    setpgid(0, 0);
    for (int i = 0; i < 100; ++i) {
      gs::ProcessOptions options;
      options.foreground = true;
      if (!gs::run_process({"sh", "-c", "kill -TERM 0"}, options).interrupted) return 8;
    }
    return 7;
  });
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 7);
}
