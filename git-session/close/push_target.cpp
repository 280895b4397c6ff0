#include "close/push_target.h"

#include "git/refs.h"

namespace gs::close {

namespace {

constexpr std::string_view kHeads = "refs/heads/";

std::string upstream_branch(const Context& context, const std::string& remote,
                            const std::string& branch) {
  const auto& config = context.workspace.git_config;
  if (git::last_value(config, "branch." + branch + ".remote") != remote) return branch;
  const std::string merge = git::last_value(config, "branch." + branch + ".merge").value_or("");
  return merge.starts_with(kHeads) ? merge.substr(kHeads.size()) : branch;
}

// "" if there is neither the branch nor a commit of this close.
std::string source_of(const Context& context) {
  const std::string name = std::string(kHeads) + context.branch;
  if (git::read_ref(context.repository(), name)) return name;
  return context.commits.empty() ? std::string() : context.commits.back().oid.hex();
}

}  // namespace

PushTarget push_target(const Context& context) {
  PushTarget target;
  target.remote = context.workspace.config.required_text("remote");
  if (!context.options.push) {
    target.why_not = "--no-push";
  } else if (context.branch.empty()) {
    target.why_not = "HEAD is detached";
  } else if (context.write_plan && !context.write_plan->has_commits) {
    target.why_not = "the session has no commits";
  } else if (!git::find_remote(context.repository(), target.remote)) {
    target.why_not = "there is no remote '" + target.remote + "'";
  } else if (target.source = source_of(context);
             target.source.empty() && !context.options.dry_run) {
    target.why_not = "branch '" + context.branch + "' is gone";
  } else {
    target.branch = upstream_branch(context, target.remote, context.branch);
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
    target.branch = context.branch;
  }
  return target;
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
  return context.repository().git().run(
      {"push", target.remote, target.source + ":" + std::string(kHeads) + target.branch}, options);
}

}  // namespace gs::close
