#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/size.h"
#include "base/text.h"
#include "snapshot/gc.h"
#include "snapshot/sizes.h"

namespace gs::snapshot {
namespace {

const std::string kKey = "snapshot-max-total";

// Deletes from the sizes what is going to be deleted: a commit that another ref keeps frees
// nothing.
class Account {
 public:
  Account(Sizes& sizes, const std::vector<Judged>& judged) : sizes_(sizes) {
    for (const Judged& each : judged) ++refs_[each.snapshot.oid];
    for (const Judged& each : judged)
      if (each.verdict == Verdict::Delete) drop(each.snapshot.oid);
  }
  void drop(const git::ObjectId& oid) {
    if (--refs_.at(oid) == 0) sizes_.drop(oid);
  }

 private:
  Sizes& sizes_;
  std::map<git::ObjectId, std::size_t> refs_;
};

// As many as bring the rest below the limit, at most three. An open session needs its own baseline
// and before-close.
std::vector<std::pair<Snapshot, std::uint64_t>> largest_of(const std::vector<Judged>& judged,
                                                           const Sizes& sizes,
                                                           std::uint64_t excess) {
  constexpr std::size_t kMost = 3;
  std::vector<std::pair<Snapshot, std::uint64_t>> found;
  for (const Judged& each : judged) {
    const Snapshot& snapshot = each.snapshot;
    const bool needed =
        each.verdict == Verdict::Protect && is_automatic(snapshot.name, snapshot.subject);
    if (each.verdict != Verdict::Delete && !needed)
      found.emplace_back(snapshot, sizes.held_by(snapshot.oid));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::size_t enough = 0;
  for (std::uint64_t sum = 0; enough < std::min(kMost, found.size()) && sum < excess; ++enough)
    sum += found[enough].second;
  found.erase(found.begin() + static_cast<std::ptrdiff_t>(enough), found.end());
  return found;
}

std::vector<std::string> drop_above(const git::Repository& repository, std::uint64_t limit,
                                    const std::string& spared, Timestamp now) {
  std::vector<std::string> lines;
  const std::vector<Snapshot> all = list(repository, std::nullopt).snapshots;
  const std::set<std::string> keep = protected_sessions(repository, all, lines);
  std::vector<Judged> judged = judge(all, {.never = true, .before = {}}, keep, now);
  const Budget budget = apply_budget(repository, judged, limit, spared);
  std::vector<std::string> refs;
  for (auto each = judged.rbegin(); each != judged.rend(); ++each)
    if (each->verdict == Verdict::Delete) refs.push_back(each->snapshot.ref);
  for (const DropResult& dropped : drop(repository, refs)) {
    const std::string name = shown_name(*parse_ref_name(dropped.ref), "");
    lines.push_back(dropped.ok ? "dropped snapshot '" + name + "' of an ended session: over " + kKey
                               : "snapshot '" + name + "' could not be dropped: " + dropped.error);
  }
  if (auto excess = describe_excess(budget)) lines.push_back(*std::move(excess));
  return lines;
}

}  // namespace

Budget apply_budget(const git::Repository& repository, std::vector<Judged>& judged,
                    std::uint64_t limit, const std::string& spared) {
  Sizes sizes = Sizes::of_all(repository);
  Account account(sizes, judged);
  if (sizes.total() > limit) sizes.narrow(repository);
  // Newest first.
  for (auto each = judged.rbegin(); each != judged.rend() && sizes.total() > limit; ++each) {
    const Snapshot& snapshot = each->snapshot;
    const bool may_go = each->verdict == Verdict::Keep && snapshot.ref != spared &&
                        is_automatic(snapshot.name, snapshot.subject) &&
                        !is_of_pause(snapshot.name, snapshot.subject);
    if (!may_go) continue;
    each->verdict = Verdict::Delete;
    each->over_budget = true;
    account.drop(snapshot.oid);
  }
  Budget budget{limit, sizes.total()};
  if (budget.held > limit) budget.largest = largest_of(judged, sizes, budget.held - limit);
  return budget;
}

std::optional<std::string> describe_excess(const Budget& budget) {
  if (budget.held <= budget.limit) return std::nullopt;
  std::string text = "snapshots hold " + format_size(budget.held) + ", more than " + kKey +
                     " allows (" + format_size(budget.limit) + ")";
  if (budget.largest.empty()) return text + "; closing the open sessions frees it";
  std::string command = "git session snapshot drop";
  std::vector<std::string> largest;
  for (const auto& [snapshot, bytes] : budget.largest) {
    const std::string name = shown_name(snapshot.name, "");
    command += ' ' + quote_shell(name);
    largest.push_back(name + " (" + format_size(bytes) + ")");
  }
  return text + "; the largest: " + join(largest, ", ") + ". '" + command +
         "' drops them; git frees the space later ('git gc --prune=now' immediately)";
}

std::vector<std::string> keep_to_budget(const session::Workspace& workspace,
                                        const SaveResult& taken, Timestamp now) {
  if (taken.skipped) return {};
  try {
    const git::Repository& repository = workspace.repository;
    const std::uint64_t limit = workspace.config.size(kKey);
    if (Sizes::of_all(repository).total() <= limit) return {};
    return drop_above(repository, limit, taken.ref, now);
  } catch (const Error& error) {
    return {"snapshots cannot be kept to snapshot-max-total: " + error.message()};
  }
}

}  // namespace gs::snapshot
