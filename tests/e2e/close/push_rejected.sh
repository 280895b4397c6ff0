#!/usr/bin/env bash
# The remote has moved on: the close stops after its commits, and continues after a rebase without doing anything twice.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
git clone -q "$CASE/origin.git" "$CASE/other"
(cd "$CASE/other" && commit_file theirs.txt && git push -q)
mkdir src
echo a >src/a.c
expect_exit 1 git session close --json
expect_outcome push block
expect_json '.status == "blocked" and .pushed == false and (.commits | length) == 1 and (.hint | contains("git pull --rebase"))'
expect_json '[.phases[] | select(.id == "push") | .detail] | .[0] | contains("rejected")'
expect_json '[.phases[].id] | index("snapshots") == null'
expect_equal "$(git for-each-ref refs/so-snapshots | wc -l)" 1 # the way back is still there
session=$(json .session)
expect_exit 0 git session status --json
expect_out "$session" # whose close is unfinished
expect_exit 0 git session gc --older-than now --json
expect_equal "$(git for-each-ref refs/so-snapshots | wc -l)" 1
git pull -q --rebase
expect_exit 1 git session close # an unfinished one is not started again
expect_out "unfinished"
expect_err "--continue"
expect_err "--abort"
expect_exit 0 git session close --continue --json
expect_json '.status == "closed" and .pushed'
# They are named as the rebase has made them.
expect_equal "$(json '[.report.commits[].oid] | join(" ")')" "$(git rev-parse HEAD)"
expect_equal "$(json '[.commits[].oid] | join(" ")')" "$(git rev-parse HEAD)"
expect_json '.report.push == "1 commit pushed to origin/main"'
expect_equal "$(sessions_lines)" 1
expect_equal "$(git rev-list --count HEAD)" 4
expect_equal "$(git rev-parse HEAD)" "$(git -C "$CASE/origin.git" rev-parse main)"
expect_equal "$(git for-each-ref refs/so-snapshots)" ""
expect_equal "$(git status --porcelain)" ""

# A rebase wants a clean tree, and the hint knows it; repeating --continue is no mistake.
(cd "$CASE/other" && git pull -q && commit_file theirs-too.txt && git push -q)
echo theirs >>theirs.txt
start_session --scope "src/"
echo b >src/b.c
expect_exit 1 git session close --json
expect_json '.hint | contains("git pull --rebase --autostash")'
eval "$(json .hint | sed "s/.*'\(git pull[^']*\)'.*/\1 -q/")"
expect_equal "$(git status --porcelain)" " M theirs.txt"
expect_exit 0 git session close --continue --json
expect_json '.status == "closed" and .pushed'
expect_exit 0 git session close --continue
expect_err "nothing to continue"
git checkout -q theirs.txt
# But only where a close went to its end, and no session is open.
start_session --scope "src/"
git switch -q -c elsewhere
for here in session-on-another-branch never-closed; do
  [ $here = never-closed ] && new_repo never-closed && git session init --local >/dev/null 2>&1
  expect_exit 1 git session close --continue
  expect_err "there is no unfinished close to continue"
done
cd "$CASE/repo"
git switch -q main
git branch -q -d elsewhere
git session close --yes --quiet --no-push

# Several commits of one second, one of which was reworded meanwhile; and a merge, which keeps them.
for way in rebase merge; do
  (cd "$CASE/other" && git pull -q && commit_file "theirs-$way.txt" && git push -q)
  start_session --plan "$(plan "[[item]]
title = \"First\"
files = [\"one-$way\"]
[[item]]
title = \"Second\"
files = [\"two-$way\"]")"
  echo 1 >"one-$way"
  echo 2 >"two-$way"
  expect_exit 1 git session close --json
  expect_outcome push block
  case $way in
    rebase) git pull -q --rebase ;;
    merge) git pull -q --no-rebase --no-edit ;;
  esac
  [ $way = merge ] || git commit -q --amend --no-verify -m "feat: reworded"
  expect_exit 0 git session close --continue --json
  expect_json '.report.commits | length == 2'
  for oid in $(json '.report.commits[].oid'); do
    git merge-base --is-ancestor "$oid" HEAD || fail "$way: $oid is not a commit of the branch"
  done
done

# What a hook did stays known of a commit that was rebased.
(cd "$CASE/other" && git pull -q && commit_file theirs-at-last.txt && git push -q)
printf '#!/bin/sh\necho made >src/made.c && git add src/made.c\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
start_session --scope "src/"
echo c >src/c.c
expect_exit 1 git session close --yes --json
expect_outcome push block
expect_json '.commits[0].hooks | contains("src/made.c")'
rm .git/hooks/pre-commit
git pull -q --rebase
expect_exit 0 git session close --continue --json
expect_json '.report.commits | length == 1 and (.[0].hooks | contains("src/made.c"))'
