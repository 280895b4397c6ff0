#include "git/status/ignore_rules.h"

#include <algorithm>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/config/files.h"
#include "git/libgit2.h"
#include "git/status/worktree_walk.h"

namespace gs::git {
namespace {

constexpr std::string_view kGlobCharacters = "*?[\\";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// Trailing spaces do not count, unless a backslash comes before them.
std::string_view without_trailing_spaces(std::string_view line) {
  while (line.ends_with(' ') && !(line.size() > 1 && line[line.size() - 2] == '\\')) {
    line.remove_suffix(1);
  }
  return line;
}

bool has_glob(std::string_view text) {
  return text.find_first_of(kGlobCharacters) != std::string_view::npos;
}

std::string_view plain_start(std::string_view text) {
  return text.substr(0, text.find_first_of(kGlobCharacters));
}

IgnoreRules::Pointer with_file(const std::string& file, IgnoreRules::Pointer above) {
  const auto info = file_info(file);
  if (!info || info->type == FileType::Directory) return above;
  const auto content = read_file_if_exists(file);
  return content ? IgnoreRules::read(*content, "", std::move(above)) : above;
}

}  // namespace

IgnoreRules::Pointer IgnoreRules::read(std::string_view content, std::string directory,
                                       Pointer above) {
  auto rules = std::make_shared<IgnoreRules>();
  rules->directory_ = std::move(directory);
  rules->above_ = std::move(above);
  rules->content_ = content;
  rules->bytes_ = content.size() + (rules->above_ ? rules->above_->bytes_ : 0);
  content = rules->content_;
  rules->rules_.reserve(static_cast<std::size_t>(std::count(content.begin(), content.end(), '\n')));
  if (content.starts_with(kByteOrderMark)) content.remove_prefix(kByteOrderMark.size());
  for (const std::string_view line : split_lines(content)) {
    Rule rule;
    if (parse(line, rule)) rules->rules_.push_back(std::move(rule));
  }
  return rules;
}

bool IgnoreRules::parse(std::string_view line, Rule& rule) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with('#')) return false;
  line = without_trailing_spaces(line);
  if (line.starts_with('!')) {
    rule.negated = true;
    line.remove_prefix(1);
  }
  if (line.size() > 1 && line.ends_with('/')) {
    rule.directories_only = true;
    line.remove_suffix(1);
  }
  if (line.empty()) return false;
  constexpr std::string_view kAnywhere = "**/";
  if (line.starts_with(kAnywhere) && line.find('/', kAnywhere.size()) == std::string_view::npos) {
    line.remove_prefix(kAnywhere.size());
    if (line.empty()) return false;
  }
  const bool is_path = line.find('/') != std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  const bool has_odd_slashes = line.starts_with('/') || line.ends_with('/');
  const std::size_t glob = has_odd_slashes ? 0 : line.find_first_of(kGlobCharacters);
  if (glob == std::string_view::npos) {
    rule.kind = is_path ? Rule::Kind::Path : Rule::Kind::Name;
    rule.text = line;
  } else if (!is_path && glob == 0 && line[0] == '*' && !has_glob(line.substr(1))) {
    rule.kind = Rule::Kind::NameEnd;
    rule.text = line.substr(1);
  } else if (!is_path && glob + 1 == line.size() && line[glob] == '*') {
    rule.kind = Rule::Kind::NameStart;
    rule.text = line.substr(0, glob);
  } else {
    rule.kind = is_path ? Rule::Kind::PathGlob : Rule::Kind::NameGlob;
    rule.text = line.substr(0, glob);
    // "*.py[cod]": the plain text after a star must occur.
    if (line[glob] == '*') rule.contained = plain_start(line.substr(glob + 1));
  }
  return true;
}

Ignored IgnoreRules::answer(const Rule& rule, std::string_view name, std::string_view below) {
  const auto when = [](bool matches, Ignored what) { return matches ? what : Ignored::No; };
  switch (rule.kind) {
    case Rule::Kind::Name:
      return when(name == rule.text, Ignored::Yes);
    case Rule::Kind::NameStart:
      return when(name.starts_with(rule.text), Ignored::Yes);
    case Rule::Kind::NameEnd:
      return when(name.ends_with(rule.text), Ignored::Yes);
    case Rule::Kind::Path:
      return when(below == rule.text, Ignored::Yes);
    case Rule::Kind::NameGlob:
      return when(
          name.starts_with(rule.text) && name.find(rule.contained) != std::string_view::npos,
          Ignored::GitKnows);
    case Rule::Kind::PathGlob:
      return when(below.starts_with(rule.text), Ignored::GitKnows);
  }
  return Ignored::GitKnows;
}

Ignored IgnoreRules::match(std::string_view path, bool is_directory) const {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (const IgnoreRules* at = this; at != nullptr; at = at->above_.get()) {
    const std::string_view below = path.substr(at->directory_.size());
    for (auto rule = at->rules_.rbegin(); rule != at->rules_.rend(); ++rule) {
      if (rule->directories_only && !is_directory) continue;
      const Ignored found = answer(*rule, name, below);
      if (found == Ignored::GitKnows) return found;
      if (found == Ignored::Yes) return rule->negated ? Ignored::No : Ignored::Yes;
    }
  }
  return Ignored::No;
}

std::set<RepoPath> ignored_paths(const Repository& repository, const std::vector<RepoPath>& paths) {
  std::set<RepoPath> ignored;
  if (paths.empty()) return ignored;
  ProcessOptions options;
  for (const RepoPath& path : paths) options.input += path.bytes() + '\0';
  const ProcessResult result = repository.git().run({"check-ignore", "-z", "--stdin"}, options);
  if (!require_answer("check-ignore", result)) return ignored;
  for (const std::string_view path : split(result.out, '\0')) {
    if (!path.empty()) ignored.insert(RepoPath(std::string(path)));
  }
  return ignored;
}

void exclude_locally(const Repository& repository, const std::string& pattern) {
  const FileLock lock = lock_list(
      repository, {"exclude", "'info/exclude' of the git directory", ListLock::Of::Repository});
  const std::string file = join_path(repository.common_dir(), "info/exclude");
  const std::string text = read_file_if_exists(file).value_or("");
  for (const std::string_view line : split_lines(text)) {
    if (line == pattern) return;
  }
  append_lines(file, pattern + "\n");
}

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
  // 1: none is ignored.
  if (!result.ok() && !result.ended_with(1)) return std::nullopt;
  std::set<std::string> ignored;
  for (const std::string_view path : split(result.out, '\0')) ignored.emplace(path);
  return ignored;
}

}  // namespace gs::git
