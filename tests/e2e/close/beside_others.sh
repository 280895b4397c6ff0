#!/usr/bin/env bash
# Others commit, pull and fix in the same tree while a close is running or stopped: nothing of theirs is reverted.
. "$E2E/lib.sh"
. "$E2E/close.sh"

export SO_PLATFORM=claude
two_items='[[item]]
title = "First"
files = ["one/**"]
[[item]]
title = "Second"
files = ["two/**"]'

# scene NAME: two items, the commit of the second one is refused while $CASE/refuse exists.
scene() {
  session_repo "$1"
  mkdir -p one two
  seq 20 >one/a
  seq 20 >two/b
  echo other >other
  git add .
  git commit -qm "chore: begin"
  bare_remote "$1"
  git config session.remote "$1"
  start_session --scope "one/" --scope "two/" --plan "$(plan "$two_items")"
  git config session.test-command "cat one/a two/b >>'$CASE/tested'"
  sed -i '1s/.*/ours/' one/a
  sed -i '1s/.*/ours/' two/b
}
hook() { # NAME BODY
  printf '#!/bin/sh\n%s\n' "$2" >".git/hooks/$1"
  chmod +x ".git/hooks/$1"
}
refuse_second() { hook pre-commit "! { git diff --cached --name-only | grep -q ^two/ && [ -e '$CASE/refuse' ]; }"; }
# What another clone pushes: FILE LINE TEXT
pushed_elsewhere() {
  rm -rf "$CASE/elsewhere"
  git clone -q "$(git remote get-url "$(git remote)")" "$CASE/elsewhere"
  (cd "$CASE/elsewhere" && sed -i "$2s/.*/$3/" "$1" && git commit -qam "fix: elsewhere" && git push -q)
}
expect_closed() {
  expect_json '.status == "closed"'
  expect_equal "$(git status --porcelain)" "" "left dirty"
  expect_equal "$(git rev-parse HEAD)" "$(git rev-parse "@{upstream}")" "pushed"
  expect_no_file .git/index.lock
  git fsck --strict 2>&1 | grep -v dangling >"$CASE/fsck" || true
  expect_equal "$(cat "$CASE/fsck")" "" "fsck"
}

# A refused commit, a pull that brings another change of the same file, then --continue.
scene pull
refuse_second
touch "$CASE/refuse"
expect_exit 1 git session close --json
expect_outcome commit block
pushed_elsewhere two/b 20 theirs
git pull -q --rebase --autostash 2>/dev/null
rm "$CASE/refuse"
expect_exit 0 git session close --continue --json
expect_closed
expect_equal "$(git show HEAD:two/b | sed -n '1p;20p' | paste -sd' ')" "ours theirs"

# As the hint says: the file is fixed, and the close continues; or it is fixed and committed by hand.
for by_hand in no yes; do
  scene fixed-$by_hand
  hook pre-commit "! git show :two/b 2>/dev/null | grep -q ours"
  expect_exit 1 git session close --json
  expect_json '.hint | contains("--continue")'
  sed -i '1s/.*/fixed/' two/b
  if [ $by_hand = yes ]; then git commit -q -m "fix: by hand" two/b; fi
  : >"$CASE/tested"
  expect_exit 0 git session close --continue --json
  expect_closed
  expect_equal "$(git show HEAD:two/b | head -1)" fixed
  grep -q fixed "$CASE/tested" || fail "committed, and no gate has seen it"
  expect_json '.commits | length == 2'
  expect_json '[.commits[].subject] | index("fix: by hand") == null'
done

# Between two commits of one close another process commits: a newer version of what is planned; another file; the same
# within the same second, on the same parent.
scene newer
hook post-commit "[ -e '$CASE/once-newer' ] || { touch '$CASE/once-newer'; unset GIT_INDEX_FILE
sed -i '10s/.*/newer/' two/b; git commit -q -m 'fix: newer' two/b; }"
expect_exit 0 git session close --json --yes
expect_closed
expect_equal "$(git show HEAD:two/b | sed -n '1p;10p' | paste -sd' ')" "ours newer"
expect_json '[.commits[].subject] | index("fix: newer") == null'

for when in pre-commit prepare-commit-msg commit-msg post-commit; do
  scene "other-$when"
  hook $when "[ -e '$CASE/once-$when' ] || { touch '$CASE/once-$when'; unset GIT_INDEX_FILE
