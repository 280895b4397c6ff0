#include "base/process/interrupts.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <ctime>
#include <mutex>

namespace gs {
namespace {

std::atomic<unsigned> keyboard_count{0};
std::atomic<unsigned> terminate_count{0};
std::atomic<unsigned> terminate_seen{0};  // of these, a watch was asked for
std::atomic<int> terminated_by{0};
// Several threads may run processes at the same time; they share the signal dispositions.
std::mutex mutex;
std::atomic<unsigned> watches{0};
static_assert(std::atomic<unsigned>::is_always_lock_free && std::atomic<long>::is_always_lock_free,
              "a signal handler may only use lock-free");

constexpr std::array<int, 3> kWatched{SIGINT, SIGTERM, SIGHUP};
std::array<struct sigaction, kWatched.size()> handlers_before{};
struct sigaction child_before {};

// A terminal sends Ctrl-C to git and to us, and git, which waits for us, sends it to us once more
// (clean_on_exit in git's run-command.c). The two are one, in whichever order they come.
constexpr long kSameKey = 1000;  // milliseconds
// When one came whose other copy has not come yet.
std::atomic<long> from_git{-kSameKey};
std::atomic<long> from_others{-kSameKey};

long now() {
  struct timespec time {};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
}

bool is_second_copy(const siginfo_t* info) {
  const bool from_parent = info->si_code == SI_USER && info->si_pid == getppid();
  const long time = now();
  std::atomic<long>& other = from_parent ? from_others : from_git;
  if (time - other.exchange(-kSameKey) < kSameKey) return true;
  (from_parent ? from_git : from_others).store(time);
  return false;
}

extern "C" void on_signal(int signal, siginfo_t* info, void* /*context*/) {
  if (signal != SIGINT) {
    terminated_by.store(signal);
    terminate_count.fetch_add(1);
  } else if (is_second_copy(info)) {
    return;
  } else if (watches.load() > 0) {
    keyboard_count.fetch_add(1);
  } else {  // only the copy of one that was counted was still to come
    sigaction(SIGINT, handlers_before.data(), nullptr);
    (void)raise(SIGINT);
  }
}

void install() {
  for (std::size_t i = 0; i < kWatched.size(); ++i) {
    struct sigaction now_set {};
    sigaction(kWatched[i], nullptr, &now_set);
    if ((now_set.sa_flags & SA_SIGINFO) != 0 && now_set.sa_sigaction == &on_signal) continue;
    handlers_before[i] = now_set;
    if ((now_set.sa_flags & SA_SIGINFO) == 0 && now_set.sa_handler == SIG_IGN) continue;
    struct sigaction action {};
    action.sa_flags = SA_SIGINFO;
    action.sa_sigaction = &on_signal;
    sigemptyset(&action.sa_mask);
    sigaction(kWatched[i], &action, nullptr);
  }
  // Our parent may have left SIGCHLD ignored; then we could not wait for a child.
  struct sigaction by_default {};
  by_default.sa_handler = SIG_DFL;
  sigemptyset(&by_default.sa_mask);
  sigaction(SIGCHLD, &by_default, &child_before);
}

void restore() {
  const bool copy_may_come = now() - std::max(from_git.load(), from_others.load()) < kSameKey;
  for (std::size_t i = 0; i < kWatched.size(); ++i) {
    if (kWatched[i] == SIGINT && copy_may_come) continue;
    sigaction(kWatched[i], &handlers_before[i], nullptr);
  }
  sigaction(SIGCHLD, &child_before, nullptr);
  // One that came when nobody asked any more is for what was there before.
  if (terminate_count.load() != terminate_seen.exchange(terminate_count.load()))
    (void)raise(terminated_by.load());
}

}  // namespace

InterruptWatch::InterruptWatch() {
  const std::lock_guard<std::mutex> guard(mutex);
  if (watches.fetch_add(1) == 0) {
    install();
  }
  keyboard_before_ = keyboard_count.load();
  terminate_before_ = terminate_count.load();
}

InterruptWatch::~InterruptWatch() {
  const std::lock_guard<std::mutex> guard(mutex);
  if (watches.fetch_sub(1) == 1) {
    restore();
  }
}

unsigned InterruptWatch::from_keyboard() const {
  return keyboard_count.load() - keyboard_before_;
}

unsigned InterruptWatch::to_terminate() const {
  const unsigned count = terminate_count.load();
  terminate_seen.store(count);
  return count - terminate_before_;
}

}  // namespace gs
