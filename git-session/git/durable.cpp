#include "git/durable.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "base/process/process.h"
#include "git/libgit2.h"

namespace gs::git {

void sync_repository(const Repository& repository) {
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
  std::string components = last_value(repository.impl().configuration(), "core.fsync").value_or("");
  if (!components.empty()) components += ',';
  command.insert(command.begin(), {"-c", "core.fsync=" + components + "reference,index"});
  return command;
}

}  // namespace gs::git
