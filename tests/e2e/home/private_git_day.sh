#!/usr/bin/env bash
# A day with git beside a private session: pull, stash, switch, merge, amend and commit find only what people changed.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
commit_file shared.txt "one"
bare_remote
git session init --local >/dev/null 2>&1
git clone -q "$CASE/origin.git" "$CASE/colleague"
start_session --title "Retry uploads" --scope 'src/**'
expect_equal "$(git status --porcelain)" "" "a session shows in git status"

mkdir src
echo one >src/upload.c
git add src/upload.c
git commit -q -m "feat: upload" || fail "a commit in a session"
echo two >>src/upload.c
(cd "$CASE/colleague" && echo two >>shared.txt && git commit -q -am "fix: shared" && git push -q)

expect_exit 0 git stash
expect_exit 0 git pull -q --rebase
expect_exit 0 git stash pop
expect_file_has shared.txt two
expect_exit 0 git switch -q -c topic
expect_exit 0 git commit -q -am "feat: more"
expect_exit 0 git switch -q main
expect_exit 0 git merge -q --no-edit topic
expect_exit 0 git commit -q --amend -m "feat: retry"
expect_equal "$(git status --porcelain)" ""

# Elsewhere the session is seen, and in nobody's way.
git switch -q topic
expect_exit 0 git session status
expect_out "'main', and 'topic' is checked out"
git switch -q main
expect_exit 0 git session status
expect_out "Retry uploads"

echo three >>src/upload.c
expect_exit 0 git session close --yes --json
expect_json '.status == "closed" and .pushed and (.commits | length) == 1'
expect_outcome records skip
expect_equal "$(git status --porcelain)" ""
expect_equal "$(git ls-files)" "README.md
shared.txt
src/upload.c" "something of the session's own is in the repository"
expect_equal "$(git rev-parse HEAD)" "$(git rev-parse origin/main)"
expect_equal "$(wc -l <.git/git-session/records/sessions.jsonl)" 1
expect_equal "$(ls .git/git-session/sessions)" ""
expect_equal "$(find .git/git-session/closed -name STATE.md | wc -l)" 1
expect_equal "$(status_of .git/git-session/closed/*/STATE.md)" completed