echo theirs >other; git -c core.hooksPath=/dev/null commit -q -m 'fix: other' other; }"
  expect_exit 0 git session close --json
  expect_closed
  expect_equal "$(git show HEAD:other)" theirs "$when"
  expect_equal "$(git show HEAD:one/a | head -1)" ours "$when"
  expect_json '[.commits[].subject] | index("fix: other") == null and length == 2'
  expect_equal "$(git log --format=%s --grep="fix: other" | wc -l)" 1
done

# A plain commit of what is staged, beside a slow post-commit: the real index has ours.
scene plain
hook post-commit "[ -e '$CASE/once-plain' ] || { touch '$CASE/once-plain'; unset GIT_INDEX_FILE
echo theirs >other; git add other; git -c core.hooksPath=/dev/null commit -q -m 'fix: plain'; }"
expect_exit 0 git session close --json
expect_closed
expect_equal "$(git show HEAD:one/a | head -1)" ours
expect_equal "$(git show --format= --name-only "$(git log --format=%h --grep='fix: plain')")" other

# What is staged while the close waits for the index is still staged afterwards.
scene staged
hook commit-msg "[ -e '$CASE/once-staged' ] || { touch '$CASE/once-staged'
(unset GIT_INDEX_FILE; echo theirs >new; touch .git/index.lock; exec >/dev/null 2>&1
(sleep 0.7; rm .git/index.lock; until git add new; do sleep 0.1; done) &); }"
expect_exit 0 git session close --json
expect_json '.status == "closed"'
for _ in 1 2 3 4 5 6 7 8 9 10; do
  git ls-files --error-unmatch new >/dev/null 2>&1 && break
  sleep 0.2
done
expect_equal "$(git status --porcelain)" "A  new"

# HEAD has a change that the work tree never got: the close does not overwrite it with the old file.
scene behind
refuse_second
touch "$CASE/refuse"
expect_exit 1 git session close --json
GIT_INDEX_FILE=$CASE/index.other git read-tree HEAD
oid=$(git show HEAD:two/b | sed '20s/.*/theirs/' | git hash-object -w --stdin)
GIT_INDEX_FILE=$CASE/index.other git update-index --cacheinfo "100644,$oid,two/b"
git update-ref HEAD "$(git commit-tree -p HEAD -m "fix: from elsewhere" "$(GIT_INDEX_FILE=$CASE/index.other git write-tree)")"
rm "$CASE/refuse"
expect_exit 1 git session close --continue --json
expect_json '.status == "blocked" and (.hint | contains("two/b"))'
expect_equal "$(git show HEAD:two/b | tail -1)" theirs
sed -i '20s/.*/theirs/' two/b
expect_exit 0 git session close --continue --json
expect_equal "$(git show HEAD:two/b | sed -n '1p;20p' | paste -sd' ')" "ours theirs"

# The same without a close that had planned it: only HEAD was moved, or the branch was moved by another worktree.
elsewhere_in_b() {
  GIT_INDEX_FILE=$CASE/index.other git read-tree HEAD
  oid=$(git show HEAD:two/b | sed '20s/.*/theirs/' | git hash-object -w --stdin)
  GIT_INDEX_FILE=$CASE/index.other git update-index --cacheinfo "100644,$oid,two/b"
  git commit-tree -p HEAD -m "fix: from elsewhere" "$(GIT_INDEX_FILE=$CASE/index.other git write-tree)"
}
scene moved-alone
git update-ref HEAD "$(elsewhere_in_b)"
expect_exit 1 git session close --json
expect_json '.status == "blocked" and (.hint | contains("git commit -- two/b"))'
sed -i '20s/.*/theirs/' two/b
expect_exit 0 git session close --continue --json
expect_equal "$(git show HEAD:two/b | sed -n '1p;20p' | paste -sd' ')" "ours theirs"

scene moved-by-a-push
git config receive.denyCurrentBranch ignore
git push -q . "$(elsewhere_in_b):main"
expect_exit 1 git session close --json
expect_json '.hint | contains("two/b")'
git commit -qm "fix: as it is" two/b
expect_exit 0 git session close --continue --json
expect_equal "$(git show HEAD:two/b | sed -n '1p;20p' | paste -sd' ')" "ours 20"

scene moved-by-a-worktree
git worktree add -q --force ../linked main
sed -i '20s/.*/theirs/' ../linked/two/b
git -C ../linked commit -qm "fix: from the other" two/b
expect_exit 1 git session close --json
expect_json '.hint | contains("two/b")'
expect_exit 0 git session close --abort
git reset -q
expect_exit 0 git session close --json

# The session reverting its own commit is allowed.
scene taken-back
git config session.test-command "cat one/a >>'$CASE/tested'"
git add two && git commit -qm "feat: two" && git rm -q two/b
expect_exit 0 git session close --json
expect_equal "$(git ls-tree --name-only HEAD two/)" ""

