#!/usr/bin/env bash
# What others have done since the close stays: lines in shared records, changes of issues, what is staged, edits.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
git session init --local >/dev/null 2>&1
git config session.vcs local
git worktree add -q "$CASE/linked" -b linked
for file in a.txt b.txt c.txt; do seq 20 >$file; done
git add -A
git commit -q -m "chore: files"
start_session --name api --plan "$(plan '[[item]]
title = "Work"
files = ["*.txt"]
[[item]]
title = "Later"
files = ["later/**"]
[[item]]
title = "Even later"
files = ["even/**"]')"
sed -i '1s/.*/ours/' a.txt b.txt c.txt
git session learn -q --type scope-guidance --subject ours --insight "ours"
expect_exit 0 git session close --yes --no-push
expect_equal "$(find .git/git-session/issues -name '*.md' | wc -l)" 2

# Another worktree's session closes and files; somebody stages, edits and comments.
(
  cd "$CASE/linked"
  start_session
  echo theirs >theirs.txt
  git session learn -q --type scope-guidance --subject theirs --insight "theirs"
  git session close --yes --no-push >/dev/null 2>&1
) || fail "the other session"
expect_equal "$(wc -l <.git/git-session/records/sessions.jsonl)" 2
expect_exit 0 git session issue create --title "Theirs" --json
sed -i '20s/.*/staged since/' b.txt
git add b.txt
sed -i '1s/.*/staged over it/' c.txt
git add c.txt
echo "edited since" >>a.txt
issue=$(grep -l "Later" .git/git-session/issues/*.md | head -1)
echo "a comment" >>"$issue"

expect_exit 1 git session undo api
expect_err "$(basename "$issue") has changed since the close wrote it"
expect_no_err "learnings.jsonl"
expect_err "'c.txt' was staged otherwise since the close"
expect_equal "$(jq -r .branch .git/git-session/records/sessions.jsonl)" linked
expect_equal "$(jq -r .subject .git/git-session/records/learnings.jsonl)" theirs
expect_equal "$(tail -1 "$issue")" "a comment"
expect_equal "$(grep -l Theirs .git/git-session/issues/*.md | wc -l)" 1
expect_equal "$(git show :b.txt | sed -n '1p;20p' | tr '\n' ' ')" "1 staged since "
expect_equal "$(git show :c.txt | head -1)" "staged over it"
expect_equal "$(git show :a.txt | head -1)" 1
expect_equal "$(sed -n '1p;$p' a.txt | tr '\n' ' ')" "ours edited since "
expect_exit 0 git session status --session api --json
expect_json '.state == "active"'
