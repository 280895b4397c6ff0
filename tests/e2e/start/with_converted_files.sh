#!/usr/bin/env bash
# Files that git stores in another form (line endings, a filter) may be dirty at the start, and are foreign, too.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
git session init --local >/dev/null 2>&1
git config core.safecrlf false
git config filter.up.clean 'tr a-z A-Z'
git config filter.up.smudge 'tr A-Z a-z'
printf '*.crlf text eol=crlf\n*.up filter=up\n' >.gitattributes
printf 'a\r\n' >lines.crlf
echo quiet >voice.up
git add -A
git commit -q -m "chore: files"
printf 'a\r\nb\r\n' >lines.crlf
echo 'Mixed' >voice.up
printf 'new\r\n' >new.crlf
expect_exit 0 git session start --json
expect_json '.dirty == ["lines.crlf", "new.crlf", "voice.up"]'
echo mine >mine
expect_exit 0 git session status --json
expect_json '[.changes[] | [.path, .owner]] == [["lines.crlf", "foreign"], ["mine", "ours"], ["new.crlf", "foreign"], ["voice.up", "foreign"]]'
# A snapshot by hand that holds such a file does not stop the close either.
expect_exit 0 git session snapshot --label mine
expect_exit 0 git session close --yes --json
expect_equal "$(committed_files)" mine
