#!/usr/bin/env bash
# A rename of which the plan names one side is committed whole; of several mixed files those that can be are split; the
# program's own records raise no question.
. "$E2E/lib.sh"
. "$E2E/close.sh"
session_repo
bare_remote
printf '%s\n' {1..9} >old.c
printf '%s\n' {1..9} >apart.c
printf 'one\n' >together.c
git add .
git commit -q -m "chore: files"

start_session --plan "$(plan '[[item]]
title = "Rename it"
files = ["old.c"]')"
git mv old.c new.c
expect_exit 0 git session close --json
expect_json '.decisions == []'
expect_equal "$(git show --format= --name-status -M HEAD -- '*.c')" "R100	old.c	new.c"

# Another's changes, then the session's: far apart in one file, in the same line of the other. STATE.md changes too.
sed -i '1s/.*/theirs/' apart.c
sed -i 's/.*/theirs/' together.c
sed -i 's/^status: .*/status: idle/' .orchestrator/STATE.md
git add .orchestrator/STATE.md
start_session --scope '*.c'
sed -i '9s/.*/ours/' apart.c
sed -i 's/.*/ours/' together.c
expect_exit 2 git session close --json
expect_json '.decisions | length == 1'
expect_json '.decisions[0] | .id == "mixed" and .recommended == "split"'
expect_json '.decisions[0].detail | (contains("STATE.md") | not) and (split("\n") | map(select(contains("cannot be separated"))) | length == 1 and (.[0] | startswith("together.c")))'
expect_exit 0 git session close --continue --yes --json
expect_equal "$(git show HEAD:apart.c | sed -n '1p;9p' | paste -sd,)" "1,ours"
expect_equal "$(git show HEAD:together.c)" one
expect_equal "$(sed -n 1p apart.c),$(cat together.c)" theirs,ours
expect_json '.phases[] | select(.id == "staging-plan") | .findings | any(.file == "together.c")'
