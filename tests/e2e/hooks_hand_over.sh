#!/usr/bin/env bash
# The installed scripts hand over with arguments and input, and stop git only for a "no": not for a program that is
# missing or crashes. Without a session they start nothing.
. "$E2E/lib.sh"
. "$E2E/hooks.sh"

new_repo
bare_remote
record_hooks
expect_exit 0 git session hooks install --with pre-commit,post-index-change
all="pre-commit post-commit post-index-change"

# Nothing to do: no session, an ended one, or the switch. Only a push is always looked at.
make_commit
expect_calls
mkdir .claude
printf -- '---\nschema-version: 1\nstatus: completed\nbranch: main\n---\nstatus: active\n' >.claude/STATE.md
make_commit
expect_calls
commit_file a
git push -q
expect_calls "pre-push [origin] [$CASE/origin.git]" \
  "< refs/heads/main $(git rev-parse HEAD) refs/heads/main $(git rev-parse HEAD~3)"
pretend_session
GIT_SESSION_HOOKS=0 make_commit
GIT_SESSION_HOOKS=0 git push -q
expect_calls

# Something to do: a session of whatever directory and state, a scope, a baseline, a close that is not finished.
looks() {
  : >"$CASE/calls"
  make_commit
  grep -qx post-commit "$CASE/calls" || fail "$1: nobody looked"
  grep -qx pre-commit "$CASE/calls" || fail "$1: nobody looked before"
}
looks "an active session"
rm -r .claude
for directory in .claude .codex .cursor .pi .orchestrator; do
  for text in $'---\nstatus: paused\n---' $'---\nstatus: "completed"\n---' $'---\nbranch: main\n---\nstatus: completed' \
    $'---\nplan:\n  status: completed\n---' 'nothing that can be read' ''; do
    mkdir $directory
    printf '%s\n' "$text" >$directory/STATE.md
    looks "$directory: $text"
    rm -r $directory
  done
  mkdir $directory
  echo '{}' >$directory/wave-scope.json
  looks "$directory: a scope"
  rm -r $directory
done
mkdir -p .git/git-session/baselines
make_commit
: >"$CASE/calls"
make_commit
expect_calls
touch .git/git-session/baselines/a.json
looks "a baseline"
rm .git/git-session/baselines/a.json
mkdir .git/git-session/close
touch .git/git-session/close/journal.jsonl
looks "an unfinished close"
rm -r .git/git-session

# Staging is looked at, with git's two flags.
pretend_session
: >"$CASE/calls"
echo b >b
git add b
expect_calls "post-index-change [0] [0]"
git checkout -q -b other
grep -qx 'post-index-change \[1\] \[0\]' "$CASE/calls" || fail "the flags: $(cat "$CASE/calls")"

# From below the top, through GIT_DIR and in a linked worktree the same session is seen.
: >"$CASE/calls"
mkdir -p deep/er
(cd deep/er && make_commit)
grep -qx post-commit "$CASE/calls" || fail "nobody looked from below"
: >"$CASE/calls"
(cd / && git --git-dir="$CASE/repo/.git" --work-tree="$CASE/repo" commit -q --allow-empty -m x)
grep -qx post-commit "$CASE/calls" || fail "nobody looked through GIT_DIR"
git worktree add -q "$CASE/linked"
: >"$CASE/calls"
(cd "$CASE/linked" && make_commit)
expect_calls
(cd "$CASE/linked" && pretend_session && make_commit)
grep -qx post-commit "$CASE/calls" || fail "nobody looked in the linked worktree"

# Its "no" counts before a commit and a push, and is no news after them.
answer 1
expect_exit 1 make_commit
expect_exit 1 git push -q origin other
rm "$CASE/answer"
answer 1
expect_exit 0 env GIT_SESSION_HOOKS=0 git push -q origin other
git reset -q --hard
for name in pre-commit pre-push; do mv .git/hooks/$name .git/hooks/$name.off; done
expect_exit 0 make_commit
expect_err "warning: git-session's post-commit did not finish (exit code 1)"
for name in pre-commit pre-push; do mv .git/hooks/$name.off .git/hooks/$name; done

# A failure of its own stops nothing, and says so.
for code in 2 126 128 129 killed; do
  answer "$code"
  expect_exit 0 make_commit
  for name in $all; do
    [ "$name" = post-index-change ] || expect_err_matches "^warning: git-session's $name did not finish \(exit code"
  done
  expect_exit 0 git push -q origin HEAD
  expect_err_matches "^warning: git-session's pre-push did not finish .*; the push goes on"
done
rm "$CASE/answer" "$CASE/bin/git-session"
missing() { env PATH="$(tr : '\n' <<<"$PATH" | grep -vxF "$PROGRAM" | paste -sd :)" "$@"; }
expect_exit 0 missing git commit -q --allow-empty -m "chore: alone"
expect_err "warning: git-session is not on PATH: its pre-commit did not run"
expect_err "warning: git-session is not on PATH: its post-commit did not run"
expect_equal "$(wc -l <"$ERR")" 2
expect_exit 0 missing git push -q origin HEAD
expect_equal "$(cat "$ERR")" "warning: git-session is not on PATH: its pre-push did not run"
expect_equal "$(git rev-parse HEAD)" "$(git -C "$CASE/origin.git" rev-parse other)"
