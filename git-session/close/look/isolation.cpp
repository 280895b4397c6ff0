#include "close/look/isolation.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "checks/gates/missing_files.h"
#include "close/commit/commits.h"
#include "close/look/checkout.h"
#include "close/look/plan_judgement.h"
#include "close/phases/phases.h"
#include "close/plan/commit_plan.h"

namespace gs::close {

namespace {

constexpr const char* kCheckout = "checkout";

Isolation fail(std::string problem, std::string hint) {
  Isolation isolation;
  isolation.state = Isolation::State::Failed;
  isolation.problem = std::move(problem);
  isolation.hint = std::move(hint);
  return isolation;
}

// HEAD's tree with everything that the commits change. What they name is stored: it is about to be
// committed, and git checks out stored trees only.
Isolation find_tree(Context& context) {
  std::vector<RepoPath> changed;
  const std::vector<CommitPlan> plans = plan_commits(context, true, &changed);
  if (!changed.empty()) {
    return fail("'" + changed.front().quoted() + "' changed while the close was checking",
                "'git session close --continue' checks again");
  }
  std::vector<git::TreeEdit> edits;
  for (const CommitPlan& plan : plans) {
    for (const git::TreeDiffEntry& change : plan.changes)
      edits.push_back({change.path, change.after});
  }
  const git::Repository& repository = context.repository();
  Isolation isolation;
  isolation.tree =
      repository.edit_tree(tree_of(repository, repository.head().commit), std::move(edits));
  return isolation;
}

Isolation decide_and_find_tree(Context& context) {
  switch (decide_staging(context)) {
    case StagingDecision::Taken:
      return find_tree(context);
    case StagingDecision::Abort: {
      Isolation isolation;
      isolation.state = Isolation::State::Ended;
      isolation.problem = "ended by decision";
      return isolation;
    }
    case StagingDecision::Open:
      break;
  }
  Isolation isolation;
  isolation.state = Isolation::State::Waits;
  isolation.problem = "waits for the decision on file ownership";
  return isolation;
}

Json to_json(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(bytes_to_json(text));
  return list;
}

std::vector<std::string> texts_from_json(const Json& list) {
  std::vector<std::string> texts;
  for (const Json& text : list) texts.push_back(bytes_from_json(text));
  return texts;
}

// Every ignored file that no command shares.
std::vector<RepoPath> ignored_files(const Context& context) {
  std::vector<std::string> args{"ls-files", "--others", "--ignored", "--exclude-standard",
                                "-z",       "--",       "."};
  for (const RepoPath& shared : context.isolation->shared)
    args.push_back(":(exclude,literal)" + shared.bytes());
  const ProcessResult listed = context.repository().git().run(std::move(args));
  std::vector<RepoPath> paths;
  for (const std::string_view path : split(listed.out, '\0')) {
    if (!path.empty()) paths.emplace_back(std::string(path));
  }
  return paths;
}

bool is_there(const TreeFiles& files, const RepoPath& path) {
  try {
    return files.info(path).has_value();
  } catch (const Error&) {
    return true;  // behind a link
  }
}

}  // namespace

bool wants_isolation(const Context& context) {
  return context.options.isolated || context.workspace.config.text("gate-isolation") == "worktree";
}

Isolation& isolate(Context& context) {
  if (context.isolation) return *context.isolation;
  Isolation found = decide_and_find_tree(context);
  context.isolation = std::make_shared<Isolation>(std::move(found));
  return *context.isolation;
}

std::optional<checks::CommandPlace> place_of_commands(Context& context, Isolation& isolation) {
  if (!isolation.is_ready()) return std::nullopt;
  const std::string& work_tree = context.repository().work_tree();
  if (!isolation.worktree) {
    try {
      check_out(context, isolation);
    } catch (const Error& error) {
      isolation.worktree.reset();
      isolation.state = Isolation::State::Failed;
      isolation.problem = "what is committed cannot be checked out: " + error.message();
      isolation.hint = error.hint().empty() ? "'git session close --continue' tries again"
                                            : std::string(error.hint());
      return std::nullopt;
    }
    context.journal.record(kCheckout, {{"tree", isolation.tree.hex()},
                                       {"not_isolated", to_json(isolation.not_isolated)},
                                       {"notes", to_json(isolation.notes)}});
  }
  return checks::stand_in_for(work_tree, isolation.worktree->path());
}

void drop_checkout(Context& context) {
  if (!context.isolation || !context.isolation->worktree) return;
  try {
    context.isolation->worktree->remove();
  } catch (const Error& error) {
    context.observer.message(error.message() + ", which a gate has made: remove it by hand");
  }
  context.isolation->worktree.reset();
}

void recall_checkout(const Context& context, Isolation& isolation) {
  if (isolation.worktree) return;
  for (auto event = context.journal.events().rbegin(); event != context.journal.events().rend();
       ++event) {
    if (event->value("event", "") != kCheckout || event->value("tree", "") != isolation.tree.hex())
      continue;
    isolation.not_isolated = texts_from_json(event->at("not_isolated"));
    isolation.notes = texts_from_json(event->at("notes"));
    return;
  }
}

std::vector<std::string> missing_there(const Context& context, const checks::CommandRun& run) {
  constexpr std::size_t kMost = 5;
  if (!context.isolation || !context.isolation->worktree) return {};
  const TreeFiles there(context.isolation->worktree->path());
  std::vector<RepoPath> paths = context.status.untracked;
  for (RepoPath& path : ignored_files(context)) paths.push_back(std::move(path));
  std::set<RepoPath> left;
  for (const LeftFile& file : context.staging.left) {
    if (left.insert(file.path).second) paths.push_back(file.path);
  }
  std::vector<std::string> missing;
  std::set<RepoPath> seen;
  for (const RepoPath& path : checks::named_in(run.output, paths)) {
    if (!seen.insert(path).second || missing.size() == kMost) continue;
    if (!is_there(there, path)) {
      missing.push_back(path.quoted() + " is in the work tree but not in what is committed");
    } else if (left.contains(path)) {
      missing.push_back(path.quoted() +
                        " is different in the work tree, and that is not committed");
    }
  }
  return missing;
}

std::optional<git::ObjectId> tested_tree(const Context& context) {
  const bool passed =
      std::any_of(context.gates.begin(), context.gates.end(), [](const GateResult& gate) {
        return gate.run && gate.run->outcome == checks::RunOutcome::Passed;
      });
  const bool tested = passed && context.isolation && context.isolation->is_ready() &&
                      context.isolation->not_isolated.empty();
  return tested ? std::optional(context.isolation->tree) : std::nullopt;
}

std::optional<git::ObjectId> tree_to_name(const Context& context) {
  return context.workspace.config.flag("commit-trailers") ? tested_tree(context) : std::nullopt;
}

bool has_named_tree(const Context& context) {
  const auto tree = tree_to_name(context);
  return tree && !context.commits.empty() &&
         context.repository().commit(context.commits.back().oid).tree == *tree;
}

std::optional<std::string> untested_commit(const Context& context) {
  const std::optional<git::ObjectId> tested = tested_tree(context);
  if (!tested || context.commits.empty()) return std::nullopt;
  const MadeCommit& last = context.commits.back();
  const git::ObjectId tree = context.repository().commit(last.oid).tree;
  if (tree == *tested) return std::nullopt;
  std::vector<std::string> why;
  for (const MadeCommit& commit : context.commits) {
    if (!commit.hooks.empty()) why.push_back(commit.hooks);
  }
  return "commit " + last.oid.abbreviated() + " has tree " + tree.hex() +
         ", which no gate has seen: " + (why.empty() ? "HEAD had moved" : join(why, "; "));
}

}  // namespace gs::close
