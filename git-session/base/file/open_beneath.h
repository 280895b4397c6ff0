#pragma once

#include <sys/types.h>

#include <string>

// Opening a path below a directory without following a symbolic link in any segment.
namespace gs {

// As openat(2), for a relative path without "." and ".." ("" is the directory itself). -1 with
// errno ELOOP where a segment is a link. Closed on exec.
[[nodiscard]] int open_beneath(int top, const std::string& path, int flags, mode_t mode = 0);
// The same where the kernel has no openat2(2), or a sandbox forbids it: segment by segment.
[[nodiscard]] int open_by_segments(int top, const std::string& path, int flags, mode_t mode = 0);

// Opens a directory for *at(2) calls alone: without permission to read it, where the system can.
extern const int kOpenDirectory;

}  // namespace gs
