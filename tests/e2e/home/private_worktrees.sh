#!/usr/bin/env bash
# Private sessions of linked worktrees: each sees its own, records and issues are one, and a removed worktree loses none.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
bare_remote
git session init --local >/dev/null 2>&1
git worktree add -q -b side "$CASE/side"
start_session --title "In the main one"
(cd "$CASE/side" && start_session --title "In the side one")
expect_exit 0 git session status --json
expect_json '.title == "In the main one" and (.others | length) == 1'
cd "$CASE/side"
expect_exit 0 git session status --json
expect_json '.title == "In the side one" and .records == "private" and (.others | length) == 1'
echo 1 >of-side
expect_exit 0 git session issue create --title "From the side"
expect_exit 0 git session close --yes --json
expect_json '.status == "closed"'
cd "$CASE/repo"
expect_exit 0 git session issue list
expect_out "From the side"
expect_equal "$(wc -l <.git/git-session/records/sessions.jsonl)" 1

# Opened there, and its directory removed: the session is still named.
git worktree add -q -b gone "$CASE/gone"
(cd "$CASE/gone" && echo dirty >dirty && start_session --title "Lost")
rm -r "$CASE/gone"
git worktree prune
expect_equal "$(find .git/git-session/sessions -name STATE.md | wc -l)" 2
expect_exit 0 git session status
expect_out " on gone, its worktree is gone"
expect_exit 1 git session records move --to tracked
expect_err "is open"
# gc keeps what it saved; with a worktree of that name on its branch it is there again.
lost=$(git session status --json | jq -r '.others[] | select(.worktree == "") | .session')
expect_exit 0 git session gc --older-than now --json
expect_equal "$(git for-each-ref "refs/so-snapshots/$lost" | wc -l)" 1
git worktree add -q "$CASE/gone" gone
expect_exit 0 git -C "$CASE/gone" session status
expect_out "Lost"

# Closed at once, both have taught something.
for name in one two; do
  git worktree add -q -b "$name" "$CASE/$name"
  (cd "$CASE/$name" && start_session --title "$name" && echo 1 >"of-$name" &&
    git session learn -q --type scope-guidance --subject "$name" --insight "of $name")
done
for name in one two; do
  (cd "$CASE/$name" && git session close --yes -q >"$CASE/closed-$name" 2>&1 || echo failed >>"$CASE/closed-$name") &
done
wait
for name in one two; do
  ! grep -q failed "$CASE/closed-$name" || fail "close of $name: $(cat "$CASE/closed-$name")"
  expect_file_has .git/git-session/records/learnings.jsonl "\"subject\":\"$name\""
done
expect_equal "$(wc -l <.git/git-session/records/sessions.jsonl)" 3
