#!/usr/bin/env bash
# Killed between what gh did and the journal, however often: nothing is filed, commented on or closed twice.
. "$E2E/lib.sh"
. "$E2E/close.sh"

fake_tracker gh
fake_issue gh 7 "Work" "status:in-progress"
fake_issue gh 9 "Open" "status:in-progress"
begin --plan "$(plan '[[item]]
title = "Work"
issue = 7
files = ["src/**"]
[[item]]
title = "Open"
issue = 9
files = ["later/**"]
[[item]]
title = "Another"
files = ["never/**"]')"
git config session.vcs github
mkdir src
echo a >src/a
touch "$CASE/gh/unsearchable" # as for minutes after an issue was made
for command in comment close create edit list; do
  touch "$CASE/gh/die.$command"
done
resume=()
for _ in 1 2 3 4 5 6 7 8 9; do
  code=0
  { git session close --json "${resume[@]}" >"$OUT" 2>"$ERR"; } 2>/dev/null || code=$?
  [ "$code" -ne 0 ] || break
  expect_file "$(journal)"
  resume=(--continue)
done
expect_equal "$code" 0
find "$CASE/gh" -name 'die.*' | grep -q . && fail "not killed everywhere: $(ls "$CASE/gh")"
expect_json '.status == "closed" and ([.issues[] | [.action, .reference]] == [["close", "#7"], ["create", "#101"], ["create", "#102"]])'
expect_equal "$(find "$CASE/gh/issues" -name '1*.json' | wc -l)" 2
expect_equal "$(jq -c '[.state, (.comments | length), (.labels | length)]' "$CASE/gh/issues/7.json")" '["CLOSED",1,0]'
expect_equal "$(jq -c '[.labels[].name]' "$CASE/gh/issues/9.json")" '["status:ready"]'
expect_equal "$(fake_calls gh | grep -c '"issue","create"')" 2
expect_equal "$(fake_calls gh | grep -c '"issue","comment"')" 1

# A time limit that is reached after the issue was made: it is queued, and found by its marker at the next close.
start_session --plan "$(plan '[[item]]
title = "Slow"
files = ["never/**"]')"
rm "$CASE/bin/gh"
cat >"$CASE/bin/gh" <<'SCRIPT'
#!/usr/bin/env bash
bash "$E2E/fake_gh" "$@"
[ "$2" != create ] || sleep 30
SCRIPT
chmod +x "$CASE/bin/gh"
git config session.tracker-timeout 2s
expect_exit 0 git session close --json
expect_json '[.issues[] | [.outcome]] == [["queued"]]'
expect_file "$CASE/gh/issues/103.json"
start_session
echo work >work
expect_exit 0 git session close --json --decide unclaimed=include
expect_json '[.issues[] | [.action, .reference, .outcome]] == [["create", "#103", "done"]]'
expect_equal "$(find "$CASE/gh/issues" -name '1*.json' | wc -l)" 3
