#pragma once

#include <dlfcn.h>

// The C library's writing calls, as the fault tests' libraries see them. Each library says what
// becomes of a call.
namespace fault {

enum class Kind {
  Data,     // bytes of a regular file: a full disk makes it fail
  Entry,    // a new name in a directory: so does a full disk, and a missing permission
  Removal,  // of a name: so does a missing permission
  Sync,     // fsync and the like
  Other,    // changes something, and cannot fail for want of space or permission
};

struct Call {
  const char* name;
  Kind kind;
  int fd = -1;         // of what is written or synced
  int directory = -1;  // that `path` is relative to
  const char* path = nullptr;
  int from_directory = -1;  // of a rename, or a hard link
  const char* from = nullptr;
  bool exchanges = false;  // a rename of both
  long long size = 0;      // a truncation's
  bool existed = false;    // `path`, before: for `after`
};

// 0, or the errno with which the call fails instead of being made.
int before(Call& call);
// It has been made. `fd`: what an open has given.
void after(const Call& call, int fd);

template <typename Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace fault
