#!/usr/bin/env bash
# A close pushes where `git push` would: both are done in copies of one repository, and what the remotes got is compared.
# Where git refuses, decision push-target asks, and its recommended answer is a branch of the same name.
# (tests/unit/git/push_destination_test.cpp compares every combination with git.)
. "$E2E/lib.sh"
. "$E2E/close.sh"

mkdir "$CASE/template"
CASE_WAS=$CASE
CASE=$CASE/template session_repo
CASE=$CASE_WAS
for remote in origin backup; do
  git init -q --bare "../$remote.git"
  git remote add "$remote" "../$remote.git"
  git push -q "$remote" main
done
git fetch -q --all
git checkout -q -b topic
start_session --scope "src/"
mkdir src
echo a >src/a.c

# got COPY: the refs of its remotes that have its HEAD.
got() {
  local remote head
  head=$(git -C "$CASE/$1/repo" rev-parse HEAD)
  for remote in origin backup; do
    git -C "$CASE/$1/$remote.git" for-each-ref --format="%(objectname) $remote %(refname)" | sed -n "s/^$head //p"
  done
}
upstream() { git -C "$CASE/$1/repo" for-each-ref --format='%(upstream)' refs/heads/topic; }
# copies SCRIPT: by-git and by-close, configured alike.
copies() {
  local copy
  rm -rf "$CASE/by-git" "$CASE/by-close"
  for copy in by-git by-close; do
    cp -r "$CASE/template" "$CASE/$copy"
    cd "$CASE/$copy/repo"
    eval "$1"
  done
  cd "$CASE/by-git/repo"
  git add src && git commit -q -m work
}

# same SCRIPT: git pushes, and so does the close.
same() {
  copies "$1"
  git push -q || fail "git does not push: $1"
  [ -n "$(got by-git)" ] || fail "git pushed nothing: $1"
  cd "$CASE/by-close/repo"
  expect_exit 0 git session close --json
  expect_outcome push-target ok
  expect_equal "$(got by-close)" "$(got by-git)" "$1"
  expect_equal "$(upstream by-close)" "$(upstream by-git)" "$1"
}
# refused SCRIPT REMOTE: git refuses; the close asks, and goes to topic on REMOTE if nobody says otherwise.
refused() {
  copies "$1"
  git push -q 2>/dev/null && [ -n "$(got by-git)" ] && fail "git pushes: $1"
  cd "$CASE/by-close/repo"
  expect_exit 2 git session close --json
  expect_json '[.decisions[] | .id] == ["push-target"] and .commits == [] and (.pushed | not)'
  expect_json '.decisions[0] | .choices == ["same-name", "no-push"] and .recommended == "same-name"'
  expect_exit 0 git session close --continue --yes --json
  expect_equal "$(got by-close)" "$2 refs/heads/topic" "$1"
}

main_upstream='git config branch.topic.remote origin; git config branch.topic.merge refs/heads/main'
own_upstream='git push -q -u origin topic 2>/dev/null'
same "git config push.default current"
same "git config push.autoSetupRemote true"
same "$own_upstream"
same "$own_upstream; git config push.default matching"
same "$main_upstream; git config push.default current"
same "$main_upstream; git config push.default upstream"
same "$main_upstream; git config branch.topic.pushRemote backup"
same "git config remote.pushDefault backup"
same "git config branch.topic.pushRemote ../backup.git"
same "git config remote.origin.push HEAD:refs/for/main"
same "$main_upstream; git config remote.origin.push 'refs/heads/*:refs/heads/kim/*'"
refused "true" origin
refused "$main_upstream" origin
refused "git config push.default nothing; git config remote.pushDefault backup" backup
refused "$own_upstream; git config push.default upstream; git config branch.topic.pushRemote backup" backup
refused "git config push.default matching" origin

# The recommended answer makes the branch the upstream of one that has none, and leaves another upstream as it is.
refused "true" origin
expect_equal "$(upstream by-close)" refs/remotes/origin/topic
refused "$main_upstream" origin
expect_equal "$(upstream by-close)" refs/remotes/origin/main

