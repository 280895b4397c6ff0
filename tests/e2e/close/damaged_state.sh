#!/usr/bin/env bash
# Damaged files are reported and do not stop a close that can do without them; otherwise it clearly refuses.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
mkdir src
echo a >src/a.c
state=.orchestrator/STATE.md
cp $state "$CASE/state"

git checkout -q -b other
expect_exit 1 git session close --json
expect_json '[.phases[] | select(.outcome == "block") | [.id, .summary]] | .[0] | .[0] == "session" and (.[1] | contains("main"))'
git checkout -q main

printf 'no frontmatter at all\n' >$state
expect_exit 128 git session close --json
expect_json '.error.message | contains("STATE.md") and contains("frontmatter")'
expect_equal "$(cat $state)" "no frontmatter at all"
expect_no_file "$(journal)"

printf -- '---\nschema-version: 1\nstatus: active\nissues: [1, 2\nbranch: main\n---\n' >$state
cp $state "$CASE/broken"
expect_exit 128 git session close --json
expect_json '.error.message | contains("STATE.md")'
expect_no_file "$(journal)"
cmp $state "$CASE/broken" || fail "a broken STATE.md was changed"

sed 's/^schema-version: 1/schema-version: 9/' "$CASE/state" >$state
cp $state "$CASE/newer"
expect_exit 128 git session close --json
expect_json '.error.message | contains("schema-version 9")'
expect_no_file "$(journal)"
cmp $state "$CASE/newer" || fail "a newer STATE.md was changed"

sed 's/^total-waves: .*/total-waves: many/' "$CASE/state" >$state
expect_exit 0 git session close --json --dry-run
expect_outcome session warn
expect_json '[.phases[] | select(.id == "session") | .findings[].title] | any(contains("total-waves"))'

cp "$CASE/state" $state
printf 'title = "x"\n[[item]\n' >.orchestrator/session-plan.toml
# (Without the plan the owners of the files would be unknown.)
expect_exit 128 git session close --json
expect_json '.error.message | contains("session-plan.toml:2")'
expect_no_file "$(journal)"
rm .orchestrator/session-plan.toml
expect_exit 0 git session close --json
expect_json '.status == "closed"'

# A configuration that cannot be read is an error, and a closed bootstrap gate cannot be overridden.
start_session --scope "src/"
echo b >>src/a.c
echo 'test-command = [' >>.git-session.toml
expect_exit 128 git session close --json
expect_json '.error.message | contains(".git-session.toml")'
git checkout -q .git-session.toml
echo 'no: yaml: [' >.orchestrator/bootstrap.lock
expect_exit 1 git session close --json --yes
expect_json '[.phases[] | .id] == ["bootstrap"] and .status == "blocked" and (.hint | contains("git session init"))'
expect_no_file "$(journal)"
rm .orchestrator/bootstrap.lock
expect_exit 1 git session close
expect_out "not set up yet: '.orchestrator/bootstrap.lock' does not exist"

# Every status, and impossible times: an active and an unknown one are closed, a paused one is taken up first, the others
# have nothing to close.
git checkout -q .orchestrator/bootstrap.lock
cp $state "$CASE/state"
for status in completed idle; do
  sed "s/^status: .*/status: $status/" "$CASE/state" >$state
  expect_exit 1 git session close --json
  expect_outcome session block
  expect_json '[.phases[].id] == ["bootstrap", "session"] and (.hint | contains("git session start"))'
  expect_no_file "$(journal)"
done
sed "s/^status: .*/status: paused/" "$CASE/state" >$state
expect_exit 1 git session close --json
expect_json '.hint | contains("git session resume")'
expect_no_file "$(journal)"
expect_exit 0 git session resume
expect_equal "$(status_of $state)" active
for key in "status: gone" "started_at: 9999-12-31T23:59:59Z" "started_at: 0001-01-01T00:00:00Z" "started_at: soon" \
  "total-waves: 99999999999999999999" "session: ../../../outside"; do
  sed "s|^${key%%:*}: .*|$key|" "$CASE/state" >$state
  echo "$key" >>src/a.c
  expect_exit 0 git session close --json --yes
  expect_json '.status == "closed"'
  expect_outcome metrics ok
  tail -n 1 .orchestrator/metrics/sessions.jsonl | jq -e '.completed_at >= .started_at and .total_waves >= 0' >/dev/null ||
    fail "record with $key: $(tail -n 1 .orchestrator/metrics/sessions.jsonl)"
done
expect_no_file "$CASE/outside"
expect_no_file ../outside
