#!/usr/bin/env bash
# Content goes through git's own filters: line endings, a clean driver, git-lfs.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
git config core.autocrlf true
git config filter.upper.clean "tr a-z A-Z"
git config filter.upper.smudge cat
printf '*.up filter=upper\n*.crlf text eol=crlf\n' >.gitattributes
git add .gitattributes
git commit -q -m "chore: attributes"
lfs=no
if git lfs version >/dev/null 2>&1; then
  lfs=yes
  git lfs install --local >/dev/null
  git lfs track '*.bin' >/dev/null
  git add .gitattributes
  git commit -q -m "chore: lfs"
fi
start_session --scope "**"
printf 'one\r\ntwo\r\n' >text.txt
printf 'one\r\n' >a.crlf
echo shout >a.up
head -c 5000 /dev/zero >big.bin
expect_exit 0 git session close --json --no-push
expect_json '.status == "closed"'
expect_equal "$(git show HEAD:text.txt | od -c | grep -c '\\r')" 0
expect_equal "$(git show HEAD:a.crlf | od -c | grep -c '\\r')" 0
expect_equal "$(git show HEAD:a.up)" SHOUT
if [ $lfs = yes ]; then git show HEAD:big.bin | grep -q "^oid sha256:" || fail "stored raw"; fi
expect_equal "$(git status --porcelain)" ""

# A required filter that fails stops the close before anything is committed.
# It is broken only once the session runs: `start` may have to filter files as recent as the index.
start_session --scope "**"
git config filter.upper.clean false
git config filter.upper.required true
echo again >a.up
head=$(git rev-parse HEAD)
expect_exit 128 git session close --json --no-push
expect_json '.error.message | length > 0'
expect_equal "$(git rev-parse HEAD)" "$head"
git config filter.upper.clean "tr a-z A-Z"
expect_exit 0 git session close --continue --json --no-push
expect_equal "$(git show HEAD:a.up)" AGAIN
