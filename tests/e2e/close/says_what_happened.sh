#!/usr/bin/env bash
# On a screen a close is what ran, what it found and what it wrote, each once; -v adds the phases that had nothing to do
# and the report. A failing gate is a line, its last lines and the choices.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --plan "$(plan '[[item]]
title = "Entry point"
files = ["fuzz.c"]
[[item]]
title = "Document it"
files = ["docs/**"]')"
echo 'test ! -e broken || { echo FAILED one; exit 1; }' >../check.sh
git config session.test-command 'sh ../check.sh'
echo 1 >fuzz.c
echo 1 >stray
# without_figures FILE: the durations differ, and so do the ids of commits.
without_figures() { sed -E 's/ +[0-9]+\.[0-9] s$//; s/[0-9a-f]{10}  /ID  /; s/[0-9a-f]{7}\.\.[0-9a-f]{7}/OLD..NEW/' "$1"; }

touch broken
expect_exit 2 git session close --decide unclaimed=leave
expect_equal "$(without_figures "$OUT")" 'Closing "A plan"  (main)

  ! plan       1 of 2 done
               not-started: Document it (no change in '"'docs/**'"')
  ✗ test       sh ../check.sh   exit status 1

    FAILED one'
expect_no_err "FAILED one"
rm broken
expect_exit 0 git session close --continue --decide unclaimed=leave
expect_equal "$(without_figures "$OUT")" 'Closing "A plan"  (main)

  ! plan       1 of 2 done
               not-started: Document it (no change in '"'docs/**'"')
  ✓ test       sh ../check.sh

  ✓ commit     ID  feat: entry point                      1 file
  ✓ push       origin/main   OLD..NEW
  ✓ issues     #1 Document it

Closed. Left in the tree: stray (not in plan).
Details: git session show'
expect_equal "$(wc -c <"$ERR")" 0

# Nothing in it that did not happen; with -v all of it.
git session start -q --title "Again"
echo 2 >fuzz.c
expect_exit 0 git session close --no-push --yes -v
expect_out "- Mirror           not configured"
expect_out "Metrics"
expect_out "Undo: git session undo    Details: git session show"
git session undo -q
expect_exit 0 git session close --no-push --yes
expect_no_out "not configured"
expect_no_out "Metrics"
expect_no_out "n/a"
expect_no_out "STATE.md"
