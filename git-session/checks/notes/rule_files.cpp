#include "checks/notes/rule_files.h"

#include <map>

#include "base/error.h"
#include "base/text.h"
#include "formats/frontmatter.h"
#include "formats/yaml.h"

namespace gs::checks {
namespace {

constexpr std::size_t kRecurs = 5;

void add_patterns(const Json& value, std::vector<Glob>& globs) {
  if (value.is_array()) {
    for (const Json& entry : value) add_patterns(entry, globs);
  } else if (value.is_string()) {
    for (const std::string_view part : split(value.get_ref<const std::string&>(), ',')) {
      if (!trim(part).empty()) globs.emplace_back(std::string(trim(part)));
    }
  }
}

}  // namespace

std::vector<Glob> rule_patterns(std::string_view text) {
  std::vector<Glob> globs;
  const auto parts = formats::split_frontmatter(text);
  if (!parts) return globs;
  try {
    const Json values = formats::parse_yaml(parts->yaml, "rule", 2);
    for (const char* key : {"globs", "paths", "path", "applyTo"}) {
      if (values.is_object() && values.contains(key)) add_patterns(values[key], globs);
    }
  } catch (const Error&) {  // another tool's file: its patterns cannot be told
    return {};
  }
  return globs;
}

std::vector<std::string> recurring_patterns(const std::vector<RepoPath>& paths) {
  std::map<std::string, std::size_t> counts;
  for (const RepoPath& path : paths) {
    const std::string_view name = path.name();
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || path.parent().empty()) continue;
    ++counts[std::string(path.parent()) + "/*" + std::string(name.substr(dot))];
  }
  std::vector<std::string> patterns;
  for (const auto& [pattern, count] : counts) {
    if (count >= kRecurs) patterns.push_back(pattern);
  }
  return patterns;
}

}  // namespace gs::checks
