#include "checks/plan_check.h"

#include <algorithm>
#include <utility>

#include "base/clock.h"
#include "base/names.h"
#include "base/text.h"

namespace gs::checks {
namespace {

constexpr auto kItemStatusNames =
    std::to_array<Name<ItemStatus>>({{ItemStatus::Done, "done"},
                                     {ItemStatus::Partial, "partial"},
                                     {ItemStatus::NotStarted, "not-started"},
                                     {ItemStatus::Dropped, "dropped"}});
static_assert(is_complete(kItemStatusNames));

std::vector<std::string> unmatched_patterns(const std::vector<session::PathPattern>& patterns,
                                            const std::vector<RepoPath>& touched) {
  std::vector<std::string> unmatched;
  for (const session::PathPattern& pattern : patterns) {
    const bool matched = std::any_of(touched.begin(), touched.end(), [&](const RepoPath& path) {
      return pattern.matches(path.bytes());
    });
    if (!matched) unmatched.push_back(pattern.pattern());
  }
  return unmatched;
}

ItemStatus status_of(const session::PlanItem& item, const ItemResult& result) {
  if (item.dropped) return ItemStatus::Dropped;
  const bool verified = result.verify && result.verify->outcome == RunOutcome::Passed;
  if (result.touched.empty()) {
    return verified && item.files.empty() ? ItemStatus::Done : ItemStatus::NotStarted;
  }
  if (result.verify) return verified ? ItemStatus::Done : ItemStatus::Partial;
  return result.unmatched.empty() ? ItemStatus::Done : ItemStatus::Partial;
}

std::string describe_counts(const TestCounts& counts) {
  std::string text = std::to_string(counts.passed) + " passed";
  if (counts.failed > 0) text += ", " + std::to_string(counts.failed) + " failed";
  if (counts.skipped > 0) text += ", " + std::to_string(counts.skipped) + " skipped";
  return text;
}

std::string describe_verify(const CommandRun& run) {
  const std::string counts = run.counts ? describe_counts(*run.counts) : "";
  if (run.outcome == RunOutcome::Passed) {
    return "verify passed in " + format_duration(run.duration) +
           (counts.empty() ? "" : " (" + counts + ")");
  }
  if (run.outcome == RunOutcome::NotRun) return "verify not run: " + run.ending;
  return "verify failed: " + run.ending + (counts.empty() ? "" : " (" + counts + ")");
}

std::string describe_missing(const std::vector<std::string>& missing) {
  return missing.size() == 1
             ? missing.front()
             : missing.front() + " and " + std::to_string(missing.size() - 1) + " more";
}

std::string evidence_of(const ItemResult& result) {
  std::vector<std::string> parts;
  if (!result.touched.empty()) parts.push_back(plural(result.touched.size(), "file"));
  if (result.verify) parts.push_back(describe_verify(*result.verify));
  if (!result.missing.empty()) parts.push_back(describe_missing(result.missing));
  if (parts.empty()) return "names no files and no verify command";
  return join(parts, ", ");
}

// Patterns times paths: of a plan of thousands of items, what they lack is not looked up.
constexpr std::size_t kMostCompared = 2'000'000;

// Why a pattern has no change of its item: none at all, or one that counts for something else.
std::string describe_unmatched(const std::string& pattern, const session::Plan& plan,
                               const std::vector<ItemResult>& items,
                               const std::vector<NotCounted>& not_counted) {
  const session::PathPattern matcher(pattern);
  for (const ItemResult& other : items) {
    for (const RepoPath& path : other.touched) {
      if (matcher.matches(path.bytes()))
        return path.quoted() + " counts for '" + plan.items[other.index].title + "'";
    }
  }
  for (const NotCounted& change : not_counted) {
    if (matcher.matches(change.path.bytes()))
      return change.path.quoted() + " changed, but is " + change.why;
  }
  return "no change in '" + pattern + "'";
}

}  // namespace

std::string_view item_status_name(ItemStatus status) {
  return name_of(kItemStatusNames, status);
}

NotCounted not_counted(const session::OwnedChange& owned) {
  const auto why = [&]() -> std::string {
    switch (owned.owner) {
      case session::Owner::Mixed:
        return "only partly this session's";
      case session::Owner::Contested:
        return "contested";
      case session::Owner::Ours:
      case session::Owner::Foreign:
      case session::Owner::Unclaimed:
        return "not this session's";
    }
    return "";
  };
  return {owned.change.path, why()};
}

PlanResult check_plan(const session::Plan& plan, const std::vector<RepoPath>& changed,
                      const std::vector<NotCounted>& not_counted,
                      const std::function<CommandRun(const session::PlanItem&)>& run_verify) {
  PlanResult result;
  result.items.resize(plan.items.size());
  for (const RepoPath& path : changed) {
    if (const auto index = session::item_of(plan, path.bytes())) {
      result.items[*index].touched.push_back(path);
    } else {
      result.emergent.push_back(path);
    }
  }
  for (std::size_t i = 0; i < plan.items.size(); ++i) result.items[i].index = i;
  std::size_t patterns = 0;
  for (const session::PlanItem& item : plan.items) patterns += item.files.size();
  const bool few = patterns * (changed.size() + not_counted.size()) <= kMostCompared;
  for (ItemResult& answer : result.items) {
    const session::PlanItem& item = plan.items[answer.index];
    answer.unmatched = unmatched_patterns(item.files, answer.touched);
    for (const std::string& pattern : answer.unmatched)
      answer.missing.push_back(few ? describe_unmatched(pattern, plan, result.items, not_counted)
                                   : "no change of its own in '" + pattern + "'");
    const bool worth_it = !answer.touched.empty() || item.files.empty();
    if (item.verify && !item.dropped && worth_it) answer.verify = run_verify(item);
    answer.status = status_of(item, answer);
    answer.evidence = item.dropped ? "dropped: " + *item.dropped : evidence_of(answer);
  }
  return result;
}

}  // namespace gs::checks
