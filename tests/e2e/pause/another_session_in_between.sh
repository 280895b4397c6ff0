#!/usr/bin/env bash
# A session is set aside, another one works on another branch and closes, and the first goes on: each commits its own files.
. "$E2E/lib.sh"
. "$E2E/close.sh"

for home in private tracked; do
  new_repo "$home"
  git session init --records $home >/dev/null 2>&1
  for file in src/a src/b src/gone shared docs/d; do commit_file $file; done
  git add -A
  git commit -q --allow-empty -m "chore: set up"
  # A tracked session leaves a STATE.md that the two branches have in different versions.
  start_session --scope 'src/**'
  echo 1 >src/first
  git session close -q --yes --no-push >/dev/null 2>&1
  git branch other HEAD~1

  echo theirs >>shared
  start_session --title "The first" --scope 'src/**' --scope shared
  id=$(git session status --json | jq -r .session)
  start=$(git rev-parse HEAD)
  echo mine >>src/a
  echo staged >src/new
  git add src/new
  git rm -q src/gone
  commit_file src/by-hand
  echo mine >>shared

  expect_exit 0 git session pause --shelve -m "waits for a review"
  expect_out 'Paused "The first" (main, started just now)'
  expect_out "3 files shelved: src/a, src/gone, src/new"
  expect_out "1 file is not clearly its own and stays: shared"
  expect_out "Resume: git session resume"
  expect_equal "$(git status --porcelain -- . ':!.orchestrator')" " M shared"
  git stash -q
  expect_exit 0 git switch -q other
  expect_exit 0 git session status
  expect_out_matches 'Paused since [0-9:]{5}, on main: git switch main, then git session resume'
  expect_out "3 files shelved"
  expect_out "Note: waits for a review"

  start_session --title "The second" --scope 'docs/**' --scope 'src/**'
  expect_exit 0 git session status --json
  expect_json '.title == "The second" and .others == [] and (.paused | map([.title, .branch, .shelved, .in_tree]) == [["The first", "main", 3, 0]])'
  echo second >>docs/d
  echo second >>src/a
  expect_exit 0 git session close --yes --no-push --json
  expect_equal "$(work_files)" "docs/d
src/a" "of the second in $home"
  expect_equal "$(git status --porcelain -- . ':!.orchestrator')" ""

  git switch -q main
  git stash pop -q
  commit_file meanwhile
  expect_exit 0 git session resume
  expect_out_matches 'Resumed "The first" \(main, paused just now\)'
  expect_out "Note: waits for a review"
  expect_out "3 files back in the tree: src/a, src/gone, src/new"
  expect_out "1 commit made meanwhile does not count as its work."
  expect_equal "$(git status --porcelain -- . ':!.orchestrator')" " M shared
 M src/a
D  src/gone
A  src/new"
  expect_exit 0 git session status --json
  expect_json '.session == $id and .state == "active" and .commits == 1 and .paused == []' --arg id "$id"
  expect_json '[.changes[] | [.path, .owner]] == [["shared", "mixed"], ["src/a", "ours"], ["src/gone", "ours"], ["src/new", "ours"]]'

  expect_exit 0 git session close --yes --no-push --json --decide mixed=leave
  expect_equal "$(work_files)" "src/a
src/gone
src/new" "of the first in $home"
  expect_json '[.report.commits[].subject] | any(contains("meanwhile")) | not'
  # src/by-hand and what the close has committed, not what was committed meanwhile.
  expect_json '.report.files_changed == 4 and .report.commits_while_paused == 1 and .report.paused_ms > 0'
  expect_json '.report | .duration_ms + .paused_ms == ((.completed_at | sub("\\.[0-9]+Z"; "Z") | fromdate) - (.started_at | sub("\\.[0-9]+Z"; "Z") | fromdate)) * 1000
    + (.completed_at[20:23] | tonumber) - (.started_at[20:23] | tonumber)'
  expect_equal "$(git status --porcelain -- . ':!.orchestrator')" " M shared"
  expect_equal "$(git diff "$start" HEAD --name-only -- src | xargs)" "src/a src/by-hand src/gone src/new"
  expect_equal "$(git for-each-ref "refs/so-snapshots/$id/*paused*")" ""
done

# In the same tree and branch, with the changes left where they are.
new_repo together
git session init --local >/dev/null 2>&1
for file in a b c; do commit_file $file; done
start_session --title "The first"
echo mine >>a
echo mine >new
expect_exit 0 git session pause
expect_out "2 of its files stay in the tree: a, new"
expect_equal "$(git status --porcelain -- . ':!.orchestrator')" " M a
?? new"
start_session --title "The second"
echo second >>b
echo second >other
expect_exit 0 git session close --yes --json
expect_equal "$(committed_files)" "b
other"
expect_equal "$(git status --porcelain -- . ':!.orchestrator')" " M a
?? new"
# What nobody claims is none of the first's work either, and what it had is still its own.
echo left >>c
echo more >>a
expect_exit 0 git session resume --json
expect_json '.status == "resumed" and .commits == 1 and .others == ["c"] and .files == []'
expect_exit 0 git session close --yes --json
expect_equal "$(committed_files)" "a
new"
expect_equal "$(git status --porcelain -- . ':!.orchestrator')" " M c"
