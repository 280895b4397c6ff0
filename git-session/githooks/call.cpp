#include "githooks/call.h"

#include "base/file/file.h"
#include "base/process/process.h"
#include "git/commit/commit.h"
#include "githooks/checkout.h"

namespace gs::githooks {

namespace {

std::string git_dir_of(const std::string& work_tree) {
  const auto named = environment_variable("GIT_DIR");
  return named ? path_from(work_tree, *named) : git_dir_at(work_tree);
}

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
  call.git_dir = git_dir_of(call.work_tree);
  if (call.git_dir.empty() || !file_info(call.git_dir)) {
    call.git_dir.clear();
    call.work_tree.clear();
  } else {
    call.git_dir = real_path(call.git_dir);
  }
  if (const auto index = environment_variable("GIT_INDEX_FILE")) {
    call.index_file = without_links(path_from(here, *index));
  }
  call.prefix = environment_variable("GIT_PREFIX").value_or("");
  call.of_close = environment_variable("GIT_REFLOG_ACTION") == git::kActionOfClose;
  return call;
}

}  // namespace gs::githooks
