#!/usr/bin/env bash
# A plan or an option that is wrong stops start before it writes anything, with file, line and the nearest valid word.
. "$E2E/lib.sh"

session_repo
remember_tree
refs=$(git for-each-ref)
plan() { printf '%b' "$1" >"$CASE/plan.toml"; }
refused() { # refused TEXT…
  expect_exit 128 git session start --plan "$CASE/plan.toml"
  for text in "plan.toml" "$@"; do expect_err "$text"; done
  expect_same_tree
  expect_equal "$(git for-each-ref)" "$refs"
}
plan 'title = "x"\n[[item]]\ntitle = "y"\nfile = ["a"]\n'
refused "plan.toml:4" "file" "files"
plan 'title = "x"\n[[item]]\ntitle = "y"\nfiles = "a"\n'
refused "plan.toml:4" "files"
plan 'title = "x"\n[[item]]\ntitle = "y"\npriority = "urgent"\n'
refused "plan.toml:4" "urgent" "critical"
plan 'title = "x"\n[[item]]\nfiles = ["a"]\n'
refused "title"
plan 'title = "x\n'
refused "plan.toml:1"
plan 'title = "x"\n[[item]]\ntitle = "y"\nissue = "12"\n'
refused "plan.toml:4" "issue"
rm "$CASE/plan.toml"
refused
expect_exit 128 git session start --plan "$CASE/plan.toml" --json
expect_json '.error.code == 128 and (.error.message | contains("plan.toml"))'
expect_exit 129 git session start --title '   '
# Input that STATE.md's readers cannot read is changed, and that is reported.
expect_exit 0 git session start --title 'Fix: the "thing" #12'
expect_err "warning: the title is kept as 'Fix - the thing 12'"