# The other answers. They are kept: by --continue too, when the push was rejected.
copies "true"
cd "$CASE/by-close/repo"
expect_exit 129 git session close --decide push-target=elsewhere
expect_err "same-name, no-push, REMOTE/BRANCH"
expect_exit 128 git session close --decide push-target=elsewhere/topic
expect_err "it is REMOTE/BRANCH, where REMOTE is one of: origin, backup"
expect_exit 0 git session close --continue --decide push-target=no-push --json
expect_json '.status == "closed" and (.pushed | not) and (.report.push == "not pushed: decision push-target")'
expect_equal "$(got by-close)" ""
copies "true"
cd "$CASE/by-close/repo"
printf '#!/bin/sh\nexit 1\n' >../backup.git/hooks/pre-receive
chmod +x ../backup.git/hooks/pre-receive
expect_exit 1 git session close --decide push-target=backup/team/topic --json
expect_json '.hint | contains("the commits are made")'
expect_json '.phases[] | select(.id == "push") | .detail | contains("[remote rejected]")'
rm ../backup.git/hooks/pre-receive
expect_exit 0 git session close --continue --json
expect_equal "$(got by-close)" "backup refs/heads/team/topic"
# Given on the command line it goes before git's own way, also once the commits are made.
copies "$main_upstream; git config push.default upstream"
cd "$CASE/by-close/repo"
printf '#!/bin/sh\nexit 1\n' >../origin.git/hooks/pre-receive
chmod +x ../origin.git/hooks/pre-receive
expect_exit 1 git session close --json
expect_exit 0 git session close --continue --decide push-target=backup/topic --json
expect_equal "$(got by-close)" "backup refs/heads/topic"
# A setting answers for good; key remote names the remote.
copies "$main_upstream; git config session.decide.push-target same-name; git config session.remote backup"
cd "$CASE/by-close/repo"
expect_exit 0 git session close --json
expect_equal "$(got by-close)" "backup refs/heads/topic"

# The report counts what the remote took: what was waiting there too, and nothing twice.
copies "$own_upstream; git commit -q --allow-empty -m 'chore: waiting'"
cd "$CASE/by-close/repo"
expect_exit 0 git session close --json
expect_json '.commits | length == 1'
expect_json '.report.push == "2 commits pushed to origin/topic"'
copies "git config push.autoSetupRemote true"
cd "$CASE/by-close/repo"
expect_exit 0 git session close --json
expect_json '.report.push == "1 commit pushed to origin/topic"'
# Of an address, what any remote has is not new.
copies 'git config remote.pushDefault "$CASE/by-close/backup.git"; git config push.default current'
cd "$CASE/by-close/repo"
expect_exit 0 git session close --json
expect_equal "$(got by-close)" "backup refs/heads/topic"
expect_json '.report.push | startswith("1 commit pushed to ")'
# Killed when the remote had everything, before that was noted: pushed to the target that was decided, and counted once.
copies "true"
cd "$CASE/by-close/repo"
printf '#!/bin/sh\nkill -KILL "$(cat "%s/pid")"\n' "$CASE" >../backup.git/hooks/post-receive
chmod +x ../backup.git/hooks/post-receive
sh -c 'echo $$ >"$CASE/pid"; exec git-session close --decide push-target=backup/topic' >/dev/null 2>&1 && fail "it was not killed"
rm ../backup.git/hooks/post-receive
git config remote.pushDefault origin
expect_exit 0 git session close --continue --json
expect_json '.report.push == "1 commit pushed to backup/topic"'
expect_equal "$(got by-close)" "backup refs/heads/topic"
# A mirror takes no refspec from git, but the close's branch.
copies "git remote add --mirror=push copy ../backup.git; git config session.mirror copy; git config push.autoSetupRemote true"
cd "$CASE/by-close/repo"
expect_exit 0 git session close --json
expect_outcome mirror ok
expect_equal "$(got by-close)" $'origin refs/heads/topic\nbackup refs/heads/topic'
