#!/usr/bin/env bash
# Worktrees of closed sessions, those that are gone, sessions and closes of other worktrees; in both homes.
. "$E2E/lib.sh"
. "$E2E/close.sh"
. "$E2E/doctor.sh"

for home in private tracked; do
  new_repo $home
  git session init --records $home >/dev/null 2>&1
  git add -A
  git commit -q -m "chore: set up"
  git session hooks install >/dev/null
  rm -rf "$CASE/origin.git"
  bare_remote
  look 0

  # Open in a linked worktree, and closed there.
  git worktree add -q "$CASE/$home-linked" -b $home-linked
  git -C "$CASE/$home-linked" session start --name far >/dev/null 2>&1
  look 0
  finding sessions fine "(far, active, in '$CASE/$home-linked')"
  no_finding worktrees "$home-linked"
  echo work >"$CASE/$home-linked/work"
  git -C "$CASE/$home-linked" session close --yes --no-push >/dev/null 2>&1 || fail "close failed"
  look 0
  finding worktrees note "is closed, and its worktree '$CASE/$home-linked' is still there" "git worktree remove $CASE/$home-linked"
  echo more >>"$CASE/$home-linked/work"
  look 0
  finding worktrees note "is still there, with uncommitted changes" "commit or save what is there"

  # The next session there.
  git -C "$CASE/$home-linked" session start --name next >/dev/null 2>&1
  look 0
  no_finding worktrees "$home-linked"

  # An unfinished close there is named with its place.
  mkdir -p ".git/worktrees/$home-linked/git-session/close"
  printf '{"schema":"git-session/journal/4","session":"a"}\n' >".git/worktrees/$home-linked/git-session/close/journal.jsonl"
  look 1
  finding close error "the close of 'a' in '$CASE/$home-linked' is unfinished" "'git -C $CASE/$home-linked session close --continue'"
  rm ".git/worktrees/$home-linked/git-session/close/journal.jsonl"

  # Deleted by hand.
  rm -rf "${CASE:?}/$home-linked"
  if [ $home = private ]; then
    expect_exit 1 git session doctor --json
    finding sessions warning "is open, and its worktree is gone" "git session abandon --session"
  else
    expect_exit 0 git session doctor --json
  fi
  finding worktrees note "worktree '$CASE/$home-linked' is gone" "git worktree prune"
done
