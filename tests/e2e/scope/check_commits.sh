#!/usr/bin/env bash
# Commits against the scope: root commits, merges against their first parent, both names of a rename, ranges.
. "$E2E/lib.sh"

new_repo
git config session.records tracked
root=$(git rev-parse HEAD)
commit_file src/a.c
git session scope set 'src/**' -q
commit_file src/b.c
good=$(git rev-parse HEAD)
paths() { json '[.violations[].path] | join(" ")'; }

expect_exit 0 git session scope check --commit HEAD
expect_exit 1 git session scope check --commit "$root" --json
expect_equal "$(paths)" README.md
expect_json ".violations[0].commit == \"$root\" and .commits == 1"

git mv src/a.c docs.md
git commit -qm "docs: move it" docs.md src/a.c
moved=$(git rev-parse HEAD)
expect_exit 1 git session scope check --commit HEAD --json
expect_equal "$(paths)" docs.md
git mv docs.md src/a.c
git commit -qm "feat: move it back" docs.md src/a.c
back=$(git rev-parse HEAD)
expect_exit 1 git session scope check --commit HEAD --json
expect_equal "$(paths)" docs.md

expect_exit 1 git session scope check --range "$good..HEAD" --json
expect_json "[.violations[].commit] == [\"$moved\", \"$back\"] and .commits == 2"
expect_exit 1 git session scope check --range "$good.."
expect_out "docs: move it"
expect_out "${moved:0:10}"
expect_exit 0 git session scope check --range "$back..$back"
expect_exit 0 git session scope check --range "HEAD..$good"

# A merge is judged by what it brings to its first parent.
git checkout -qb side "$good"
commit_file other.txt
git checkout -q -
git merge -q --no-ff -m "merge: side" side
expect_exit 1 git session scope check --commit HEAD --json
expect_equal "$(paths)" other.txt

git rm -q other.txt
git commit -qm "chore: away with it"
expect_exit 1 git session scope check --commit HEAD --json
expect_equal "$(paths)" other.txt

for bad in nope HEAD:src ''; do
  expect_exit 129 git session scope check --commit "$bad"
  expect_err "is not a commit"
done
for bad in HEAD 'a...b' 'nope..HEAD' 'HEAD..nope'; do
  expect_exit 129 git session scope check --range "$bad" --json
  expect_json '.error.code == 129'
done