# Another branch is checked out in the middle: the commits do not follow it.
scene switched
hook commit-msg "[ -e '$CASE/once-switched' ] || { touch '$CASE/once-switched'; unset GIT_INDEX_FILE; git switch -q -c away; }"
expect_exit 1 git session close --json
expect_json '.hint | contains("main")'
expect_equal "$(git log --format=%s -1 away)" "chore: begin"
expect_equal "$(git log --format=%s -1 main)" "chore: begin"
git switch -q main
expect_exit 0 git session close --continue --json
expect_closed

# The same while the gates run.
scene switched-early
git config session.test-command "[ -e '$CASE/once-early' ] || { touch '$CASE/once-early'; git switch -q -c early; }"
expect_exit 1 git session close --json
expect_json '.hint | contains("main")'
expect_equal "$(git log --format=%s -1 early)" "chore: begin"
git switch -q main
expect_exit 0 git session close --continue --json
expect_closed

# The same when everything is committed: the close's branch is pushed, not the one checked out since.
scene switched-late
hook post-commit "git show --format= --name-only | grep -q sessions.jsonl && git switch -q -c late"
expect_exit 0 git session close --json
expect_json '.status == "closed" and .pushed'
expect_equal "$(git symbolic-ref --short HEAD)" late
expect_equal "$(git ls-remote --heads switched-late | cut -f2)" refs/heads/main
expect_equal "$(git ls-remote switched-late refs/heads/main | cut -f1)" "$(git rev-parse main)"

scene renamed-late
hook post-commit "git show --format= --name-only | grep -q sessions.jsonl && git branch -m renamed"
expect_exit 0 git session close --json
expect_json '.status == "closed" and .pushed'
expect_equal "$(git ls-remote --heads renamed-late | cut -f2)" refs/heads/main
expect_equal "$(git ls-remote renamed-late refs/heads/main | cut -f1)" "$(git rev-parse renamed)"

# Busy neighbours do not keep a close running forever: the second time it asks.
scene busy
hook commit-msg "git diff --cached --name-only | grep -q ^two/ || exit 0
unset GIT_INDEX_FILE; date +%N >>two/b; git -c core.hooksPath=/dev/null commit -q -m 'fix: busy' two/b; echo more >>two/b"
expect_exit 2 git session close --json
expect_json '.status == "needs-decision" and any(.decisions[]; .id == "moved")'
rm .git/hooks/commit-msg
expect_exit 0 git session close --continue --json
expect_closed

# Others who keep committing other files succeed, and the close gives up after a while.
scene busier
hook commit-msg "unset GIT_INDEX_FILE; date +%N >>other; git -c core.hooksPath=/dev/null commit -q -m 'fix: busy' other"
expect_exit 1 git session close --json
expect_json '.commits == [] and (.hint | contains("--continue"))'
rm .git/hooks/commit-msg
expect_exit 0 git session close --continue --json
expect_closed

# A hook that adds files to the commit: another's dirty file stops it, files made by the hook itself are fine.
scene swept
echo theirs >other
git add other
git reset -q
git session close --abort >/dev/null 2>&1 || true
hook pre-commit "git add -A"
expect_exit 1 git session close --json --decide unclaimed=leave
expect_outcome commit block
expect_json 'any(.phases[]; .id == "commit" and (.detail | contains("other")))'
expect_equal "$(git log --format=%s -1)" "chore: begin"
hook pre-commit "git diff --cached --name-only | grep -q ^one/ || exit 0; echo made >one/made; git add one/made; sed -i '1s/.*/OURS/' one/a; git add one/a"
expect_exit 0 git session close --continue --json --decide unclaimed=leave
expect_equal "$(git log --format= --name-only --grep=first)" "$(printf 'one/a\none/made')"
expect_equal "$(git show HEAD:one/a | head -1)" OURS
expect_equal "$(git status --porcelain)" " M other"

# A commit of ours is removed from the branch while the close is running: that is reported, and its changes are planned again.
scene taken-off
hook pre-commit "git diff --cached --name-only | grep -q ^two/ && [ ! -e '$CASE/once-taken-off' ] || exit 0
touch '$CASE/once-taken-off'; unset GIT_INDEX_FILE; git reset -q --soft HEAD~1"
expect_exit 1 git session close --json
expect_json 'any(.phases[]; .id == "commit" and (.summary | contains("was taken off the branch")))'
expect_exit 0 git session close --continue --json
expect_closed
expect_equal "$(git log --format=%s -3)" "$(printf 'feat(two): second\nfeat(one): first\nchore: begin')"
