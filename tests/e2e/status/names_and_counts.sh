#!/usr/bin/env bash
# A session goes by its name wherever it has one, status counts what is the session's own, and files are named as git names them.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
mkdir src && echo 1 >src/a.c && echo 1 >src/b.c && git add . && git commit -q -m one
git session init --local >/dev/null 2>&1

# Directly after the start there is nothing to count: the baseline is not the person's snapshot.
echo dirty >>src/b.c
expect_exit 0 git session start --name docs --title 'Write: "docs"' --scope 'src/**'
expect_out "'--session docs' or 'export GIT_SESSION=docs'"
expect_exit 0 git session status
expect_out_matches '^Write: "docs" +main$'

# Names in lists and hints, and what was probably meant.
git session start -q --name api --scope 'api/**' 2>/dev/null
expect_exit 0 git session status
expect_out "2 sessions are open here: "
expect_no_out "No session is open"
expect_out_matches '^Next: git session status --session (docs|api)$'
expect_exit 129 git session status --session dcos
expect_err "hint: did you mean 'docs'?"
expect_exit 129 git session status --session nothing-like-it
expect_err "'docs'"
expect_exit 1 git session close
expect_err "GIT_SESSION="
GIT_SESSION=doc expect_exit 0 git session status
expect_out "did you mean 'docs'?"
expect_out "Next: export GIT_SESSION=docs"
GIT_SESSION=gone expect_exit 0 git session status
expect_out "Next: unset GIT_SESSION"
echo 2 >src/a.c
expect_exit 0 git session status --session docs
expect_out "Next: git session close --session docs"
GIT_SESSION=docs expect_exit 0 git session status
expect_out_matches '^Next: git session close$'

# What another session's close commits is not counted here; undo says which session is open again.
mkdir api && echo 1 >api/x.c
expect_exit 0 git session close --session api --yes --no-push
expect_exit 0 git session status
expect_out_matches '^Write: "docs" +main$'
expect_exit 0 git session undo
expect_out "The session is open again: git session status --session api"
expect_out_matches '  main is back at [0-9a-f]+, without$'
git session abandon -q --session api

# As git status: a rename, and a directory without a tracked file.
git mv src/a.c src/moved.c 2>/dev/null || die "no rename"
git checkout -q HEAD -- src/a.c && rm src/moved.c && git add -A src && git reset -q
git mv src/a.c src/moved.c
mkdir -p src/new/deep && echo 1 >src/new/one.c && echo 1 >src/new/deep/two.c
expect_exit 0 git session status
expect_out_matches '^Yours .*R src/a.c -> src/moved.c.*\? src/new/$'
expect_exit 0 git session status --json
expect_json '[.changes[].path] | index("src/new/deep/two.c") != null'
git reset -q --hard && rm -r src/new

# Another branch: said once, with the command.
git switch -q -c feature
expect_exit 0 git session status
expect_equal "$(cat "$ERR")" ""
expect_out "session 'docs' belongs to branch 'main', and 'feature' is checked out"
expect_out "Next: git switch main"
git switch -q --detach
expect_exit 0 git session status
expect_out "HEAD detached at $(git rev-parse --short=10 HEAD)"
git switch -q main

expect_exit 0 git session pause
expect_out 'Paused "Write: "docs""'
expect_exit 0 git session status
expect_out "git session resume"
expect_exit 0 git session resume
expect_exit 0 git session abandon
expect_out 'Abandoned "Write: "docs""'

# Issues: one that there is not is refused, one that is worked on is shown and not offered.
expect_exit 1 git session start --issue 9
expect_err "there is no issue #9"
expect_err "'git session issue list'"
git session issue create -q "One to do" >/dev/null
expect_exit 0 git session start --issue 1
expect_no_out "carried over"
expect_exit 0 git session status
expect_out_matches ' #1$'

# Paths are as one types them here, as git status shows them.
mkdir -p docs/deep && echo 1 >docs/deep/note && git add docs && git commit -q -m note
echo 2 >>docs/deep/note
(
  cd docs
  expect_exit 0 git session status
  expect_out "M deep/note"
  cd ../src
  expect_exit 0 git session status
  expect_out "M ../docs/deep/note"
  expect_exit 0 git -c status.relativePaths=false session status
  expect_out "M docs/deep/note"
  expect_exit 0 git session status --json
  expect_json '[.changes[].path] | index("docs/deep/note") != null'
  expect_exit 0 git session issue create "Another"
  expect_out "  ../.git/git-session/issues/"
) || exit 1

# A rebase by a pull: the start is found again, and nothing of before counts.
bare_remote
git clone -q "$CASE/remote.git" "$CASE/colleague" 2>/dev/null || git clone -q "$(git remote get-url origin)" "$CASE/colleague"
git session abandon -q && git checkout -q HEAD -- docs
echo before >before && git add before && git commit -q -m before
git session start -q --title Rebase
echo own >own && git add own && git commit -q -m own
(cd "$CASE/colleague" && echo theirs >theirs && git add theirs && git commit -q -m theirs && git push -q origin HEAD:main)
git pull -q --rebase origin main
expect_exit 0 git session status
expect_equal "$(cat "$ERR")" ""
expect_out_matches '^Rebase +main, 1 commit$'
# One that is gone altogether: said in plain words, with the way out.
git reset -q --hard HEAD~2
expect_exit 0 git session status
expect_err "is no longer on the branch"
expect_err "'git session close --base REV'"
