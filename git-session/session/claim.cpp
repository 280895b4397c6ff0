#include "session/claim.h"

#include <algorithm>

#include "session/workspace.h"

namespace gs::session {

namespace {

// "src/a.cpp" or "README.md", but not a word of prose: whether a wave history names files at all.
bool looks_like_path(std::string_view word) {
  if (word.find('/') != std::string_view::npos) return true;
  const std::size_t dot = word.rfind('.');
  return dot != std::string_view::npos && dot + 1 < word.size();
}

}  // namespace

Claim::Claim(const std::optional<Plan>& plan, const std::optional<WaveScope>& scope,
             const std::vector<Wave>& waves, FilePlace state_directory,
             const std::vector<std::string>& docs, HandClaims by_hand)
    : by_hand_(std::move(by_hand)), state_directory_(std::move(state_directory)) {
  if (plan) {
    for (const PlanItem& item : plan->items) {
      for (const PathPattern& pattern : item.files) {
        for (const Glob& glob : pattern.globs())
          patterns_.push_back({glob, "plan item '" + item.title + "'"});
      }
    }
  }
  if (scope) {
    for (const Glob& glob : scope->allowed_paths) {
      patterns_.push_back({glob, "wave-scope.json '" + glob.pattern() + "'"});
    }
  }
  for (const std::string& pattern : docs) {
    patterns_.push_back({Glob(pattern), "docs task '" + pattern + "'"});
  }
  for (std::string& name : files_named(waves)) named_.insert(std::move(name));
  has_any_ = !patterns_.empty() || std::any_of(named_.begin(), named_.end(), looks_like_path);
}

std::optional<std::string> Claim::reason(const RepoPath& path) const {
  if (has_record(path)) return "records";
  if (const auto claim = by_hand_.find(path); claim != by_hand_.end())
    return claim->second.empty() ? "claimed by hand" : "claimed for '" + claim->second + "'";
  for (const Pattern& pattern : patterns_) {
    if (pattern.glob.matches(path.bytes())) return pattern.reason;
  }
  if (named_.contains(path.bytes())) return "wave history";
  return std::nullopt;
}

bool Claim::owns_record(const RepoPath& path) const {
  return is_session_record(path, state_directory_);
}

bool Claim::has_record(const RepoPath& path) const {
  return owns_record(path) || (state_directory_.inside() && is_shared_record(path));
}

}  // namespace gs::session
