#include "close/push_target.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "git/durable.h"
#include "git/refs.h"

namespace gs::close {

namespace {

constexpr std::size_t kMostCounted = 100'000;

std::string head_ref(const std::string& branch) {
  return std::string(git::kHeads) + branch;
}

bool is_address(const std::string& remote) {
  return remote.find_first_of(":/") != std::string::npos && !remote.starts_with('-');
}

PushPlan not_pushed(const std::string& why_not) {
  PushPlan plan;
  plan.why_not = why_not;
  return plan;
}

// A remote's name may have slashes too: the longest that fits is meant.
std::optional<PushPlan> named_push(const Context& context, const std::string& answer) {
  PushPlan plan;
  for (const std::string& name : git::remote_names(context.workspace.git_config)) {
    if (answer.starts_with(name + "/") && name.size() > plan.remote.size()) plan.remote = name;
  }
  if (plan.remote.empty()) return std::nullopt;
  plan.ref = head_ref(answer.substr(plan.remote.size() + 1));
  return git::is_valid_ref_name(plan.ref) ? std::optional(plan) : std::nullopt;
}

// "" if there is neither the branch nor a commit of this close.
std::string source_of(const Context& context) {
  const std::string name = head_ref(context.branch);
  if (!context.branch.empty() && git::read_ref(context.repository(), name)) return name;
  if (!context.commits.empty()) return context.commits.back().oid.hex();
  const auto head = context.branch.empty() ? context.repository().head().commit : std::nullopt;
  return head ? head->hex() : std::string();
}

// "retry-uploads" of "Retry uploads!"; the session's id where a title has no letter or digit of
// ASCII.
std::string branch_of_title(const session::CurrentSession& session) {
  constexpr std::size_t kLongest = 50;
  std::string title = session.state.title;
  std::string name;
  for (const char c : to_lower(title)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) name += c;
    if (!plain && !name.empty() && !name.ends_with('-')) name += '-';
  }
  name.resize(std::min(name.size(), kLongest));
  while (name.ends_with('-')) name.pop_back();
  return name.empty() ? "session-" + session.id : name;
}

PushPlan planned_push(const Context& context) {
  // A close that was begun by an older version has no target in its plan.
  if (context.write_plan && context.write_plan->push) return *context.write_plan->push;
  return context.push_plan ? *context.push_plan : recommended_push(context, push_by_git(context));
}

}  // namespace

bool has_remote(const Context& context, const std::string& remote) {
  return is_address(remote) || git::find_remote(context.repository(), remote);
}

git::PushDestination push_by_git(const Context& context) {
  const bool is_set = context.workspace.config.at("remote").origin.scope != "default";
  const std::optional<std::string> remote =
      is_set ? context.workspace.config.text("remote") : std::nullopt;
  git::PushDestination by_git = git::push_destination(
      context.repository(), context.workspace.git_config, context.branch, remote);
  if (context.branch.empty()) {
    by_git.ref.clear();
    by_git.refusal = "HEAD is detached";
  }
  return by_git;
}

PushPlan recommended_push(const Context& context, const git::PushDestination& by_git,
                          bool same_name) {
  if (!has_remote(context, by_git.remote))
    return not_pushed("there is no remote '" + by_git.remote + "'");
  if (context.branch.empty()) return not_pushed(by_git.refusal);
  PushPlan plan;
  plan.remote = by_git.remote;
  const bool as_git = by_git.refusal.empty() && !same_name;
  plan.ref = as_git ? by_git.ref : head_ref(context.branch);
  plan.set_upstream = as_git ? by_git.sets_upstream : !by_git.has_upstream;
  return plan;
}

std::string request_base(const Context& context, const std::string& push_remote) {
  const std::string own = context.workspace.config.required_text("remote");
  return git::remote_default_name(context.repository(),
                                  git::find_remote(context.repository(), own) ? own : push_remote);
}

PushPlan request_push(const Context& context, const git::PushDestination& by_git) {
  PushPlan plan = recommended_push(context, by_git);
  if (!has_remote(context, by_git.remote)) return plan;
  const std::string base = request_base(context, by_git.remote);
  const bool on_base = context.branch.empty() || context.branch == base;
  if (context.options.branch || on_base) {
    plan.ref = head_ref(context.options.branch.value_or(branch_of_title(*context.session)));
  } else if (plan.ref == head_ref(base)) {
    plan.ref = head_ref(context.branch);
  }
  plan.remote = by_git.remote;
  plan.why_not.clear();
  plan.set_upstream = on_base || !by_git.has_upstream;
  return plan;
}

std::optional<PushPlan> answered_push(const Context& context, const git::PushDestination& by_git,
                                      const std::string& answer) {
  if (answer == "no-push") return not_pushed("decision push-target");
  if (answer == "same-name") return recommended_push(context, by_git, true);
  return named_push(context, answer);
}

