#!/usr/bin/env bash
# What is claimed during a session needs no answer at its close: unclaimed files, files that were dirty before, files of
# another item; and a claim is taken back.
. "$E2E/lib.sh"
. "$E2E/close.sh"

for home in private tracked; do
  new_repo "$home"
  git session init --records $home >/dev/null 2>&1
  git add -A
  commit_file notes.txt one
  git add -A
  git commit -q --allow-empty -m "chore: set up"
  echo "dirty before" >>notes.txt
  start_session --plan "$(plan '[[item]]
title = "Retry uploads"
files = ["src/upload.c"]
[[item]]
title = "Show progress"
files = ["src/progress.c"]')"
  mkdir -p src docs
  echo 1 >src/upload.c
  echo 1 >src/retry.c
  echo 1 >docs/a.md
  echo 1 >docs/b.md
  echo 1 >stray.txt

  expect_exit 1 git session claim nowhere
  expect_err "no file at 'nowhere' has changed"
  expect_exit 129 git session claim --item 3 stray.txt
  expect_err "hint: 2  Show progress"
  expect_exit 129 git session claim --new "$(printf 'two\nlines')" stray.txt
  expect_exit 129 git session claim ../outside
  expect_exit 129 git session claim --drop
  expect_exit 0 git session claim
  expect_out "nothing is claimed by hand"

  expect_exit 0 git session claim --item 1 src/retry.c
  expect_exit 0 git session claim --new "Document retries" docs
  # What was there before comes along, and is named; what the plan names needs no claim.
  (cd docs && expect_exit 0 git session claim ../notes.txt ../stray.txt)
  expect_err "1 file was dirty before the session started"
  expect_err "hint: 'git session claim --drop ../notes.txt ../stray.txt' takes that back"
  expect_exit 0 git session claim src/upload.c
  expect_out "already yours: src/upload.c"
  expect_exit 0 git session claim --item retry -q src/retry.c
  expect_exit 0 git session status -v
  expect_out_matches '^  1  . Retry uploads'
  expect_exit 0 git session claim --drop stray.txt
  expect_exit 0 git session claim --json
  expect_json '[.claims[] | [.path, .item]] == [["docs/a.md", "Document retries"], ["docs/b.md", "Document retries"],
    ["notes.txt", null], ["src/retry.c", "Retry uploads"]]'
  expect_exit 0 git session status --json
  expect_json '[.changes[] | select(.owner == "ours") | .path | select(startswith(".") | not)] == ["docs/a.md", "docs/b.md", "notes.txt", "src/retry.c", "src/upload.c"]'

  # Nobody is asked but for the file whose claim was dropped.
  expect_exit 2 git session close --no-push --json
  expect_json '[.decisions[] | [.id, .detail]] == [["unclaimed", "stray.txt  (in no plan item or scope)\n"]]'
  expect_exit 0 git session close --continue --yes --no-push --json
  expect_json '[.report.completed[].title] == ["Retry uploads", "Document retries"]'
  expect_json '[.report.carried_over[].title] == ["Show progress"]'
  expect_equal "$(git log --format=%s -3 | sort)" "chore: change notes.txt
docs: document retries
feat: retry uploads"
  expect_equal "$(git show --format= --name-only ':/retry uploads' | grep -c src/)" 2
  expect_equal "$(git show HEAD:notes.txt | tail -1)" "dirty before"
  expect_equal "$(git status --porcelain)" "?? stray.txt"
  expect_equal "$(find .git/git-session/claimed -type f 2>/dev/null | wc -l)" 0
done

# Another session's claim makes it contested.
new_repo two
git session init --local >/dev/null 2>&1
start_session --name one --scope 'a/**'
start_session --name two --scope 'b/**'
echo 1 >both
git session claim --session one -q both
git session claim --session two -q both
expect_exit 0 git session status --session two --json
expect_json '.changes[0].owner == "contested"'
git session claim --session one --drop -q both
expect_exit 0 git session close --session two --no-push --json
expect_json '.decisions == [] and (.commits | length) == 1'
