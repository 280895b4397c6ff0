#!/usr/bin/env bash
# start writes STATE.md, the plan, the baseline and the scope; status and config agree; commits nothing.
. "$E2E/lib.sh"

session_repo
echo "somebody's" >>README.md
echo new >theirs.txt
git add theirs.txt
cat >"$CASE/plan.toml" <<'PLAN'
title = "Uploads that survive"
type = "feature"
[[item]]
title = "Retry uploads"
issue = 42
files = ["src/**"]
verify = "true"
PLAN
head=$(git rev-parse HEAD)
expect_exit 0 git session start --plan "$CASE/plan.toml" --scope "src/" --scope "docs/*.md" --json
expect_json '.schema == "git-session/start/1" and (.session | test("^main-[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{4}"))'
session=$(json .session)
state=.orchestrator
for line in "schema-version: 1" "session-type: feature" "branch: main" "issues: [42]" "status: active" "current-wave: " "total-waves: " \
  "session: $session" "session-start-ref: $head" "title: Uploads that survive"; do
  expect_file_has $state/STATE.md "$line"
done
cmp "$CASE/plan.toml" $state/session-plan.toml || fail "the plan was not copied as it is"
jq -e '.allowedPaths == ["src/", "docs/*.md"] and .enforcement == "warn"' $state/wave-scope.json >/dev/null || fail "wave-scope.json"
git rev-parse --verify -q "refs/so-snapshots/$session/wave-0-baseline" >/dev/null || fail "no baseline"
expect_equal "$(git rev-parse HEAD)" "$head"
expect_equal "$(git diff --cached --name-only)" "theirs.txt"

expect_exit 0 git session status --json
expect_json '.schema == "git-session/status/1" and .session == $session' --arg session "$session"
expect_exit 0 git session status
expect_out "Retry uploads"
expect_exit 0 git session
expect_out "Retry uploads"

# Another one is refused while this one is active, and the options are named.
cp $state/STATE.md "$CASE/state"
expect_exit 1 git session start --title another
expect_err "$session"
expect_err_matches "^hint: .*git session close"
cmp "$CASE/state" $state/STATE.md || fail "STATE.md changed"
