#!/usr/bin/env bash
# Nothing of an isolated gate stays: not what it writes, not read-only directories, and not after a kill; what its links
# lead to stays as it is. A gate does not run twice over the same tree.
. "$E2E/lib.sh"
. "$E2E/close.sh"

gates=$HOME/.cache/git-session/gates
left() { find "$gates" -mindepth 1 -maxdepth 1 | wc -l; }
gone() {
  expect_equal "$(left)" 0
  expect_no_file .git/worktrees
  expect_equal "$(ls -A .git/git-session/gate-trees)" ""
  expect_equal "$(cat node_modules/dep/kept)" kept
}

new_repo
printf 'node_modules/\n' >.gitignore
echo '{}' >package.json
git add .
git commit -q -m "chore: package"
mkdir -p node_modules/dep
echo kept >node_modules/dep/kept
bare_remote
git config session.gate-isolation worktree
git config session.test-command 'true && echo "$RANDOM" >>'"$CASE"'/runs && mkdir -p out/a && touch out/a/b node_modules/new && ln -s '"$PWD"'/node_modules out/link && chmod -R a-w out/a && chmod 0 out'
start_session --scope src/
mkdir src && echo 1 >src/a

# As a person whom permissions concern.
remember_tree
without_override git session close --dry-run --json >"$OUT" 2>"$ERR" || fail "the dry run failed"
expect_outcome gate ok
expect_same_tree
gone

# A worktree of the user's own that is not there just now keeps its records.
git worktree add -q --detach "$CASE/mine"
mv "$CASE/mine" "$CASE/away"

# Killed in the gate, by a command that does not get to say so.
git config session.test-command 'touch '"$CASE"'/runs; mkdir -p out/a; touch out/a/b; chmod -R a-w out; test -e '"$CASE"'/once || { touch '"$CASE"'/once; kill -9 $PPID; sleep 5; }; echo run >>'"$CASE"'/runs'
rm -f "$CASE/runs"
killed() {
  local code=0
  rm -f "$CASE/once"
  { git session close "$@" >"$OUT" 2>"$ERR"; } 2>/dev/null || code=$?
  expect_equal "$code" 137
  expect_equal "$(left)" 1
  expect_file "$gates"/*/repo/node_modules/dep/kept
  expect_equal "$(git worktree list | wc -l)" 3
}
cleaned() {
  expect_equal "$(left)" 0
  expect_equal "$(ls .git/worktrees)" mine
  expect_equal "$(cat node_modules/dep/kept)" kept
}
killed --dry-run
expect_exit 0 without_override git session status
cleaned
killed --dry-run
expect_exit 0 git session gc
cleaned
killed
expect_exit 0 git session close --abort
cleaned
expect_same_tree
killed
expect_exit 0 git session close --dry-run --json
cleaned
git session close --abort >/dev/null 2>&1
killed

# Killed while the tree is checked out.
git session close --abort >/dev/null
echo 'src/a filter=kills' >.git/info/attributes
git config filter.kills.clean cat
git config filter.kills.smudge 'kill -9 $(awk "{print \$4}" /proc/$PPID/stat); cat'
code=0
{ git session close --dry-run >"$OUT" 2>"$ERR"; } 2>/dev/null || code=$?
expect_equal "$code" 137
expect_equal "$(left)" 1
rm .git/info/attributes
expect_exit 0 git session status
cleaned
killed

# The close that continues runs the gate once; one that has failed after that keeps its result.
rm "$CASE/runs"
git config session.lint-command 'test ! -e '"$CASE/stop"
touch "$CASE/stop"
expect_exit 1 git session close --continue --decide gate=stop --json
expect_equal "$(cat "$CASE/runs")" run
cleaned
rm "$CASE/stop"
echo "beside the work" >unclaimed
expect_exit 0 git session close --continue --decide unclaimed=leave --json
expect_equal "$(cat "$CASE/runs")" run "the tree is the same"
expect_json '.status == "closed" and .report.tested_tree == $tree' --arg tree "$(file_oid "HEAD^{tree}")"
cleaned

# What cannot be removed now is said, and removed by a later command.
start_session --scope src/
echo 2 >src/a
git config session.test-command 'mkdir busy && mount -t tmpfs none busy'
in_namespace git session close --dry-run --json --decide unclaimed=leave >"$OUT" 2>"$ERR" || fail "the dry run failed"
expect_outcome gate ok
expect_err "busy"
expect_err "remove it by hand"
expect_equal "$(left)" 1
expect_exit 0 git session status
cleaned
