# shellcheck shell=bash
# Shared by the cases of close; sourced after lib.sh.

# begin [start's options]: a repository with a remote, set up, with an open session. No gate is configured.
begin() {
  session_repo
  bare_remote
  start_session "$@"
}

start_session() {
  git session start "$@" >/dev/null 2>"$ERR" || fail "git session start failed: $(cat "$ERR")"
}

# plan TEXT: a plan file for start.
plan() {
  printf 'title = "A plan"\n%s\n' "$1" >"$CASE/plan.toml"
  printf '%s' "$CASE/plan.toml"
}

status_of() { sed -n 's/^status: //p' "${1:-.orchestrator/STATE.md}"; }
outcome() { jq -r --arg id "$1" '.phases[] | select(.id == $id) | .outcome' "$OUT"; }
summary() { jq -r --arg id "$1" '.phases[] | select(.id == $id) | .summary' "$OUT"; }
expect_outcome() { expect_equal "$(outcome "$1")" "$2" "outcome of $1 ($(summary "$1"))"; }

# The digits that trust what the last close showed.
trust_answer() { jq -r '.decisions[] | select(.id == "trust") | .choices[0]' "$OUT"; }

# Subjects since the session began, newest first.
subjects() { git log --format=%s "$1..HEAD"; }
committed_files() { git -c core.quotePath=true diff-tree --root --no-commit-id --no-renames --name-only -r "${1:-HEAD}"; }
# Those without the session's records, which a tracked session has in its last commit.
work_files() { committed_files "${1:-HEAD}" | grep -v -e '^\.orchestrator/' -e '/STATE\.md$'; }
sessions_lines() { wc -l <.orchestrator/metrics/sessions.jsonl; }
journal() { git rev-parse --git-path git-session/close/journal.jsonl; }

# Everything that a dry run must leave alone, as text: the work tree, the refs, the objects and .git's own files.
describe_all() {
  describe_tree
  find .git -type f -printf '%p %s %T@\n' | LC_ALL=C sort
  git for-each-ref
}

# What a close would do and report.
dry_close() { expect_exit 0 git session close --dry-run --json "$@"; }
