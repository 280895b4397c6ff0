#include "base/process/users_umask.h"

#include <sys/stat.h>

#include <atomic>

namespace gs {
namespace {

std::atomic<int> before_ours{-1};

}  // namespace

void set_own_umask(mode_t mask) {
  const mode_t before = umask(mask);
  int unset = -1;
  before_ours.compare_exchange_strong(unset, static_cast<int>(before));
}

int users_umask() {
  return before_ours.load();
}

}  // namespace gs
