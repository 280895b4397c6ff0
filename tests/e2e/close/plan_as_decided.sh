#!/usr/bin/env bash
# The plan is judged by what is committed in the end: a file that a decision brings in is a change of its item, one that a
# decision leaves is none.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
bare_remote
commit_file mixed.c "$(seq 20)"
git push -q
items='[[item]]
title = "Both"
files = ["both.c"]
verify = "test -e both.c && echo verified >>../verified"
[[item]]
title = "Mixed"
files = ["mixed.c"]'

# Contested, and included: done, and nothing is carried over.
git session start --state-dir .claude --scope both.c >/dev/null 2>&1 || fail "no other session"
sed -i '1s/.*/theirs/' mixed.c
git session start --state-dir .codex --plan "$(plan "$items")" >/dev/null 2>&1 || fail "no session"
echo x >both.c
sed -i '20s/.*/ours/' mixed.c
expect_exit 0 git session close --state-dir .codex --json --decide contested=include --decide mixed=split
expect_json '[.report.completed[].title] == ["Both", "Mixed"] and .report.carried_over == [] and .issues == []'
expect_equal "$(wc -l <../verified)" 1
expect_equal "$(jq -c .effectiveness.completed .orchestrator/metrics/sessions.jsonl)" 2
expect_equal "$(jq -c .grounding.untouched .orchestrator/metrics/sessions.jsonl)" 0

# Left: neither is, whatever the tree has.
git session start --state-dir .codex --plan "$(plan "$items")" >/dev/null 2>&1 || fail "no session"
echo y >>both.c
sed -i '10s/.*/ours/' mixed.c
expect_exit 0 git session close --state-dir .codex --json --no-push --decide contested=leave --decide mixed=leave
expect_json '.report.completed == [] and ([.report.carried_over[].title] == ["Both", "Mixed"])'
expect_json '.commits == []'
expect_equal "$(git status --porcelain both.c mixed.c)" " M both.c
 M mixed.c"
