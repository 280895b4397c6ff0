#!/usr/bin/env bash
# A day with git beside tracked sessions, in a repository whose records say nothing about how they merge: records are in
# the work's commit, and neither a rebase nor a merge of two branches that closed sessions stops at them.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
git rm -q .gitattributes
git commit -q -m "chore: as before"
commit_file shared.txt one
bare_remote
[ ! -e .gitattributes ] || fail "the repository says how records merge"
git clone -q "$CASE/origin.git" "$CASE/colleague"
work() { # work FILE: one session that writes it
  start_session --scope "$1"
  mkdir -p "$(dirname "$1")"
  date >"$1"
  git session close --yes "${@:2}" >"$OUT" 2>"$ERR"
}

for day in 1 2; do
  work "src/a$day.c" || fail "a session: $(cat "$ERR")"
  (cd "$CASE/colleague" && work "src/b$day.c") && fail "a push over another's was not rejected"
  (
    cd "$CASE/colleague"
    expect_exit 0 git pull -q --rebase
    expect_exit 0 git session close --continue
    expect_equal "$(git status --porcelain)" ""
    expect_equal "$(git rev-parse HEAD)" "$(git ls-remote origin main | cut -f1)"
  )
  expect_exit 0 git pull -q --rebase
done
expect_equal "$(sessions_lines)" 4

# A session in between: stash, switch, commit, amend.
start_session --scope 'src/**'
echo one >src/c.c
git add src/c.c
git commit -q -m "feat: c" || fail "a commit in a session"
echo two >>src/c.c
expect_exit 0 git stash push -q src/c.c
expect_exit 0 git stash pop -q
(cd "$CASE/colleague" && echo two >>shared.txt && git commit -q -am "fix: shared" && git push -q)
expect_exit 0 git pull -q --rebase --autostash
expect_file_has shared.txt two
expect_exit 0 git commit -q --amend -m "feat: more" src/c.c
expect_exit 0 git session close --yes
expect_equal "$(git status --porcelain)" ""

# Two branches that closed a session each.
git switch -q -c topic
work src/topic.c --no-push || fail "a session on a branch"
git switch -q main
work src/main.c --no-push || fail "a session on main"
expect_exit 0 git merge -q --no-edit topic
expect_exit 0 git session status
work src/after.c || fail "a session after the merge: $(cat "$ERR")"
expect_equal "$(git status --porcelain)" ""
expect_equal "$(sessions_lines)" 8
expect_equal "$(git log --format=%s | grep -c 'chore(session)')" 1 "only the session that committed by hand has its records alone"
