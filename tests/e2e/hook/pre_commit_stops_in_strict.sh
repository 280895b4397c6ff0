# shellcheck shell=bash
# pre-commit stops a violation before it is a commit, and knows -a and named paths by the index file.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
scoped_session strict 'src/'
use_hook pre-commit
mkdir src docs
echo code >src/a.c
git add src
expect_exit 0 git commit -q -m "feat: in scope"
echo text >docs/a.md
git add docs
expect_exit 1 git commit -q -m "docs: out of scope"
expect_err "error: 1 file about to be committed does not belong to session "
expect_err "'docs/a.md' matches no pattern"
expect_err "hint: unstage with: git reset -q -- docs/a.md"
expect_err "git commit --no-verify"
sh -c "$(sed -n 's/^hint: unstage with: //p' "$ERR")"
expect_equal "$(git diff --cached --name-only)" ""

echo more >>README.md
echo more >>src/a.c
expect_exit 1 git commit -q -a -m "feat: all"
expect_err "'README.md' matches no pattern"
expect_err "'git commit -a' takes every change"
expect_exit 1 git commit -q -m "feat: named" README.md
expect_err "leave the paths out of the command line"
expect_exit 0 git commit -q -m "feat: named" src/a.c
expect_exit 0 git commit -q --no-verify -m "docs: all the same" README.md

sed -i 's/"strict"/"warn"/' .orchestrator/wave-scope.json
git add docs
expect_exit 0 git commit -q -m "docs: out of scope"
expect_err "warning: 1 file about to be committed"
# An unborn branch, and a scope without a session.
git checkout -q --orphan fresh
git rm -rq --cached .
sed -i 's/^status: .*/status: completed/' .orchestrator/STATE.md
git add docs
expect_exit 0 git commit -q -m "docs: root"
expect_err "does not belong to the scope '.orchestrator/wave-scope.json'"
