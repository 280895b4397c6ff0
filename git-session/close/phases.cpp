#include "close/phases/phases.h"

namespace gs::close {

const std::vector<Phase>& phases() {
  static const std::vector<Phase> table = {
      {"bootstrap", "Bootstrap gate", look_bootstrap, nullptr,
       "checks that the repository is set up: a Session Config and `.orchestrator/bootstrap.lock`",
       "never", "closed: names the reason and `git session init`; there is no way around it"},
      {"session", "Session", look_session, nullptr,
       "finds the active session of this branch, what changed since it started, and whose each "
       "change is",
       "never; with `persistence` off no STATE.md is needed",
       "there is no session, or it is completed, or belongs to another branch"},
      {"plan", "Plan", look_plan, nullptr,
       "holds each plan item against the changes and its `verify` command: done, partial, not "
       "started or dropped; "
       "changes that no item claims are emergent",
       "nothing was planned", "never"},
      {"grounding", "Grounding", look_grounding, nullptr,
       "compares planned with actual files: touched, unplanned, untouched, coverage",
       "`grounding-check` is off, or nothing was planned", "never"},
      {"discovery", "Discovery", look_discovery, nullptr,
       "built-in probes on the lines that the session added, its binaries, its "
       "commit messages and "
       "its plan, and the findings of `discovery-command`; thresholds and "
       "excluded paths apply; "
       "critical and high findings become issues, the rest go to the report",
       "`discovery-on-close` is off", "never; a program that fails is a warning"},
      {"safety", "Safety", look_safety, nullptr,
       "agents that ended partial, spiral or failed, scope violations and "
       "blocked commands from "
       "the events, isolation; spiral and failed agents without an issue "
       "become carryover",
       "`persistence` is off", "never"},
      {"review", "Review", look_review, nullptr,
       "gives plan, changed files and the diff's range to `review-command` and "
       "takes its verdict",
       "no `review-command`",
       "the verdict is FIX REQUIRED: decision `review`; a reviewer that fails "
       "is a warning"},
      {"gate", "Quality gate", look_gate, nullptr,
       "runs typecheck, test and lint; looks for conflict markers and debug artifacts in added "
       "lines, and for a merge or "
       "rebase in progress",
       "each command that is `skip`, not configured or not found",
       "anything fails: decision `gate`; commands of tracked files that the clone does not trust "
       "yet: decision `trust`"},
      {"vault", "Vault", look_vault, nullptr,
       "checks the frontmatter and the wiki links of the vault's notes",
       "`vault-sync` is not enabled or its mode is off, or there is no vault",
       "mode is strict and a note's frontmatter is wrong: decision `vault`"},
      {"drift", "Drift", look_drift, nullptr,
       "holds what documents say against what is there: absolute paths, project counts, issues "
       "that "
       "are still to be done, session files",
       "`drift-check` is not enabled or its mode is off, or none of the documents is there",
       "mode is strict and a statement is not true: decision `drift`"},
      {"staleness", "Vault staleness", look_staleness, nullptr,
       "looks for projects of the vault that were not synchronized, and narratives that were not "
       "updated, for too long",
       "`vault-staleness` is not enabled or its mode is off, or there is no vault",
       "mode is strict and anything is stale: decision `vault-staleness`"},
      {"docs", "Documentation", look_docs, nullptr,
       "holds each docs task's target against what changed: ok, partial (something is marked for "
       "review) or gap (nothing, or white space and comments only)",
       "`docs-orchestrator` is not enabled or its mode is off, or there are no docs tasks",
       "mode is strict and a task is a gap: decision `docs`; a list of tasks that cannot be read "
       "is "
       "a warning that the report names too"},
      {"ssot", "Sources of truth", look_ssot, nullptr,
       "looks for single-source-of-truth files that are too old, and suggests what this session "
       "gives "
       "reason to look at: STATUS.md, CLAUDE.md, rule files; changes nothing",
       "never", "never"},
      {"staging-plan", "Staging plan", look_staging_plan, nullptr,
       "which files are this session's, which are not and why, which file goes into which "
       "commit, and that no secret is among the lines that are committed",
       "never",
       "files whose owner is not clear: decisions `unclaimed`, `mixed`, `contested`; a secret in "
       "what would be committed: decision `secrets`"},
      {"stage", "Stage", preview_stage, write_stage,
       "builds the tree of the commits from exactly the listed paths, and compares it with HEAD",
       "nothing to commit but the session's records",
       "never; where HEAD has another version of a path by now, the rest is planned again", true},
      {"commit", "Commit", preview_commit, write_commit,
       "makes one commit for each logical unit, with the user's hooks, signing and identity, and "
       "brings only those paths of the real index to it",
       "nothing to commit but the session's records",
       "a hook or signing refuses: its output is shown; a hook adds files that are not the "
       "commit's; another branch is checked out, or a merge or rebase has begun. Where HEAD has "
       "another version of a path by now, the rest is planned again; the second time decision "
       "`moved`",
       true},
      {"cleanup-scope", "Scope files", preview_cleanup_scope, write_cleanup_scope,
       "removes wave-scope.json and session-plan.toml; their content stays in the journal and the "
       "saved report",
       "there are none", "never"},
      {"handover", "Handover", preview_handover, write_handover,
       "of a session with more than 5 files, 2 waves or 2 items that are carried over, writes "
       "`session-handover/<session>.md` in the state directory; it is not committed",
       "the session is smaller", "never"},
      {"memory", "Session memory", preview_memory, write_memory,
       "in a session of Claude, writes a note and its line in MEMORY.md in the user's Claude "
       "project "
       "directory, and says when there are more notes than `memory-cleanup-threshold`",
       "`persistence` is off, or the session is of another platform",
       "never; a note that cannot be written is a warning"},
      {"learnings", "Learnings", preview_learnings, write_learnings,
       "takes what the session has learned, by itself or with `git session learn`, into "
       "`.orchestrator/metrics/learnings.jsonl`: confirms, contradicts, adds, lets the rest fade, "
       "and drops what has expired",
       "`persistence` is off, or there is nothing to learn", "never"},
      {"metrics", "Metrics", preview_metrics, write_metrics,
       "appends the session's record to `.orchestrator/metrics/sessions.jsonl`, and what "
       "`staleness` found to files beside it",
       "`persistence` is off", "its own validator rejects the record: nothing is appended"},
      {"mirror-vault", "Vault notes", preview_mirror_vault, write_mirror_vault,
       "writes the session and its learnings into the vault as notes in `50-sessions` and "
       "`40-learnings`; what a person wrote there is never touched",
       "`vault-integration` is not enabled or its mode is off, or there is no vault",
       "mode is strict and a note could not be written, or a record gives none"},
      {"state", "STATE.md", preview_state, write_state,
       "sets `status: completed` and `updated`, and logs overriding decisions under Deviations; "
       "writes "
       "the figures that STATUS.md has markers for",
       "there is no STATE.md", "never"},
      {"records", "Records", preview_records, write_records,
       "commits the session's records, as the last commit", "no record that git would track",
       "as `commit`; or the branch has another version of a record that does not merge"},
      {"push", "Push", preview_push, write_push,
       "pushes the branch to its upstream's, or to one of its own name",
       "no remote, `--no-push`, detached HEAD", "the push is rejected: says what and how to go on"},
      {"mirror", "Mirror", preview_mirror, write_mirror,
       "pushes to the mirror remote, after the push",
       "not configured, the remote is missing, `--no-mirror`, or nothing was pushed",
       "never; a failed mirror is a warning"},
      {"issues", "Issues", preview_issues, write_issues,
       "closes done and dropped items' issues, files what is left over, updates `status:` labels; "
       "in "
       "files, which are "
       "written before `records` so that they are in the records' commit, or by `gh` and `glab` "
       "after "
       "the push",
       "`vcs` is none",
       "never; what could not be filed is queued, reported, and filed by a later close; an issue's "
       "file that cannot be read is named, and stays"},
      {"report", "Report", preview_report, write_report, "saves and shows the final report",
       "never", "never"},
      {"snapshots", "Snapshots", preview_snapshots, write_snapshots,
       "deletes this session's snapshots (`before-close` only once pushed) and collects the "
       "expired ones, once everything else is done",
       "`persistence` is off", "never; a failure is a warning"},
  };
  return table;
}

}  // namespace gs::close
