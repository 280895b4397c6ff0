#pragma once

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <thread>

#include "base/file/file.h"

namespace gs::test {

// Starts `body` in a process of its own, where it may change signals, limits and descriptors; true
// from it is success. An exception is printed and counts as false.
inline pid_t start_forked(const std::function<bool()>& body) {
  std::fflush(nullptr);
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    bool good = false;
    try {
      good = body();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "in the forked process: %s\n", error.what());
    }
    _exit(good ? 0 : 1);
  }
  return pid;
}

// Waits for it; true when `body` gave true.
inline bool wait_forked(pid_t pid) {
  int status = 0;
  REQUIRE(waitpid(pid, &status, 0) == pid);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

inline bool run_forked(const std::function<bool()>& body) {
  return wait_forked(start_forked(body));
}

// Whether `condition` comes true within ten seconds.
inline bool eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) {
      return true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

// Whether the process goes away (a zombie that nobody reaps has).
inline bool goes_away(const std::string& pid) {
  return eventually([&] {
    const auto stat = read_file_if_exists("/proc/" + pid + "/stat");
    return !stat || stat->find(") Z ") != std::string::npos;
  });
}

// The first line of a file, once it is there.
inline std::string wait_for_line(const std::string& path) {
  std::string line;
  eventually([&] {
    line = read_file_if_exists(path).value_or("");
    return line.ends_with('\n');
  });
  return line.substr(0, line.find('\n'));
}

}  // namespace gs::test
