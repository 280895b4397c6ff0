#!/usr/bin/env bash
# Above snapshot-max-total the oldest automatic snapshots of ended sessions go, named; a person's and an open session's
# never; what cannot be freed is a warning that says how.
. "$E2E/lib.sh"

session_repo
take() { # take SESSION LABEL DAYS: a snapshot of that age, of some 64 KiB
  head -c 65536 /dev/urandom >large
  local now=$(($(date +%s) - $3 * 86400)) oid
  oid=$(GIT_TEST_DATE_NOW=$now git session snapshot --session "$1" --label taken --json | jq -r .oid)
  # The program takes such labels only by itself.
  oid=$(git cat-file commit "$oid" | sed "s/^so-snapshot .*/so-snapshot $1 wave 0 $2/" | git hash-object -t commit -w --stdin)
  git update-ref -d "refs/so-snapshots/$1/wave-0-taken"
  git update-ref "refs/so-snapshots/$1/wave-0-$2" "$oid"
  rm large
}
names() { git for-each-ref --format='%(refname:lstrip=2)' refs/so-snapshots | paste -sd' '; }

expect_exit 0 git session start --title "A session" --json
session=$(json .session)
take "$session" before-close 9
take gone before-close 8
take gone manual 7
take over before-restore 6
git config session.snapshot-max-total 200k
echo dirty >README.md
all="gone/wave-0-before-close gone/wave-0-manual over/wave-0-before-restore $session/wave-0-before-close"
sorted() { tr ' ' '\n' | LC_ALL=C sort | paste -sd' '; }

# Sizes are told.
expect_exit 0 git session snapshot list --all --json
expect_json '.bytes > 262144 and .max_total == 204800 and (.snapshots | length == 4) and all(.snapshots[]; .bytes > 65536)'

expect_exit 0 git session gc --dry-run
expect_out "would-delete"
expect_out "gone/before-close"
expect_out "over snapshot-max-total"
expect_equal "$(names | sorted)" "$(echo "$all" | sorted)"
expect_exit 0 git session gc --dry-run --json
expect_json '.deleted == 1 and .bytes > 262144 and .max_total == 204800 and
  ([.refs[] | select(.over_budget) | .ref] == ["refs/so-snapshots/gone/wave-0-before-close"])'

# A snapshot that is taken makes room.
expect_exit 0 git session snapshot --label mine
expect_err "dropped snapshot 'gone/before-close' of an ended session: over snapshot-max-total"
expect_no_err "over/before-restore"
expect_equal "$(names | sorted)" \
  "$(echo "gone/wave-0-manual over/wave-0-before-restore $session/wave-0-before-close $session/wave-0-mine" | sorted)"

# Nothing more can go by itself.
git config session.snapshot-max-total 100k
expect_exit 0 git session gc
expect_out "over/before-restore"
expect_err "more than snapshot-max-total allows (100 KiB)"
expect_err "git session snapshot drop"
expect_err "git gc --prune=now"
expect_equal "$(names | sorted)" "$(echo "gone/wave-0-manual $session/wave-0-before-close $session/wave-0-mine" | sorted)"

# What the warning says frees it.
expect_exit 0 git session snapshot drop gone/manual
expect_exit 0 git session gc
expect_no_err "snapshot-max-total"
expect_exit 0 git session gc --json
expect_json '.bytes < 102400'

# The labels of automatic snapshots are nobody's else.
expect_exit 129 git session snapshot --label before-close
expect_err "is for snapshots that git session takes itself"

# At its end a close makes room too, and names what it dropped.
git session claim README.md >/dev/null
take gone2 before-close 3
git config session.snapshot-max-total 10k
expect_exit 0 git session close --yes --no-push
expect_out "gone2/before-close"
