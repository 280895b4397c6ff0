#!/usr/bin/env bash
# --dry-run runs the gates, reports every phase and the decisions to come, and does not change any file.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --plan "$(plan '[[item]]
title = "Work"
issue = 7
files = ["src/**"]
[[item]]
title = "Left over"
files = ["other/**"]')"
mkdir src
echo a >src/a.c
echo stray >stray.txt
git add src/a.c
git config session.test-command "date >>'$CASE/gate-ran'; test -e src/a.c"
git status >/dev/null
describe_all >"$CASE/before"
expect_exit 0 git session close --dry-run --json
describe_all >"$CASE/after"
cmp -s "$CASE/before" "$CASE/after" || fail "it wrote: $(diff "$CASE/before" "$CASE/after")"
expect_file "$CASE/gate-ran"
phases=$(grep -c '^| `' "$E2E/../../../docs/close-phases.md")
expect_json '.status == "dry-run" and .commits == [] and .pushed == false and (.phases | length) == $n' --argjson n "$phases"
expect_json '.decisions | length == 1 and .[0].id == "unclaimed" and .[0].chosen == null'
expect_json '.report | type == "object"'
expect_exit 0 git session close --dry-run
describe_all >"$CASE/after"
cmp -s "$CASE/before" "$CASE/after" || fail "it wrote: $(diff "$CASE/before" "$CASE/after")"
expect_out "Nothing was written"
expect_out "unclaimed"

# After a failing gate it still reports everything.
git config session.test-command false
describe_all >"$CASE/before"
expect_exit 0 git session close --dry-run --json
describe_all >"$CASE/after"
cmp -s "$CASE/before" "$CASE/after" || fail "it wrote: $(diff "$CASE/before" "$CASE/after")"
expect_json '.status == "dry-run" and (.phases | length) == $n and ([.decisions[].id] | sort) == ["gate", "unclaimed"]' --argjson n "$phases"
expect_outcome gate block
