#include "git/status/standard_ignores.h"

#include "base/file/file.h"
#include "base/text.h"
#include "git/config/files.h"
#include "git/libgit2.h"

namespace gs::git {
namespace {

IgnoreRules::Pointer with_file(const std::string& file, IgnoreRules::Pointer above) {
  const auto info = file_info(file);
  if (!info || info->type == FileType::Directory) return above;
  const auto content = read_file_if_exists(file);
  return content ? IgnoreRules::read(*content, "", std::move(above)) : above;
}

}  // namespace

std::optional<IgnoreRules::Pointer> standard_ignores(const Repository& repository) {
  const auto user = user_file(repository.impl().configuration(), "core.excludesfile", "ignore");
  if (!user) return std::nullopt;
  IgnoreRules::Pointer rules;
  if (!user->empty()) rules = with_file(*user, nullptr);
  return with_file(join_path(repository.common_dir(), "info/exclude"), std::move(rules));
}

std::optional<std::set<std::string>> ignored_by_rules(const Repository& repository,
                                                      const std::vector<Undecided>& candidates) {
  ProcessOptions options;
  for (const Undecided& candidate : candidates) options.input += candidate.path + '\0';
  const ProcessResult result =
      repository.git().run({"check-ignore", "--no-index", "-z", "--stdin"}, options);
  // 1 says that none is ignored.
  if (!result.ok() && !result.ended_with(1)) return std::nullopt;
  std::set<std::string> ignored;
  for (const std::string_view path : split(result.out, '\0')) ignored.emplace(path);
  return ignored;
}

}  // namespace gs::git
