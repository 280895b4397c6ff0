#!/usr/bin/env bash
# Two active sessions in two state directories: a file that both claim is contested, one that only the other claims foreign.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
git session --state-dir .claude start --scope "both/" --scope "theirs/" >/dev/null 2>&1 ||
  git session start --state-dir .claude --scope "both/" --scope "theirs/" >/dev/null
git session start --state-dir .codex --scope "both/" --scope "ours/" >/dev/null
mkdir both theirs ours
for directory in both theirs ours; do echo x >$directory/f; done
git add theirs/f
expect_exit 2 git session close --state-dir .codex --json
expect_json '[.decisions[] | select(.id == "contested") | [.recommended, .choices]] == [["leave", ["leave", "include"]]]'
expect_json '[.decisions[] | select(.id == "contested") | .detail] | .[0] | contains("both/f") and (contains("theirs/f") | not)'
expect_outcome staging-plan block
# --decide beforehand, shown without a write; an invalid choice is refused.
expect_exit 0 git session close --dry-run --decide contested=include --state-dir .codex --json
expect_json '[.decisions[] | select(.id == "contested") | .chosen] == ["include"]
  and ([.phases[] | select(.id == "commit") | .detail] | .[0] | contains("both/f") and (contains("theirs/f") | not))'
expect_exit 129 git session close --continue --decide contested=abort --state-dir .codex
expect_exit 0 git session close --continue --yes --state-dir .codex --json
expect_equal "$(work_files)" "ours/f"
expect_equal "$(git diff --cached --name-only)" "theirs/f"
expect_equal "$(git status --porcelain both)" "?? both/"
expect_equal "$(status_of .claude/STATE.md)" active
expect_exit 0 git session close --state-dir .claude --json
expect_json '.status == "closed"'
expect_equal "$(work_files | paste -sd,)" "both/f,theirs/f"
