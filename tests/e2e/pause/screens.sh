#!/usr/bin/env bash
# What pause, resume and status print: on 60 columns, as JSON, and with names that would drive a terminal.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
git session init --local >/dev/null 2>&1
for i in 1 2 3 4 5 6 7; do commit_file "a-file-with-a-rather-long-name-$i"; done
start_session --title "$(printf 'Red \033[31m and a \342\200\256 turn')"
for i in 1 2 3 4 5 6 7; do echo x >>"a-file-with-a-rather-long-name-$i"; done
echo x >"$(printf 'evil\033[2Jname')"
expect_exit 0 git session pause --shelve -m "$(printf 'note \033[1m of two\nlines')"
! grep -q "$(printf '\033')" "$OUT" || fail "an escape sequence"
expect_out '8 files shelved: '
expect_out ' and 3 more'
[ "$(COLUMNS=60 git session | awk '{ print length }' | sort -n | tail -n 1)" -le 80 ] || fail "too wide"
expect_exit 0 git session
! grep -q "$(printf '\033')" "$OUT" || fail "an escape sequence"
expect_out 'Note: note \x1b[1m of two lines'
expect_exit 0 git session resume -n --json
expect_json '.schema == "git-session/resume/1" and .status == "dry-run" and (.files | length) == 8'
expect_exit 0 git session resume --json
expect_json 'keys == ["branch", "commits", "conflicts", "files", "in_the_way", "index", "moved", "name", "note", "others", "paused_at", "schema", "session", "snapshot", "status", "title", "warnings"]'
expect_json '.note == "note \u001b[1m of two\nlines" and (.files | map(.status) | unique) == ["A", "M"]'
expect_exit 0 git session pause --json
expect_json 'keys == ["branch", "head", "kept", "left", "name", "note", "paused_at", "schema", "session", "shelved", "snapshot", "status", "title", "warnings"]'
expect_json '.schema == "git-session/pause/1" and .status == "paused" and (.kept | length) == 8 and .note == null and (.snapshot | endswith("/wave-0-paused"))'
expect_exit 0 git session resume -q
expect_empty_out
expect_exit 0 git session pause -q
expect_empty_out
