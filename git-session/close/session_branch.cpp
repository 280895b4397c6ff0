#include "close/session_branch.h"

#include "base/error.h"
#include "close/push_target.h"
#include "git/durable.h"
#include "git/refs.h"

namespace gs::close {

namespace {

constexpr const char* kStep = "branch";

void must(const Context& context, const std::vector<std::string>& args) {
  const git::Repository& repository = context.repository();
  const ProcessResult result =
      git::run_until_unlocked(repository.git(), git::syncing(repository, args));
  if (!result.ok()) throw git::git_failure(args.front(), result);
}

// Each part may have been done by a run that was killed.
Json move(Context& context, const Json& intent) {
  const std::string from = bytes_from_json(intent.at("from"));
  const std::string to = bytes_from_json(intent.at("to"));
  const std::string tip = intent.at("tip").get<std::string>();
  const git::Repository& repository = context.repository();
  if (!git::read_ref(repository, to)) must(context, {"update-ref", to, tip, ""});
  if (repository.head().branch == from.substr(git::kHeads.size())) {
    must(context,
         {"symbolic-ref", "-m", "git session close: to a branch for its request", "HEAD", to});
  }
  const auto now = git::read_ref(repository, from);
  const std::string back = intent.at("back").get<std::string>();
  // Whoever has committed there since keeps it.
  if (now && now->hex() == tip && back != tip) must(context, {"update-ref", from, back, tip});
  git::sync_repository(repository);
  context.branch = to.substr(git::kHeads.size());
  context.write_plan->branch = context.branch;
  context.journal.record("write-plan", {{"plan", to_json(*context.write_plan)}});
  return Json::object();
}

// Where the default branch goes back to: to what its remote has, if the session's commits are all
// that was added, else to where the session began.
std::optional<git::ObjectId> before_session(const Context& context, const git::ObjectId& tip) {
  const Json event = context.journal.last("session-base");
  const auto base = event.is_object() && event.at("commit").is_string()
                        ? git::ObjectId::parse(event.at("commit").get<std::string>())
                        : std::nullopt;
  const git::Repository& repository = context.repository();
  const auto there = git::read_ref(
      repository, "refs/remotes/" + context.write_plan->push->remote + "/" + context.branch);
  if (!base || (*base != tip && !repository.is_ancestor(*base, tip))) return std::nullopt;
  const bool has_moved = there && *there != *base && repository.is_ancestor(*base, *there) &&
                         (*there == tip || repository.is_ancestor(*there, tip));
  return has_moved ? there : base;
}

}  // namespace

void move_to_session_branch(Context& context) {
  const git::Repository& repository = context.repository();
  const std::optional<PushPlan>& push = context.write_plan->push;
  if (context.options.request.empty() || !push || context.journal.is_done(kStep)) return;
  const git::Head head = repository.head();
  const bool on_default = !context.branch.empty() && head.branch == context.branch && head.commit &&
                          context.branch == request_base(context, push->remote);
  if (!on_default || !push->ref.starts_with(git::kHeads) || git::read_ref(repository, push->ref))
    return;
  const std::optional<git::ObjectId> back = before_session(context, *head.commit);
  if (!back) return;
  (void)context.journal.step(
      kStep,
      [&]() -> Json {
        return {{"from", bytes_to_json(std::string(git::kHeads) + context.branch)},
                {"to", bytes_to_json(push->ref)},
                {"tip", head.commit->hex()},
                {"back", back->hex()}};
      },
      [](const Json&) { return std::optional<Json>(); },
      [&](const Json& intent) { return std::optional<Json>(move(context, intent)); });
}

void finish_session_branch(Context& context) {
  const std::vector<Json> begun = context.journal.intents(kStep);
  if (begun.empty() || context.journal.is_done(kStep)) return;
  (void)context.journal.step(
      kStep, [&] { return begun.back(); }, [](const Json&) { return std::optional<Json>(); },
      [&](const Json& intent) { return std::optional<Json>(move(context, intent)); });
}

}  // namespace gs::close
