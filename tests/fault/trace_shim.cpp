// Preloaded into git-session and all that it runs: records what a power loss could take, for
// lose_power.cpp, and ends every process before the selected call.
//   POWER_TOP=DIRECTORY   only what lies below it
//   POWER_TRACE=FILE      a line for each call that was made, its fields separated by tabs:
//                           create INODE DIRECTORY PATH      also a symbolic link
//                           write INODE SIZE-BEFORE          truncations too, by the size after
//                           fsync INODE SIZE                 of a file, or a directory
//                           syncfs
//                           rename INODE DIRECTORY PATH FROM REPLACED-INODE FROM-DIRECTORY
//                           exchange INODE DIRECTORY PATH FROM REPLACED-INODE FROM-DIRECTORY
//                           link INODE DIRECTORY PATH
//                           unlink INODE DIRECTORY PATH
//                           mkdir, rmdir 0 DIRECTORY PATH
//   POWER_STASH=DIRECTORY what is replaced or removed gets a second name there, its inode
//   POWER_COUNT=FILE      8 bytes, shared by the processes: how many calls there were
//   POWER_AT=N            before which call the power fails; without it none
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "calls.h"

namespace {

using fault::Call;
using fault::Kind;
using fault::next;

const char* top = nullptr;
const char* stash = nullptr;
int trace_fd = -1;
long wanted = 0;
std::atomic<long>* count = nullptr;

__attribute__((constructor)) void set_up() {
  const char* trace = std::getenv("POWER_TRACE");
  const char* counter = std::getenv("POWER_COUNT");
  stash = std::getenv("POWER_STASH");
  if (trace == nullptr || counter == nullptr || stash == nullptr) return;
  const auto open_file = next<int (*)(const char*, int, ...)>("open");
  trace_fd = open_file(trace, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  const int fd = open_file(counter, O_RDWR | O_CLOEXEC);
  void* shared = mmap(nullptr, sizeof(*count), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (shared == MAP_FAILED) return;
  count = static_cast<std::atomic<long>*>(shared);
  if (const char* at = std::getenv("POWER_AT")) wanted = std::atol(at);
  top = std::getenv("POWER_TOP");
}

std::string target_of(const std::string& link) {
  char name[PATH_MAX];
  const ssize_t length = readlink(link.c_str(), name, sizeof name);
  return std::string(name, length < 0 ? 0 : static_cast<std::size_t>(length));
}

std::string path_of(int fd) {
  return target_of("/proc/self/fd/" + std::to_string(fd));
}

// Absolute; links in it are not followed.
std::string absolute(int directory, const char* path) {
  if (path[0] == '/') return path;
  const std::string base = directory == AT_FDCWD ? target_of("/proc/self/cwd") : path_of(directory);
  return base + '/' + path;
}

bool is_below_top(const std::string& path) {
  const std::size_t size = std::strlen(top);
  return path.compare(0, size, top) == 0 && (path.size() == size || path[size] == '/');
}

unsigned long inode_of(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

std::string directory_of(const std::string& path) {
  return path.substr(0, path.rfind('/'));
}

void record(const std::string& line) {
  const std::string whole = line + '\n';
  static_cast<void>(next<ssize_t (*)(int, const void*, std::size_t)>("write")(
      trace_fd, whole.data(), whole.size()));
}

// Keeps the content of what is about to lose its name. 0 if there is nothing.
unsigned long keep(const std::string& path) {
  const unsigned long inode = inode_of(path);
  if (inode == 0) return 0;
  const std::string kept = std::string(stash) + '/' + std::to_string(inode);
  next<int (*)(const char*, const char*)>("link")(path.c_str(), kept.c_str());
  return inode;
}

thread_local unsigned long lost_inode = 0;  // between `before` and `after`

// What a call is about; "" if it is none of ours.
std::string subject(const Call& call) {
  if (top == nullptr || call.kind == Kind::Other) {
    if (top == nullptr || std::strcmp(call.name, "ftruncate") != 0) return "";
  }
  std::string path = call.fd >= 0 ? path_of(call.fd) : absolute(call.directory, call.path);
  if (std::strcmp(call.name, "syncfs") == 0) return top;
  return is_below_top(path) ? path : "";
}

std::string entry_line(const char* what, unsigned long inode, const std::string& path) {
  return std::string(what) + '\t' + std::to_string(inode) + '\t' +
         std::to_string(inode_of(directory_of(path))) + '\t' + path;
}

void record_data(const Call& call) {
  struct stat status {};
  if (fstat(call.fd, &status) != 0) return;
  const std::string inode = std::to_string(status.st_ino);
  if (call.kind == Kind::Sync) {
    record("fsync\t" + inode + '\t' + std::to_string(status.st_size));
  } else if (S_ISREG(status.st_mode)) {
    record("write\t" + inode + '\t' +
           std::to_string(call.kind == Kind::Data ? status.st_size : call.size));
  }
}

void record_open(const Call& call, const std::string& path, int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return;
  if (!call.existed) record(entry_line("create", status.st_ino, path));
  if (call.existed && call.size == 0) record("write\t" + std::to_string(status.st_ino) + "\t0");
}

void record_rename(const Call& call, const std::string& path) {
  const std::string from = absolute(call.from_directory, call.from);
  record(entry_line(call.exchanges ? "exchange" : "rename", inode_of(path), path) + '\t' + from +
         '\t' + std::to_string(lost_inode) + '\t' + std::to_string(inode_of(directory_of(from))));
}

}  // namespace

namespace fault {

int before(Call& call) {
  const std::string path = subject(call);
  if (path.empty()) return 0;
  const long number = ++*count;
  // Nothing is written any more, by no process.
  if (wanted != 0 && number >= wanted) raise(SIGKILL);
  lost_inode = 0;
  if (call.path != nullptr) call.existed = inode_of(path) != 0;
  if (call.kind == Kind::Removal || std::strcmp(call.name, "rename") == 0) lost_inode = keep(path);
  // Recorded before, because its size is gone afterwards.
  if (call.kind == Kind::Data) record_data(call);
  return 0;
}

void after(const Call& call, int fd) {
  const std::string path = subject(call);
  if (path.empty() || call.kind == Kind::Data) return;
  const std::string name = call.name;
  if (name == "syncfs") {
    record(name);
  } else if (call.fd >= 0) {
    record_data(call);
  } else if (name == "create" || name == "truncate") {
    record_open(call, path, fd);
  } else if (name == "rename") {
    record_rename(call, path);
  } else if (name == "symlink") {
    record(entry_line("create", inode_of(path), path));
  } else if (name == "link" || name == "mkdir") {
    record(entry_line(call.name, inode_of(path), path));
  } else if (name == "unlink" || name == "rmdir") {
    record(entry_line(call.name, lost_inode, path));
  }
}

}  // namespace fault
