#!/usr/bin/env bash
# Isolated gates where the work tree is not beside a plain .git: a linked worktree, a submodule, a separate git directory, a
# work tree named by the environment or the configuration, the user's home, names with odd characters.
. "$E2E/lib.sh"
. "$E2E/close.sh"

# isolated_close [REASON]: in the current directory, a session whose gate sees its work and no untracked file. REASON: why
# nothing is claimed.
isolated_close() {
  git config session.gate-isolation worktree
  git config session.test-command 'test -e src/a && test ! -e stray && test "$(git ls-files src)" = src/a && ! test -e .git/objects && git rev-parse -q --verify HEAD'
  start_session --scope src/
  mkdir -p src
  echo "$RANDOM" >src/a
  touch stray
  expect_exit 0 git session close --json --decide unclaimed=leave --no-push
  expect_json '.status == "closed" and (.report.tested_tree // .report.not_isolated[0]) == $tree' --arg tree "${1:-$(file_oid "HEAD^{tree}")}"
  expect_file stray
  expect_equal "$(find "$CASE" -path '*/git-session/gates/*' -prune -print)" ""
}

new_repo plain
git worktree add -q -b linked "$CASE/linked"
cd "$CASE/linked"
isolated_close
expect_equal "$(git worktree list | wc -l)" 2

new_repo outer
git submodule --quiet add "$CASE/plain" inner
cd inner
isolated_close

git init -q --separate-git-dir "$CASE/elsewhere.git" "$CASE/separate"
cd "$CASE/separate"
commit_file README.md
isolated_close

git init -q --bare "$CASE/bare.git"
mkdir "$CASE/tree"
cd "$CASE/tree"
export GIT_DIR=$CASE/bare.git GIT_WORK_TREE=$CASE/tree
commit_file README.md
isolated_close
unset GIT_DIR GIT_WORK_TREE

git init -q --bare "$CASE/configured/.git"
cd "$CASE/configured"
git config core.bare false
commit_file README.md
git config extensions.worktreeConfig true
git config --worktree core.sparseCheckout false
isolated_close

new_repo "odd 'name' "$'ü\n"\\'
isolated_close

# In a home directory that is a work tree, the place for the checkout is not below it. What a tool reads from there is not
# of the tested tree.
new_repo home-tree
export HOME=$PWD
isolated_close "the home directory is in the work tree"
