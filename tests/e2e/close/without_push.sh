#!/usr/bin/env bash
# No remote, --no-push and a detached HEAD are not failures; an unborn branch gets its first commits.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
start_session
echo a >a.txt
expect_exit 0 git session close --json
expect_outcome push skip
expect_json '.status == "closed" and .pushed == false'
expect_json '[.phases[] | select(.id == "push") | .summary] | .[0] | contains("origin")'

bare_remote
start_session
echo b >b.txt
head -c 2000 /dev/zero >large.bin
git config session.snapshot-max-file 1k
expect_exit 0 git session close --json --no-push
git config --unset session.snapshot-max-file
expect_outcome push skip
[ "$(git rev-parse HEAD)" != "$(git -C "$CASE/origin.git" rev-parse main)" ] || fail "it pushed"
expect_equal "$(git for-each-ref --format='%(refname:lstrip=3)' 'refs/so-snapshots/[!@]*/*' | sed 's/\.[0-9]*$//' | sort -u)" "wave-0-before-close"
untracked=$(git for-each-ref --format='%(refname)^3' 'refs/so-snapshots/[!@]*/*' | xargs -n 1 git ls-tree --name-only)
expect_equal "$(grep -v '^\.' <<<"$untracked" | sort)" $'a.txt\nb.txt'

git checkout -q --detach
start_session
echo c >c.txt
expect_exit 2 git session close --json
expect_json '.decisions[0] | .id == "push-target" and (.question | contains("HEAD is detached")) and .recommended == "no-push"'
expect_exit 0 git session close --continue --yes --json
expect_outcome push skip
expect_json '.report.push == "not pushed: decision push-target"'
expect_equal "$(git status --porcelain)" ""
! git symbolic-ref -q HEAD || fail "HEAD is attached now"
start_session
echo more >>c.txt
expect_exit 0 git session close --decide push-target=origin/from/detached --json
expect_equal "$(git -C "$CASE/origin.git" rev-parse from/detached)" "$(git rev-parse HEAD)"

git init -q "$CASE/unborn"
cd "$CASE/unborn"
git session init --records tracked >/dev/null 2>&1
start_session
echo a >a.txt
expect_exit 0 git session close --json
expect_json '.status == "closed" and (.commits | length) == 1'
expect_equal "$(git rev-list --count HEAD)" 1
expect_equal "$(git show HEAD:a.txt)" a

# A snapshot that cannot be deleted is a warning; the next close, or gc, deletes it.
cd "$CASE/repo"
git checkout -q main
start_session
echo d >d.txt
printf '#!/bin/sh\ncat >/dev/null\nfind .git/refs/so-snapshots -type f -name "*before-close*" -exec mkdir -p {}.lock/held ";"\n' >.git/hooks/pre-push
chmod +x .git/hooks/pre-push
expect_exit 0 git session close --json
expect_outcome snapshots warn
expect_json '.status == "closed" and .pushed and (.phases[] | select(.id == "snapshots") | .hint | contains("git session gc"))'
