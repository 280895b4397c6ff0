#!/usr/bin/env bash
# The installed scripts hand over with arguments and input, and stop git for a "no", but not if the program is missing. A
# program that crashes stops a push.
. "$E2E/lib.sh"
. "$E2E/hooks.sh"

new_repo
bare_remote
record_hooks
expect_exit 0 git session hooks install --with pre-commit,post-index-change
all="pre-commit post-commit post-index-change"

make_commit
expect_calls pre-commit post-commit
commit_file a
: >"$CASE/calls"
git push -q
expect_calls "pre-push [origin] [$CASE/origin.git]" \
  "< refs/heads/main $(git rev-parse HEAD) refs/heads/main $(git rev-parse HEAD~2)"
GIT_SESSION_HOOKS=0 make_commit
GIT_SESSION_HOOKS=0 git push -q
expect_calls

# Staging is checked, with git's two flags.
echo b >b
git add b
expect_calls "post-index-change [0] [0]"
git checkout -q -b other
grep -qx 'post-index-change \[1\] \[0\]' "$CASE/calls" || fail "the flags: $(cat "$CASE/calls")"

# From below the top, through GIT_DIR and in a linked worktree as well.
looks() {
  : >"$CASE/calls"
  "${@:2}"
  grep -qx post-commit "$CASE/calls" || fail "nobody looked $1"
}
mkdir -p deep/er
git worktree add -q "$CASE/linked"
looks "from below" git -C deep/er commit -q --allow-empty -m x
looks "through GIT_DIR" git --git-dir="$CASE/repo/.git" --work-tree="$CASE/repo" commit -q --allow-empty -m x
looks "in the linked worktree" git -C "$CASE/linked" commit -q --allow-empty -m x

# Its "no" counts before a commit and a push, and is ignored after them.
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

# A failure of its own stops no commit, and is reported.
for code in 2 126 128 129 killed; do
  answer "$code"
  expect_exit 0 make_commit
  for name in $all; do
    [ "$name" = post-index-change ] || expect_err_matches "^warning: git-session's $name did not finish \(exit code"
  done
  if [ "$code" = 126 ]; then continue; fi
  expect_exit 1 git push -q origin HEAD
  expect_err_matches "^error: git-session's pre-push did not finish \(exit code"
  expect_err "hint: to push unchecked: 'git push --no-verify'"
  expect_exit 0 env GIT_SESSION_HOOKS=0 git push -q origin HEAD
done
for code in 126 127; do
  answer "$code"
  git commit -q --no-verify --allow-empty -m "chore: unchecked" 2>/dev/null
  expect_exit 0 git push -q origin HEAD
  expect_equal "$(cat "$ERR")" "warning: git-session cannot be run (exit code $code): its pre-push did not run"
done
rm "$CASE/answer" "$CASE/bin/git-session"
# Every program but this one, which may be installed beside git.
mkdir "$CASE/others"
tr : '\n' <<<"$PATH" | while read -r directory; do find "$directory"/ -maxdepth 1 ! -type d -exec ln -s -t "$CASE/others" {} + 2>/dev/null || true; done
rm "$CASE/others/git-session"
missing() { env PATH="$CASE/others" "$@"; }
expect_exit 0 missing git commit -q --allow-empty -m "chore: alone"
expect_err "warning: git-session is not on PATH: its pre-commit did not run"
expect_err "warning: git-session is not on PATH: its post-commit did not run"
expect_equal "$(wc -l <"$ERR")" 2
expect_exit 0 missing git push -q origin HEAD
expect_equal "$(cat "$ERR")" "warning: git-session is not on PATH: its pre-push did not run"
expect_equal "$(git rev-parse HEAD)" "$(git -C "$CASE/origin.git" rev-parse other)"
