#!/usr/bin/env bash
# What a pull brings into a session is not its work: it is neither judged nor reported, however it came in; what the session
# committed, and pushed in between, still is.
. "$E2E/lib.sh"
. "$E2E/close.sh"

marker='<<<<<<< theirs'
# scene NAME: an open session on issue 1, and a colleague whose commits are full of what a close looks for.
repository() {
  new_repo "$1"
  commit_file shared.txt one
  bare_remote "$1"
  git config session.remote "$1"
  git session init --local >/dev/null 2>&1
  git clone -q "$CASE/$1.git" "$CASE/colleague-$1"
  mkdir src
}
begin_work() {
  git session issue show 1 >/dev/null 2>&1 || git session issue create -q five >/dev/null
  start_session --issue 1 --scope 'src/**'
}
scene() {
  repository "$1"
  begin_work
}
colleague() { # NAME FILE
  (
    cd "$CASE/colleague-$1"
    git pull -q
    mkdir -p "$(dirname "$2")"
    printf 'theirs\n%s\n' "$marker" >>"$2"
    git add "$2"
    git commit -q -m "fix: theirs, Closes #1"
    git push -q
  )
}
commit_own() {
  echo "$1" >>"src/$1"
  git add "src/$1"
  git commit -q -m "feat: $1"
}
# sees FILES COMMITS: status and a close have only the session's own.
sees() {
  expect_exit 0 git session status --json
  expect_json '.commits == $n' --argjson n "$2"
  expect_exit 0 git session close --yes --json
  expect_json '.status == "closed" and .pushed'
  expect_json '.report | .files_changed == $n and .completed == []' --argjson n "$1"
  expect_json '[.phases[].findings[] | select(.source != "secret-search")] == []'
  expect_equal "$(git status --porcelain)" ""
}

scene fast-forward
echo own >src/own
colleague fast-forward theirs.c
git pull -q
sees 1 0

scene rebase
commit_own own
colleague rebase theirs.c
git pull -q --rebase
echo more >src/more
sees 2 1

scene merge
commit_own own
colleague merge theirs.c
git pull -q --no-rebase --no-edit
sees 1 2

# Their commit lies between two of the session's, the first of which was pushed.
scene between
commit_own first
git push -q
colleague between theirs.c
git pull -q
commit_own second
sees 2 2

# A subject may read like a move of HEAD.
scene subject
echo own >src/own
git add src/own
git commit -q -m "fix: the (start) of a: Fast-forward"
git push -q
sees 1 1

# A topic branch takes the main branch in.
repository topic
git switch -q -c topic
commit_own before
begin_work
colleague topic theirs.c
git fetch -q
git merge -q --no-edit refs/remotes/topic/main
echo own >src/own
sees 1 1

# A file of theirs that is changed here too: theirs are no added lines.
scene both
colleague both src/both.c
git pull -q
sed -i '1s/theirs/ours/' src/both.c
sees 1 0

# Without a reflog nothing says whose a commit is: all count, as before.
scene no-reflog
colleague no-reflog theirs.c
git pull -q
rm -rf .git/logs
expect_exit 0 git session status --json
expect_json '.session != null'
