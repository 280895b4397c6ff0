#!/usr/bin/env bash
# log lists the sessions that have ended, from records and saved reports; show prints the report of one.
. "$E2E/lib.sh"
. "$E2E/close.sh"

mkdir repo
cd repo || exit 1
git init -q .
echo a >a
git add a
git commit -q -m "chore: begin"
git session init >/dev/null 2>&1
git add -A
git commit -q -m "chore: set up"

expect_exit 0 git session log
expect_err "no session has ended here yet"
expect_exit 1 git session show
expect_err "no session has ended here yet"

session() { # session TITLE
  git session start -q --title "$1" >/dev/null 2>&1
  echo "$1" >>a
  git session close -q --yes >/dev/null 2>&1
}
GIT_TEST_DATE_NOW=1767225600 session "The first"
GIT_TEST_DATE_NOW=1767312000 session "The second"

expect_exit 0 git session log
expect_equal "$(grep -c . "$OUT")" 2
expect_equal "$(head -n 1 "$OUT" | grep -c "^The second  main-2026-01-02-0000  2026-01-02 00:00  .* 1 commit$")" 1
expect_equal "$(tail -n 1 "$OUT" | grep -c "^The first   main-2026-01-01-0000  2026-01-01 00:00  .* 1 commit$")" 1
COLUMNS=100 expect_exit 0 git session log
expect_out_matches '^Title  +Session  +Ended  +Took  +Commits$'
expect_exit 0 git session log -n 1
expect_equal "$(grep -c . "$OUT")" 1
expect_err "1 older ones: git session log -n 2"
expect_exit 129 git session log -n 0

# The newest, one by the beginning of its id, and what is none.
expect_exit 0 git session show
expect_out "The second"
expect_exit 0 git session show main-2026-01-01
expect_out "The first"
expect_exit 0 git session show --format md --session main-2026-01-01-0000
expect_out "## Session Summary"
expect_exit 1 git session show main-2026
expect_err "is the beginning of 2 sessions"
expect_exit 1 git session show main-2026-01-01-0001
expect_err "did you mean 'main-2026-01-01-0000'?"
git session start -q --title "Open" --name now >/dev/null 2>&1
expect_exit 1 git session show now
expect_err "session 'now' is still open"

# Records as they are stored, and the report as its close has printed it.
expect_exit 0 git session log --json
expect_equal "$(jq -c '[.total, .unreadable, [.sessions[].has_report]]' "$OUT")" "[2,0,[true,true]]"
expect_equal "$(jq -cS '.sessions[1].record' "$OUT")" "$(head -n 1 .git/git-session/records/sessions.jsonl | jq -cS .)"
expect_exit 0 git session show main-2026-01-01 --json
expect_equal "$(jq -cS .report "$OUT")" "$(jq -cS .report .git/git-session/reports/main-2026-01-01-0000.json)"

# A clone has the records only; a line that cannot be read is counted, and a report without a record is a session.
git session records export ../records >/dev/null
git clone -q . ../clone
cd ../clone || exit 1
git session records import ../records >/dev/null
echo '{"session_id": 3}' >>.git/git-session/records/sessions.jsonl
expect_exit 0 git session log
expect_equal "$(grep -c . "$OUT")" 2
expect_err "1 record could not be read"
expect_exit 0 git session show
expect_err "the report of its close is not in this clone"
expect_out "main-2026-01-02-0000"
cd "$OLDPWD" || exit 1
: >.git/git-session/records/sessions.jsonl
expect_exit 0 git session log
expect_out "The second"

# The page is one document that needs nothing else, and what is in a title is text there.
git session abandon -q --session now
expect_exit 0 git session show
expect_out "Open"
expect_no_out "Nothing was planned"
expect_err "the session was abandoned"
GIT_TEST_DATE_NOW=1767398400 session '<b>"Bold" & bad</b>'
expect_exit 0 git session log --html ../page.html
expect_out "4 sessions written to"
expect_file_has ../page.html '&lt;b&gt;&quot;Bold&quot; &amp; bad&lt;/b&gt;'
expect_file_has ../page.html 'The second'
expect_equal "$(grep -cE '(src|href)=|@import|url\(' ../page.html)" 0
expect_equal "$(grep -o '<details ' ../page.html | wc -l)" 4
expect_exit 0 git session show main-2026-01-03 --format html
expect_out '&lt;b&gt;&quot;Bold&quot; &amp; bad&lt;/b&gt;'
expect_out "<details open"
