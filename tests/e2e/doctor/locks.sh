#!/usr/bin/env bash
# A lock of git's is stale when nothing runs that may hold it, and is never removed; a lock of ours is held or free, never stale.
. "$E2E/lib.sh"
. "$E2E/close.sh"
. "$E2E/doctor.sh"

new_repo
git session init --local >/dev/null 2>&1
# A young one may be of a program that is just writing.
: >.git/index.lock
expect_exit 0 git session doctor --json
finding locks note "'.git/index.lock', made just now" "run it again"

# Of each git directory, and of refs at any depth.
git worktree add -q "$CASE/linked" -b linked
for lock in .git/index.lock .git/config.lock .git/refs/heads/a/b.lock .git/worktrees/linked/HEAD.lock .git/objects/maintenance.lock; do
  mkdir -p "$(dirname $lock)"
  : >$lock
  touch -d '2 days ago' $lock
done
look 1
for lock in .git/index.lock .git/config.lock .git/refs/heads/a/b.lock .git/worktrees/linked/HEAD.lock .git/objects/maintenance.lock; do
  finding locks warning "'$lock', made 2 days ago, and no git runs here that may hold it" "if no other program uses the repository: rm $PWD/$lock"
done
expect_json '[.findings[] | select(.area == "locks" and .fixable)] == []'
expect_exit 1 git session doctor --fix -q
expect_file .git/index.lock
rm .git/config.lock .git/refs/heads/a/b.lock .git/worktrees/linked/HEAD.lock .git/objects/maintenance.lock .git/index.lock

# A git that waits in an editor has held the lock all along; one that was started later does not hold it.
printf '#!/bin/sh\ntouch %s/editing\nwhile [ ! -e %s/done ]; do sleep 0.05; done\n' "$CASE" "$CASE" >"$CASE/editor"
chmod +x "$CASE/editor"
echo more >>README.md
GIT_EDITOR=$CASE/editor git commit -q -a 2>/dev/null &
commit=$!
for _ in $(seq 200); do [ ! -e "$CASE/editing" ] || break; sleep 0.05; done
expect_file .git/index.lock
expect_exit 0 git session doctor --json
finding locks note "'.git/index.lock', made just now, while pid $commit runs: git commit -q -a" "wait for it"
touch -d '2 days ago' .git/index.lock
expect_exit 1 git session doctor --json
finding locks warning "'.git/index.lock', made 2 days ago, and no git runs here that may hold it"
touch "$CASE/done"
wait $commit || true
rm -f .git/index.lock

# Ours: held by a living process, for long.
mkdir -p .git/git-session/locks
exec 9>.git/git-session/locks/issues
printf '%s %s\n' "$$" "$(date -u -d '1 minute ago' +%Y-%m-%dT%H:%M:%S.000Z)" >&9
flock 9
look 0
finding locks note "'.git/git-session/locks/issues' is held by pid $$ since" "wait for it, or end that process"
printf '%s %s\n' "$$" "$(date -u -d '1 hour ago' +%Y-%m-%dT%H:%M:%S.000Z)" >.git/git-session/locks/issues
look 1
finding locks warning "'.git/git-session/locks/issues' is held by pid $$ since"
exec 9>&-
look 0
no_finding locks issues
