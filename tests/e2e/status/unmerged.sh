#!/usr/bin/env bash
# Unmerged paths, of a merge, a rebase or a stash, are shown as such, and the next step is to resolve them.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
commit_file src/a.c one
git checkout -q -b side
echo side >>src/a.c
git commit -q -a -m "feat: side"
git checkout -q main
start_session --scope 'src/**'
echo main >>src/a.c
git stash -q
echo ours >>src/a.c
git commit -q -a -m "feat: ours"
for way in "merge side" "rebase side" "cherry-pick side" "stash pop"; do
  # shellcheck disable=SC2086
  ! git $way >/dev/null 2>&1 || fail "git $way has no conflict"
  expect_exit 0 git session status
  expect_out_matches "^Yours +U src/a.c$"
  expect_out "resolve the conflicts and 'git add' them"
  expect_exit 0 git session status --json
  expect_json '[.changes[] | select(.path == "src/a.c") | .unmerged] == [true]'
  expect_exit 1 git session close --yes --no-push --json
  expect_json 'any(.phases[]; .id == "session" and (.summary | contains("unmerged path src/a.c")))'
  git session close --abort >/dev/null 2>&1 || true
  git "${way%% *}" --abort 2>/dev/null || git reset -q --hard
done
