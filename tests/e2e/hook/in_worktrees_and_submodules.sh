# shellcheck shell=bash
# A linked worktree and a submodule have sessions of their own, and git tells hooks which one they run in.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
scoped_session warn 'src/'
use_hook post-commit pre-push pre-commit
git init -q "$CASE/lib"
git -C "$CASE/lib" commit -q --allow-empty -m "chore: root"
GIT_SESSION_HOOKS=0 git worktree add -q -b topic "$CASE/linked" HEAD
cd "$CASE/linked"
echo any >any.txt
git add any.txt
expect_exit 0 git commit -q -m "chore: any"
[ ! -s "$ERR" ] || fail "the other worktree's session counts here"
git session start --scope 'lib/' >/dev/null 2>&1 || fail "no start in a linked worktree"
echo text >out.txt
git add out.txt
expect_exit 0 git commit -q -m "chore: out of scope"
expect_err "warning: 1 file about to be committed does not belong to session 'topic-"
expect_err "1 file that does not belong to session 'topic-"
run_hints
expect_equal "$(git status --porcelain out.txt)" "?? out.txt"
git add out.txt
git commit -q -m "chore: out of scope" 2>/dev/null
expect_exit 0 git push -q origin topic
expect_err "1 commit to be pushed"

cd "$CASE/repo"
git submodule --quiet add "$CASE/lib" sub
expect_exit 0 git commit -q -m "chore: a submodule"
expect_err "'sub' matches no pattern"
run_hints
git -C sub session init --records tracked >/dev/null 2>&1 || fail "no init in a submodule"
cd sub
git add -A
git commit -q -m "chore: set up"
git session start --scope 'x/' >/dev/null 2>&1 || fail "no start in a submodule"
use_hook post-commit
echo text >y
git add y
expect_exit 0 git commit -q -m "chore: out of scope"
expect_err "'y' matches no pattern"
run_hints
expect_equal "$(git status --porcelain y)" "?? y"
