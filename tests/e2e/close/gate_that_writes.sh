#!/usr/bin/env bash
# A gate that rewrites a file (a formatter) is noticed: nothing is committed that no gate has seen, and --continue checks again.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
head=$(git rev-parse HEAD)
mkdir src
echo "a  b" >src/a.c
git config session.lint-command "sed -i 's/  / /' src/a.c"
expect_exit 1 git session close --json
expect_json '.status == "blocked" and (.hint | contains("src/a.c") and contains("--continue"))'
expect_equal "$(git rev-parse HEAD)" "$head"
expect_equal "$(status_of)" active
expect_exit 0 git session close --continue --json
expect_json '.status == "closed"'
expect_equal "$(git show HEAD:src/a.c)" "a b"
expect_equal "$(git for-each-ref refs/so-snapshots)" ""
