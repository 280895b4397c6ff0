#!/usr/bin/env bash
# A lock that a killed process left on a snapshot's ref does not keep drop or gc from deleting it; a lock of a running git does.
. "$E2E/lib.sh"

new_repo
save() { # save LABEL
  echo "$1" >README.md
  git session snapshot -q --session s --label "$1"
}
lock() { : >".git/refs/so-snapshots/s/wave-0-$1.lock"; }
save one
save two
git pack-refs --all
save three
lock one
lock three
expect_exit 0 git session snapshot drop s/wave-0-one s/wave-0-three --json
expect_json '[.results[] | .ok and .existed and .error == null] == [true, true]'
expect_no_file .git/refs/so-snapshots/s/wave-0-one.lock
expect_no_file .git/refs/so-snapshots/s/wave-0-three.lock

save four
lock two
lock four
expect_exit 0 git session gc --older-than now --json
expect_json '.deleted == 2 and .errors == []'
expect_equal "$(git for-each-ref refs/so-snapshots)" ""

# The holder of packed-refs may be changing any ref.
save five
git pack-refs --all
: >.git/packed-refs.lock
expect_exit 1 git session snapshot drop s/wave-0-five
expect_err_matches "^error: cannot drop 's/five': .*packed-refs.lock.*remove that lock file"
expect_file .git/packed-refs.lock
rm .git/packed-refs.lock
expect_exit 0 git session snapshot drop s/wave-0-five
