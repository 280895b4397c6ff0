#!/usr/bin/env bash
# The snapshot of a pause outlives gc, the budget and a drop by name as long as the session is paused, and abandoning names it.
. "$E2E/lib.sh"
. "$E2E/close.sh"

for home in private tracked; do
  new_repo "$home"
  git session init --records $home >/dev/null 2>&1
  commit_file a
  git add -A
  git commit -q --allow-empty -m "chore: set up"
  start_session --title "Shelved" --scope a --scope new
  id=$(git session status --json | jq -r .session)
  echo mine >>a
  head -c 3000 /dev/urandom >new
  sum=$(sha1sum <new)
  expect_exit 129 git session snapshot --label paused
  expect_err "is for snapshots that git session takes itself"
  expect_exit 0 git session pause --shelve
  expect_exit 0 git session gc --older-than now --json
  expect_json '.deleted == 0 and .protected >= 1'
  git config session.snapshot-max-total 1k
  expect_exit 0 git session gc --json
  expect_json '.deleted == 0'
  git session gc >"$OUT" 2>&1
  expect_no_out "snapshot drop"
  git config --unset session.snapshot-max-total
  expect_exit 1 git session snapshot drop "$id/paused"
  expect_err "it has what the paused session '$id' has changed"
  expect_exit 1 git session snapshot drop "refs/so-snapshots/$id/wave-0-paused" --json
  expect_json '.results[0] | .existed and (.ok | not)'

  # It is not silent, however long it waits.
  find .git/git-session -name STATE.md -exec touch -d '3 days ago' {} +
  sed -i 's/^started_at: .*/started_at: 2020-01-01T00:00:00Z/' "$(find .git/git-session -name STATE.md)"
  expect_exit 0 git session status --json
  expect_json '.silent == [] and (.paused | length) == 1'

  expect_exit 1 git session abandon
  expect_err "'git session abandon --session $id' ends it"
  expect_exit 1 git session abandon --session "$id" --drop-snapshots
  expect_err "is in its snapshots alone"
  expect_exit 0 git session abandon --session "$id"
  expect_out "What it has shelved is in one of them: git session snapshot restore $id/paused"
  expect_equal "$(git status --porcelain)" "" "in $home"
  closed=.git/git-session/closed/$id
  expect_equal "$(status_of "$closed/STATE.md")" abandoned
  expect_file "$closed/wave-scope.json"
  expect_no_file ".git/git-session/paused/$id"
  records=.git/git-session/records/sessions.jsonl
  [ $home = private ] || records=.git/git-session/waiting-records.jsonl
  expect_equal "$(tail -n 1 $records | jq -r '.status, (.paused_seconds >= 0 or .paused_seconds == null)' | xargs)" "abandoned true"
  expect_exit 1 git session resume "$id"
  # The only copy of the work does not go for its size.
  git config session.snapshot-max-total 1k
  expect_exit 0 git session gc --json
  expect_json '.deleted == 0'
  expect_exit 0 git session snapshot restore "$id/paused"
  expect_equal "$(sha1sum <new)" "$sum"
  expect_exit 0 git session gc --older-than now --json
  expect_json '.deleted >= 1'
  rm -f new
  git checkout -q a

  # Left in the tree: it stays there, and is nobody's.
  git config --unset session.snapshot-max-total
  start_session --scope a
  id=$(git session status --json | jq -r .session)
  echo mine >>a
  expect_exit 0 git session pause
  expect_exit 0 git session abandon --session "$id" --drop-snapshots --json
  expect_json '.shelved == null and [.changes[].path] == ["a"] and (.snapshots.dropped | length) == 1'
  [ $home = private ] || expect_equal "$(status_of)" idle
  expect_no_file ".git/git-session/paused/$id"
  expect_no_file .orchestrator/wave-scope.json
done