std::optional<PushPlan> given_push(const Context& context, const git::PushDestination& by_git) {
  const auto given = context.options.decide.find("push-target");
  if (given == context.options.decide.end()) return std::nullopt;
  if (auto plan = answered_push(context, by_git, given->second)) return plan;
  throw fatal("decision push-target: no remote has a branch '" + given->second + "'")
      .with_hint("it is REMOTE/BRANCH, where REMOTE is one of: " +
                 join(git::remote_names(context.workspace.git_config), ", "));
}

std::string push_remote(const Context& context) {
  if (context.write_plan && context.write_plan->push && !context.write_plan->push->remote.empty())
    return context.write_plan->push->remote;
  const git::PushDestination by_git = push_by_git(context);
  const std::optional<PushPlan> given = given_push(context, by_git);
  return given && !given->remote.empty() ? given->remote : by_git.remote;
}

PushTarget push_target(const Context& context) {
  PushTarget target;
  static_cast<PushPlan&>(target) = planned_push(context);
  if (!context.options.push) {
    target.why_not = "--no-push";
  } else if (context.write_plan && !context.write_plan->has_commits) {
    target.why_not = "the session has no commits";
  } else if (target.why_not.empty()) {
    target.source = source_of(context);
    if (target.source.empty() && !context.options.dry_run)
      target.why_not = "branch '" + context.branch + "' is gone";
  }
  return target;
}

PushTarget mirror_target(const Context& context) {
  PushTarget target;
  const std::optional<std::string> mirror = context.workspace.config.text("mirror");
  if (!mirror) {
    target.why_not = "not configured";
  } else if (!context.options.mirror) {
    target.why_not = "--no-mirror";
  } else if (!git::find_remote(context.repository(), *mirror)) {
    target.why_not = "there is no remote '" + *mirror + "'";
  } else if (context.pushed.empty() && !context.options.dry_run) {
    target.why_not = "nothing was pushed";
  } else if (context.branch.empty()) {
    target.why_not = "HEAD is detached";
  } else {
    target.remote = *mirror;
    target.source = source_of(context);
    target.ref = head_ref(context.branch);
  }
  return target;
}

std::string describe(const PushPlan& target) {
  const std::string name =
      target.ref.starts_with(git::kHeads) ? target.ref.substr(git::kHeads.size()) : target.ref;
  return is_address(target.remote) ? "branch " + name + " of " + target.remote
                                   : target.remote + "/" + name;
}

ProcessResult run_push(Context& context, const PushTarget& target) {
  ProcessOptions options;
  options.foreground = true;
  options.inherit_input = true;
  const auto start = context.clock.now();
  options.on_output = [&context, &target, start](std::string_view chunk) {
    context.observer.command_running("push " + target.remote, chunk, "",
                                     context.clock.now() - start);
  };
  std::vector<std::string> args;
  // To such a remote git pushes every ref or nothing.
  if (git::is_push_mirror(context.workspace.git_config, target.remote))
    args = {"-c", "remote." + target.remote + ".mirror=false"};
  args.insert(args.end(), {"push", "--porcelain"});
  if (target.set_upstream && target.source.starts_with(git::kHeads)) args.emplace_back("-u");
  args.insert(args.end(), {target.remote, target.source + ":" + target.ref});
  const git::Repository& repository = context.repository();
  ProcessResult result = repository.git().run(git::syncing(repository, std::move(args)), options);
  if (result.ok()) git::sync_repository(repository);  // what is known of the remote
  return result;
}

std::string push_failure(const ProcessResult& pushed) {
  std::string words;
  for (const std::string_view line : split_lines(pushed.out)) {
    if (line.starts_with("!\t")) words += std::string(line) + "\n";
  }
  return words + std::string(trim(pushed.err));
}

std::size_t count_lacking(const Context& context, const PushTarget& target) {
  const auto tip = context.repository().resolve_commit(target.source);
  if (!tip) return 0;
  // Of an address nothing is known: what any remote has is not new.
  const std::vector<git::ObjectId> known =
      git::known_on_remote(context.repository(), is_address(target.remote) ? "" : target.remote);
  return context.repository().commits_without(known, *tip, kMostCounted).size();
}

std::string pushed_range(const PushTarget& target, const ProcessResult& pushed) {
  for (const std::string_view line : split_lines(pushed.out)) {
    // "<flag>\t<from>:<to>\t<summary>"
    const std::size_t to = line.find(":" + target.ref + "\t");
    if (to != std::string_view::npos && line.size() > 1 && line[1] == '\t')
      return std::string(line.substr(to + target.ref.size() + 2));
  }
  return "";
}

std::size_t count_pushed(const Context& context, const PushTarget& target,
                         const ProcessResult& pushed, std::size_t lacking) {
  const std::string range = pushed_range(target, pushed);
  if (range == "[up to date]") return 0;
  const std::size_t dots = range.find("..");
  if (dots == std::string::npos || range.find("...") == dots) return lacking;
  const auto before = context.repository().resolve_commit(range.substr(0, dots));
  const auto after = context.repository().resolve_commit(range.substr(dots + 2));
  if (!before || !after) return lacking;
  return context.repository().commits_between(before, *after, kMostCounted).size();
}

}  // namespace gs::close
