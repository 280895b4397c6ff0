#!/usr/bin/env bash
# Sessions and learnings go from one clone to another, each once, and a newer format is refused with the version it needs.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
git session init --local >/dev/null 2>&1
start_session --title One --scope a
git session learn -q --type scope-guidance --subject one --insight x
echo 1 >a
expect_exit 0 git session close --yes -q --no-push
start_session --title Two --scope b
echo 1 >b
expect_exit 0 git session close --yes -q --no-push
echo 'torn {' >>.git/git-session/records/sessions.jsonl

expect_exit 0 git session records export "$CASE/export" --json
expect_json '.sessions == 2 and .learnings == 1 and .left_out == 1'
expect_equal "$(head -n 1 "$CASE/export" | jq -r .schema)" "git-session/records/1"
expect_exit 0 git session records export -
expect_err "1 line without an id"
cmp -s "$OUT" "$CASE/export" || fail "standard output is not what a file gets"

# Into the tracked home of another clone, which has one of its own.
session_repo other
git switch -q -c elsewhere # an id holds branch and minute
start_session --title Theirs --scope c
echo 1 >c
expect_exit 0 git session close --yes -q --no-push
for how in "$CASE/export" -; do
  expect_exit 0 git session records import "$how" --json <"$CASE/export"
done
expect_json '.sessions == 0 and .learnings == 0 and .known == 3'
expect_equal "$(sessions_lines)" 3
expect_equal "$(jq -r .subject .orchestrator/metrics/learnings.jsonl)" one
expect_equal "$(jq -c . .orchestrator/metrics/sessions.jsonl | tail -n 2)" \
  "$(head -n 2 "$CASE/repo/.git/git-session/records/sessions.jsonl" | jq -c .)"
# The same record twice in one stream is one record.
{ cat "$CASE/export" && sed 1d "$CASE/export"; } >"$CASE/double"
rm -r .orchestrator/metrics
expect_exit 0 git session records import "$CASE/double"
expect_out "2 sessions and 1 learning added, 3 already known"
expect_equal "$(sessions_lines)" 2

# All or nothing.
refused() { # CODE TEXT MESSAGE
  printf '%s\n' "$2" >"$CASE/wrong"
  rm -rf .orchestrator/metrics
  expect_exit "$1" git session records import "$CASE/wrong"
  expect_err "$3"
  expect_no_file .orchestrator/metrics
}
header='{"schema":"git-session/records/1"}'
refused 1 '{"schema":"git-session/records/2","needs":"7.0"}' "it needs git-session 7.0 or newer"
refused 128 '' "not the header of exported records"
refused 128 '{"session":{"session_id":"x"}}' "not the header of exported records"
refused 128 "$header"$'\n{"session":{"session_id":"x"}}\n{"learning":{"type":"t"}}' ":3: neither a session nor a learning"
refused 128 "$header"$'\n{"session":{"session_id":"x"}}\ntorn {' ":3: neither"
refused 1 "$header"$'\n{"session":{"session_id":"x","schema_version":2}}' "schema_version 2"
expect_exit 128 git session records import "$CASE/absent"
expect_exit 129 git session records import
expect_exit 0 git session records import - <<<"$header"
expect_out "0 sessions and 0 learnings added, 0 already known"
