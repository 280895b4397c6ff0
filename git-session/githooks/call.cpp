#include "githooks/call.h"

#include "base/error.h"
#include "base/file/file.h"
#include "base/process/process.h"
#include "base/screen.h"
#include "base/text.h"
#include "git/checkout.h"
#include "git/commit/commit.h"

namespace gs::githooks {
namespace {

// The real path of the directory: two names of one index must compare equal.
std::string without_links(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  const std::string directory = file.substr(0, slash);
  return file_info(directory) ? join_path(real_path(directory), file.substr(slash + 1)) : file;
}

Error malformed(std::string_view line) {
  return fatal("standard input has a line that does not name a pushed ref: '" +
               escape_hidden(ellipsize(line, 200)) + "'");
}

}  // namespace

HookCall gather_call(std::vector<std::string> arguments, std::string input) {
  HookCall call;
  call.arguments = std::move(arguments);
  call.input = std::move(input);
  const std::string here = real_path(".");
  const auto named = environment_variable("GIT_WORK_TREE");
  call.work_tree = named ? real_path(*named) : here;
  const auto git_dir = git::git_dir_of(here);
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

std::string PushedRef::refspec() const {
  if (is_deletion()) return ":" + target;
  return source == target ? source : source + ":" + target;
}

std::vector<PushedRef> parse_pushed_refs(std::string_view input) {
  std::vector<PushedRef> refs;
  for (const std::string_view line : split_lines(input)) {
    if (line.empty()) continue;  // `printf '%s\n' "$refs"` in a hook that hands an empty input on
    const std::vector<std::string_view> words = split(line, ' ');
    // A source as typed may contain spaces ("main@{2 days ago}").
    if (words.size() < 4) throw malformed(line);
    const auto there_before = git::ObjectId::parse(words.back());
    const std::string_view target = words[words.size() - 2];
    const auto object = git::ObjectId::parse(words[words.size() - 3]);
    if (!there_before || !object) throw malformed(line);
    const auto end = static_cast<std::size_t>(words[words.size() - 3].data() - line.data());
    refs.push_back(
        {std::string(line.substr(0, end - 1)), *object, std::string(target), *there_before});
  }
  return refs;
}

}  // namespace gs::githooks
