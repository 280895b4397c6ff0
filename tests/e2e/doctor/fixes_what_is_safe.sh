#!/usr/bin/env bash
# --fix does what it names, once, and leaves git's own locks, hooks of others and everything of a living process alone.
. "$E2E/lib.sh"
. "$E2E/close.sh"
. "$E2E/doctor.sh"

new_repo
git session init --local >/dev/null 2>&1
git session hooks install >/dev/null
start_session
echo changed >README.md
git session snapshot -q --label one

# Half-written files of killed processes: in the git directory, also in one of another worktree, and where a file system of its
# own made them lie beside their file. Those of living processes stay.
git worktree add -q "$CASE/linked" -b linked
own=.git/git-session
mkdir -p $own/temp $own/temp-places "$CASE/beside" .git/worktrees/linked/git-session/close
: >$own/temp/.git-session-999999-1.tmp
: >$own/temp/.git-session-$$-1.tmp
: >.git/worktrees/linked/git-session/close/.git-session-999999-7.tmp
printf '%s' "$CASE/beside" >$own/temp-places/.git-session-999999-2.tmp
: >"$CASE/beside/.git-session-999999-2.tmp"
: >"$CASE/beside/mine"

# Locks of refs that a killed gc has left: hard links of its mark. And one of another program.
mkdir -p $own/locks
: >>$own/locks/refs
ln $own/locks/refs .git/packed-refs.lock
ln $own/locks/refs ".git/refs/heads/linked.lock"
: >.git/index.lock
touch -d '1 hour ago' .git/index.lock

# A worktree of a gate whose close was killed.
gates=$HOME/.cache/git-session/gates
mkdir -p "$gates/git-session-999999-3.tmp/repo/kept" $own/gate-trees
printf '%s' "$gates/git-session-999999-3.tmp" >$own/gate-trees/.git-session-999999-3.tmp

# A hook of ours that is another version's.
printf '#!/bin/sh\n# old\n' >.git/hooks/pre-push
printf '# git-session pre-push %s\n' "$(printf '#!/bin/sh\n# old\n' | git hash-object --stdin)" >>.git/hooks/pre-push
chmod a-x .git/hooks/post-commit

look 1
finding hooks warning "'.git/hooks/pre-push' is another version's" "git session hooks install"
finding hooks warning "'.git/hooks/post-commit' is not executable"
finding locks warning "'.git/refs/heads/linked.lock' and 1 more, left by a killed git session" "git session doctor --fix"
finding locks warning " and 3 more, half-written by a killed process"
finding locks warning "'.git/index.lock', made 1 hour ago, and no git runs here" "rm $PWD/.git/index.lock"
finding worktrees warning "'$gates/git-session-999999-3.tmp', left by a killed close"
expect_json '[.findings[] | select(.fixable) | .area] == ["hooks", "hooks", "locks", "locks", "worktrees"]'

describe_all >"$CASE/before"
expect_exit 1 git session doctor --fix --dry-run --json
describe_all >"$CASE/after"
cmp -s "$CASE/before" "$CASE/after" || fail "a dry run wrote: $(diff "$CASE/before" "$CASE/after")"
expect_json '.dry_run and (.fixed | length == 9)'
jq -r '.fixed[]' "$OUT" | grep -v '^would ' && fail "it says that it was done"
sed 's/would write/wrote/; s/would remove/removed/' <(jq -r '.fixed[]' "$OUT") >"$CASE/announced"

expect_exit 1 git session doctor --fix --json
jq -r '.fixed[]' "$OUT" >"$CASE/done"
diff "$CASE/announced" "$CASE/done" || fail "other things were done than the dry run said"
expect_equal "$(wrong)" locks
expect_json '[.findings[] | select(.fixable)] == []'
expect_file .git/index.lock
expect_file "$own/temp/.git-session-$$-1.tmp"
expect_file "$CASE/beside/mine"
for gone in $own/temp/.git-session-999999-1.tmp $own/temp-places/.git-session-999999-2.tmp .git/packed-refs.lock \
  "$CASE/beside/.git-session-999999-2.tmp" .git/refs/heads/linked.lock "$gates/git-session-999999-3.tmp" \
  .git/worktrees/linked/git-session/close/.git-session-999999-7.tmp $own/gate-trees/.git-session-999999-3.tmp; do
  expect_no_file "$gone"
done
for hook in post-commit pre-push; do [ -x .git/hooks/$hook ] || fail "$hook is not executable"; done
rm .git/index.lock

# Again: nothing is left to do.
git config session.test-command true
expect_exit 0 git session doctor --fix
expect_no_out removed
expect_no_out wrote
expect_equal "$(tail -n 1 "$OUT")" "Nothing is wrong."
expect_exit 129 git session doctor --dry-run
expect_err "--dry-run needs --fix"

# Missing hooks are not installed by it, and another program's is not touched.
printf '#!/bin/sh\nexit 0\n' >.git/hooks/pre-push
rm .git/hooks/post-commit
cp .git/hooks/pre-push "$CASE/theirs"
expect_exit 0 git session doctor --fix --json
expect_json '.fixed == []'
cmp "$CASE/theirs" .git/hooks/pre-push
expect_no_file .git/hooks/post-commit

# What it cannot remove, it does not claim.
chmod a-w $own/temp
: >$own/temp/.git-session-999999-4.tmp 2>/dev/null || { chmod u+w $own/temp && : >$own/temp/.git-session-999999-4.tmp && chmod a-w $own/temp; }
if code=$(without_override git session doctor --fix --json >"$OUT" 2>"$ERR"; echo $?); [ "$code" != 77 ]; then
  [ "$code" -ne 0 ] || fail "it could remove a file from a directory that it may not write to"
  expect_file $own/temp/.git-session-999999-4.tmp
fi
chmod u+w $own/temp
