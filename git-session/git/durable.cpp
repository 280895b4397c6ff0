#include "git/durable.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "base/process/process.h"
#include "base/text.h"
#include "git/libgit2.h"

namespace gs::git {

namespace {

// core.fsync; absent where the user wants nothing synced.
std::optional<std::string> components(const Repository& repository) {
  std::string value = last_value(repository.impl().configuration(), "core.fsync").value_or("");
  for (const std::string_view component : split(value, ',')) {
    if (trim(component) == "none") return std::nullopt;
  }
  return value;
}

}  // namespace

void sync_repository(const Repository& repository) {
  if (!components(repository)) return;
  const std::string objects = environment_variable("GIT_OBJECT_DIRECTORY")
                                  .value_or(join_path(repository.common_dir(), "objects"));
  std::set<dev_t> synced;
  for (const std::string& directory : {objects, repository.common_dir(), repository.git_dir()}) {
    const UniqueFd fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    struct stat status {};
    if (!fd.valid() || ::fstat(fd.get(), &status) != 0)
      throw system_error("sync", directory, errno);
    if (synced.insert(status.st_dev).second && ::syncfs(fd.get()) != 0)
      throw system_error("sync", directory, errno);
  }
}

std::vector<std::string> syncing(const Repository& repository, std::vector<std::string> command) {
  std::optional<std::string> synced = components(repository);
  if (!synced) return command;
  if (!synced->empty()) *synced += ',';
  command.insert(command.begin(), {"-c", "core.fsync=" + *synced + "reference,index"});
  return command;
}

}  // namespace gs::git
