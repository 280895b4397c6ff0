#include "close/plan/staging_plan.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "checks/secrets/secrets.h"
#include "close/phases/phases.h"
#include "session/workspace.h"

namespace gs::close {

namespace {

using session::OwnedChange;
using session::Owner;

AddedLines::Lines lines_of(Context& context, const StagedFile& file) {
  const git::Repository& repository = context.repository();
  const session::Change& change = file.change.change;
  if (file.split_content) {
    return context.added_lines.of_content(repository, change.path, change.head,
                                          *file.split_content);
  }
  if (file.entry == change.worktree || !is_text_entry(file.entry)) {
    return context.added_lines.of_worktree(repository, change.path, change.head, file.entry);
  }
  return context.added_lines.of_content(repository, change.path, change.head,
                                        repository.read_blob(file.entry.oid));
}

void look_at(const RepoPath& path, const AddedLines::Lines& lines,
             std::vector<session::Finding>& findings) {
  std::vector<session::Finding> found = checks::find_secrets(path.bytes(), *lines);
  findings.insert(findings.end(), std::make_move_iterator(found.begin()),
                  std::make_move_iterator(found.end()));
}

// Secrets in the lines that the planned commits, including the records', would add to HEAD.
std::vector<session::Finding> find_staged_secrets(Context& context) {
  std::vector<session::Finding> findings;
  for (const CommitUnit& unit : context.staging.units) {
    for (const StagedFile& file : unit.files) {
      look_at(file.change.change.path, lines_of(context, file), findings);
    }
  }
  for (const session::OwnedChange& owned : context.owned) {
    const session::Change& change = owned.change;
    if (owned.owner == session::Owner::Foreign ||
        !session::is_committed_record(context.workspace, change.path)) {
      continue;
    }
    look_at(change.path,
            context.added_lines.of_worktree(context.repository(), change.path, change.head,
                                            change.worktree),
            findings);
  }
  return findings;
}

// The close handles the records itself, and logs beside them are unclaimed: nothing to ask.
std::vector<const OwnedChange*> owned_by(const Context& context, Owner owner) {
  std::vector<const OwnedChange*> changes;
  for (const OwnedChange& owned : context.owned) {
    if (owned.owner == owner && !session::is_record(context.workspace, owned.change.path))
      changes.push_back(&owned);
  }
  return changes;
}

std::string list(const std::vector<const OwnedChange*>& changes) {
  std::string text;
  std::string above;  // a reason is shown once for the files that share it
  for (const OwnedChange* owned : changes) {
    text += owned->change.path.quoted() +
            (owned->reason == above ? "" : "  (" + owned->reason + ")") + "\n";
    above = owned->reason;
  }
  return text;
}

std::optional<std::string> decide_unclaimed(Context& context) {
  const auto changes = owned_by(context, Owner::Unclaimed);
  if (changes.empty()) return "leave";
  return context.decisions.take(
      {"unclaimed",
       plural(changes.size(), "changed file") + " that nobody claims. Whose are they?",
       {{"leave", "not this session's: stay as they are"},
        {"include", "this session's: go into a commit of emergent work"},
        {"abort", "end this close"}},
       "leave",
       list(changes),
       ""});
}

std::optional<std::string> decide_mixed(Context& context) {
  const auto changes = owned_by(context, Owner::Mixed);
  if (changes.empty()) return "leave";
  std::string detail;
  bool any_part = false;
  for (const OwnedChange* owned : changes) {
    const bool apart = session_part(context.repository(), *owned).has_value();
    any_part = any_part || apart;
    detail += owned->change.path.quoted() + "  (" + owned->reason +
              (apart ? ")\n" : "; the two changes cannot be told apart)\n");
  }
  return context.decisions.take(
      {"mixed",
       plural(changes.size(), "file") +
           " dirty when the session started and changed since. What is committed?",
       {{"split", "only what changed since the start, where it can be told apart; the rest stays"},
        {"include", "the whole files, with what others had changed before"},
        {"leave", "nothing of them"}},
       any_part ? "split" : "leave",
       detail,
       ""});
}

std::optional<std::string> decide_contested(Context& context) {
  const auto changes = owned_by(context, Owner::Contested);
  if (changes.empty()) return "leave";
  return context.decisions.take(
      {"contested",
       plural(changes.size(), "changed file") +
           " claimed by another active session too. Whose are they?",
       {{"leave", "the other session's: stay as they are"}, {"include", "this session's"}},
       "leave",
       list(changes),
       ""});
}

// Where it is; the secret itself must not be shown.
std::string described(const session::Finding& secret) {
  return RepoPath(secret.file).quoted() + ":" + std::to_string(secret.line) + ": " + secret.title;
}

std::string list(const std::vector<session::Finding>& secrets) {
  std::string text;
  for (const session::Finding& secret : secrets) text += described(secret) + "\n";
  return text;
}

std::optional<std::string> decide_secrets(Context& context,
                                          const std::vector<session::Finding>& secrets) {
  if (secrets.empty()) return "override";
  return context.decisions.take(
      {"secrets",
       plural(secrets.size(), "secret") + " in what would be committed. How shall the close go on?",
       {{"abort", "end this close; take them out and revoke them first"},
        {"override", "commit them all the same; STATE.md's Deviations say so"}},
       "abort",
       list(secrets),
       ""});
}

StagingChoices::Mixed mixed_choice(const std::string& chosen) {
  if (chosen == "split") return StagingChoices::Mixed::Split;
  if (chosen == "include") return StagingChoices::Mixed::Include;
  return StagingChoices::Mixed::Leave;
}

session::Finding left_finding(const LeftFile& left) {
  return {.source = "staging-plan",
          .severity = session::Severity::Low,
          .file = left.path.bytes(),
          .title = std::string(session::owner_name(left.owner)) + ", stays as it is",
          .detail = left.reason};
}

PhaseResult look(Context& context) {
  const std::optional<std::string> unclaimed = decide_unclaimed(context);
  const std::optional<std::string> mixed = decide_mixed(context);
  const std::optional<std::string> contested = decide_contested(context);
  if (unclaimed == "abort") {
    context.stop = Stop::Abort;
    return block("ended by decision");
  }
  const StagingChoices choices{unclaimed == "include", contested == "include",
                               mixed_choice(mixed.value_or("leave"))};
  // The session's records have a commit of their own.
  std::vector<OwnedChange> work;
  for (const OwnedChange& owned : context.owned) {
    if (!session::is_record(context.workspace, owned.change.path)) work.push_back(owned);
  }
  context.staging = plan_staging(context.repository(), work, context.session->plan, choices);

  const std::vector<session::Finding> secrets = find_staged_secrets(context);
  const std::optional<std::string> with_secrets = decide_secrets(context, secrets);
  PhaseResult result = secrets.empty() ? ok("") : warn("");
  result.findings = secrets;
  if (with_secrets == "override" && !secrets.empty()) {
    std::vector<std::string> places;
    for (const session::Finding& secret : secrets) places.push_back(described(secret));
    context.deviations["secrets"] =
        "close: decision secrets = override (recommended: abort): " + join(places, "; ");
  }
  if (with_secrets == "abort") {
    context.stop = Stop::Abort;
    result.outcome = Outcome::Block;
    result.summary = plural(secrets.size(), "secret") + " in what would be committed";
    result.detail = list(secrets);
    return result;
  }
  if (!unclaimed || !mixed || !contested || !with_secrets) {
    result.outcome = Outcome::Block;
    result.open_decision = true;
    result.summary = with_secrets
                         ? "files whose owner has to be decided"
                         : plural(secrets.size(), "secret") + " in what would be committed";
    return result;
  }
  result.summary = context.staging.units.empty()
                       ? "nothing to commit but the session's records"
                       : plural(context.staging.file_count(), "file") + " in " +
                             plural(context.staging.units.size(), "commit");
  if (!context.staging.left.empty())
    result.summary += ", " + plural(context.staging.left.size(), "file") + " left alone";
  if (!secrets.empty()) result.summary += ", " + plural(secrets.size(), "secret") + " by decision";
  for (const LeftFile& left : context.staging.left) result.findings.push_back(left_finding(left));
  return result;
}

}  // namespace

const Phase kStagingPlan{
    .id = "staging-plan",
    .title = "Staging plan",
    .look = look,
    .does = R"(which files are this session's, which are not and why, which file goes into which
commit, and that no secret is among the lines that are committed)",
    .skipped_when = R"(never)",
    .blocks_when = R"(files whose owner is not clear: decisions `unclaimed`, `mixed`, `contested`;
a secret in what would be committed: decision `secrets`)",
};

}  // namespace gs::close
