#include "githooks/call.h"

#include "base/file/file.h"
#include "base/process/process.h"
#include "git/checkout.h"
#include "git/commit/commit.h"

namespace gs::githooks {

namespace {

// The directory's real name: two names of one index must compare equal.
std::string without_links(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  const std::string directory = file.substr(0, slash);
  return file_info(directory) ? join_path(real_path(directory), file.substr(slash + 1)) : file;
}

}  // namespace

HookCall gather_call(std::vector<std::string> arguments, std::string input) {
  HookCall call;
  call.arguments = std::move(arguments);
  call.input = std::move(input);
  const std::string here = real_path(".");
  const auto named = environment_variable("GIT_WORK_TREE");
  call.work_tree = named ? real_path(*named) : here;
  const auto git_dir = git::git_dir_of(call.work_tree);
  if (git_dir && file_info(*git_dir)) {
    call.git_dir = real_path(*git_dir);
  } else {
    call.work_tree.clear();
  }
  if (const auto index = environment_variable("GIT_INDEX_FILE")) {
    call.index_file = without_links(path_from(here, *index));
  }
  call.prefix = environment_variable("GIT_PREFIX").value_or("");
  call.of_close = environment_variable("GIT_REFLOG_ACTION") == git::kActionOfClose;
  return call;
}

}  // namespace gs::githooks
