#pragma once

#include <sys/types.h>

namespace gs {

// Replaces this process's umask. What it starts still gets the user's.
void set_own_umask(mode_t mask);

// The umask that the process began with; absent (-1) as long as set_own_umask was not called.
[[nodiscard]] int users_umask();

}  // namespace gs
