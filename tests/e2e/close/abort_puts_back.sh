#!/usr/bin/env bash
# --abort puts back, byte for byte, what the close wrote, and keeps the commits that it had made.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --plan "$(plan '[[item]]
title = "Work"
files = ["src/**"]
[[item]]
title = "Later"
files = ["later/**"]')" --scope "src/"
git config session.remote nowhere
mkdir src
echo a >src/a.c
printf '#!/bin/sh\nexit 1\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
mkdir -p .orchestrator/metrics
printf '{"session_id":"before"}\n' >.orchestrator/metrics/sessions.jsonl
git add -f .orchestrator/metrics/sessions.jsonl
git commit -q --no-verify -m "chore: a record"
remember_tree
expect_exit 1 git session close --json
expect_outcome commit block
expect_equal "$(status_of)" active
expect_exit 0 git session close --abort --json
expect_json '.schema == "git-session/close/1" and .status == "aborted" and .commits == [] and .left == [] and .restored == []'
expect_same_tree

# A close with only its records left to write: they are put back, and the work stays committed.
printf '#!/bin/sh\n! git diff --cached --name-only | grep -q sessions.jsonl\n' >.git/hooks/pre-commit
find .orchestrator -type f -exec sha1sum {} + | sort >"$CASE/records"
expect_exit 1 git session close --json
expect_outcome records block
expect_equal "$(status_of)" completed
expect_exit 0 git session close --abort --json
expect_json '.status == "aborted" and (.commits | length) == 1 and .left == [] and (.restored | length) > 2'
find .orchestrator -type f -exec sha1sum {} + | sort | diff "$CASE/records" - || fail "the records are not what they were"
expect_equal "$(git log --format=%s -1)" "feat: work"
git reset -q HEAD~1
git update-ref -d "$(git for-each-ref --format='%(refname)' refs/so-snapshots)"
expect_equal "$(git for-each-ref refs/so-snapshots)" ""
expect_no_file "$(journal)"

# With a commit made: it stays, the rest is put back; what was changed since is left and named.
printf '#!/bin/sh\ngit diff --cached --name-only | grep -q ^src/\n' >.git/hooks/pre-commit
expect_exit 1 git session close --json
expect_json '(.commits | length) == 1'
echo "# a note" >>.orchestrator/STATE.md
expect_exit 1 git session close --abort
expect_out "kept      commit"
expect_out "its commits stay"
expect_err "'git reset --soft HEAD~1' takes the commits back"
expect_err "STATE.md"
expect_equal "$(git log --format=%s -1)" "feat: work"
expect_file .orchestrator/session-plan.toml
expect_file .orchestrator/wave-scope.json
expect_equal "$(cat .orchestrator/metrics/sessions.jsonl)" '{"session_id":"before"}'
expect_no_file .orchestrator/issues/0001-later.md
expect_exit 129 git session close --abort --yes

# A file that another process wrote before the close got to it is not the close's.
session_repo two
start_session --scope "src/" --plan "$CASE/plan.toml"
git config session.vault-integration.enabled true
git config session.vault-integration.mode strict
git config session.vault-integration.vault-dir "$CASE/none"
mkdir src
echo a >src/a.c
expect_exit 1 git session close --json
expect_outcome mirror-vault block
expect_equal "$(status_of)" active
echo "# a note" >>.orchestrator/STATE.md
mkdir -p .orchestrator/issues
echo "theirs" >.orchestrator/issues/0001-carryover-later.md
expect_exit 0 git session close --abort --json
expect_json '.left == [] and ([.restored[] | select(test("STATE.md|issues/"))] == [])'
expect_file_has .orchestrator/STATE.md "# a note"
expect_equal "$(cat .orchestrator/issues/*.md)" theirs
