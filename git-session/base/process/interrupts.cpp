#include "base/process/interrupts.h"

#include <array>
#include <atomic>
#include <csignal>
#include <mutex>

namespace gs {
namespace {

std::atomic<unsigned> keyboard_count{0};
std::atomic<unsigned> terminate_count{0};
static_assert(std::atomic<unsigned>::is_always_lock_free,
              "a signal handler may only use lock-free");

extern "C" void count_signal(int signal) {
  (signal == SIGINT ? keyboard_count : terminate_count).fetch_add(1);
}

constexpr std::array<int, 3> kWatched{SIGINT, SIGTERM, SIGHUP};

// Several threads may run a process at the same time; signal dispositions belong to all of them.
std::mutex mutex;
unsigned watches = 0;
std::array<struct sigaction, kWatched.size()> before{};
struct sigaction child_before {};

void install() {
  for (std::size_t i = 0; i < kWatched.size(); ++i) {
    sigaction(kWatched[i], nullptr, &before[i]);
    if (before[i].sa_handler == SIG_IGN) {
      continue;
    }
    struct sigaction action {};
    action.sa_handler = &count_signal;
    sigemptyset(&action.sa_mask);
    sigaction(kWatched[i], &action, nullptr);
  }
  // Whoever started us may have left SIGCHLD ignored; then nobody could wait for a child.
  struct sigaction by_default {};
  by_default.sa_handler = SIG_DFL;
  sigemptyset(&by_default.sa_mask);
  sigaction(SIGCHLD, &by_default, &child_before);
}

void restore() {
  for (std::size_t i = 0; i < kWatched.size(); ++i) {
    sigaction(kWatched[i], &before[i], nullptr);
  }
  sigaction(SIGCHLD, &child_before, nullptr);
}

}  // namespace

InterruptWatch::InterruptWatch() {
  const std::lock_guard<std::mutex> guard(mutex);
  if (watches++ == 0) {
    install();
  }
  keyboard_before_ = keyboard_count.load();
  terminate_before_ = terminate_count.load();
}

InterruptWatch::~InterruptWatch() {
  const std::lock_guard<std::mutex> guard(mutex);
  if (--watches == 0) {
    restore();
  }
}

unsigned InterruptWatch::from_keyboard() const {
  return keyboard_count.load() - keyboard_before_;
}

unsigned InterruptWatch::to_terminate() const {
  return terminate_count.load() - terminate_before_;
}

}  // namespace gs
