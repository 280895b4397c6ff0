#!/usr/bin/env bash
# A file that was dirty before the session began is another person's, also when it has changed since and no plan names it.
. "$E2E/lib.sh"

session_repo
printf 'a\n' >licence.txt
printf 'b\n' >own.txt
git add -A
git commit -q -m "chore: files"
echo theirs >>licence.txt
git session start --scope own.txt >/dev/null 2>&1
echo one >>own.txt
expect_exit 0 git session snapshot --label s
echo "theirs again" >>licence.txt
echo two >>own.txt

expect_exit 0 git session snapshot restore s
expect_equal "$(tr '\n' ' ' <own.txt)" "b one "
expect_equal "$(tr '\n' ' ' <licence.txt)" "a theirs theirs again "
expect_err "licence.txt"
expect_exit 1 git session snapshot restore s licence.txt
expect_equal "$(tail -1 licence.txt)" "theirs again"
expect_exit 0 git session snapshot restore --force s licence.txt
expect_equal "$(tr '\n' ' ' <licence.txt)" "a theirs "
