#!/usr/bin/env bash
# Which home: the configuration's, else the plugin's where its files are, else the private one; a session stays in its own.
. "$E2E/lib.sh"
. "$E2E/close.sh"

home() { git session start --title x --json >"$OUT" 2>"$ERR" || fail "no start: $(cat "$ERR")"; json .records; }

new_repo plain
git session init -q
expect_no_file .orchestrator
expect_equal "$(home)" private
expect_exit 0 git session init --json
expect_json '.records == "private"'
expect_exit 0 git session init --records tracked -q
expect_file .gitattributes
expect_exit 0 git session status --json
expect_json '.records == "private"'

new_repo plugin
mkdir .claude .orchestrator
printf -- '---\nschema-version: 1\nsession-type: feature\nbranch: main\nissues: []\nstarted_at: 2026-01-01T00:00:00Z\nstatus: completed\n---\n' >.claude/STATE.md
expect_exit 0 git session init
expect_file .orchestrator/bootstrap.lock
expect_no_file .gitattributes
expect_equal "$(home)" tracked
expect_equal "$(status_of .claude/STATE.md)" active

new_repo both
git session init --local -q
start_session --title "stays private"
git config session.records tracked
expect_exit 0 git session status --json
expect_json '.title == "stays private" and .records == "private"'
mkdir .orchestrator
printf 'version: 1\ntier: fast\n' >.orchestrator/bootstrap.lock
expect_exit 0 git session status --json
expect_json '.title == "stays private" and .records == "private"'

new_repo configured
printf 'records = "tracked"\n' >.git-session.toml
expect_exit 0 git session init
expect_file .orchestrator/bootstrap.lock
expect_equal "$(home)" tracked
