#!/usr/bin/env bash
# The mirror gets the branch after the push; one that fails is a warning in git's own words, one that is missing is skipped.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "**"
git init -q --bare "$CASE/mirror.git"
git remote add backup "$CASE/mirror.git"
git config session.mirror backup
echo a >a.txt
expect_exit 0 git session close --json
expect_outcome mirror ok
expect_json '.report | tostring | contains("synced")'
expect_equal "$(git rev-parse HEAD)" "$(git -C "$CASE/mirror.git" rev-parse main)"

start_session --scope "**"
echo b >b.txt
expect_exit 0 git session close --json --no-mirror
expect_outcome mirror skip

mirrored=$(git -C "$CASE/mirror.git" rev-parse main)
start_session --scope "**"
echo more >>b.txt
expect_exit 0 git session close --json --no-push
expect_outcome mirror skip
expect_equal "$(git -C "$CASE/mirror.git" rev-parse main)" "$mirrored"

mv "$CASE/mirror.git" "$CASE/away.git"
start_session --scope "**"
echo c >c.txt
expect_exit 0 git session close --json
expect_outcome mirror warn
expect_json '.status == "closed" and .pushed and ([.phases[] | select(.id == "mirror") | .detail] | .[0] | contains("does not appear to be a git repository"))'

git config session.mirror nowhere
start_session --scope "**"
echo d >d.txt
expect_exit 0 git session close --json
expect_outcome mirror skip
expect_json '[.phases[] | select(.id == "mirror") | .summary] | .[0] | contains("nowhere")'
