#!/usr/bin/env bash
# Each plan item is compared with what changed and its verify command, and planned files with actual ones.
. "$E2E/lib.sh"
. "$E2E/close.sh"

items() { jq -r '[.report.completed[], .report.carried_over[]] | .[] | "\(.title): \(.status) (\(.evidence))"' "$OUT"; }
gaps() { jq -r '.phases[] | select(.id == "plan") | .findings[].title' "$OUT"; }

begin --scope "src/"
mkdir -p src/tests
echo a >src/a.c
dry_close
expect_outcome plan skip
expect_equal "$(summary plan)" "nothing was planned"
expect_outcome grounding skip
expect_equal "$(summary grounding)" "nothing was planned"
expect_exit 0 git session close --json

# All done, nothing else touched; a lock file and the test beside a source are expected.
start_session --plan "$(plan '[[item]]
title = "Touched and verified"
files = ["src/a.c"]
verify = "test -s src/a.c"')"
echo b >src/a.c
echo c >src/a_test.c
echo d >yarn.lock
expect_exit 0 git session close --dry-run --json
expect_outcome plan ok
expect_outcome grounding ok
expect_equal "$(summary grounding)" "1 touched, 0 unplanned, 0 untouched, coverage 100 %"
expect_exit 0 git session close --json --decide unclaimed=include
expect_outcome plan ok

start_session --plan "$(plan '[[item]]
title = "Both patterns"
files = ["src/one.c", "src/two.c"]
[[item]]
title = "One pattern"
files = ["src/three.c", "src/four.c"]
[[item]]
title = "Not verified"
files = ["src/five.c"]
verify = "echo it leaks; exit 4"
[[item]]
title = "Not begun"
files = ["later/**"]
why = "no time"
[[item]]
title = "Given up"
files = ["never/**"]
dropped = "superseded"')" --scope elsewhere.txt
for name in one two three five; do echo x >src/$name.c; done
echo more >elsewhere.txt
expect_exit 0 git session close --json
expect_outcome plan warn
expect_json '.phases[] | select(.id == "plan") | .summary | startswith("1 of 5 done, 2 partial, 1 dropped, 1 emergent file")'
gaps >"$CASE/gaps"
expect_equal "$(cut -d'(' -f1 "$CASE/gaps" | paste -sd,)" "partial: One pattern ,partial: Not verified ,not-started: Not begun "
expect_file_has "$CASE/gaps" "exit status 4"
expect_json '[.phases[] | select(.id == "plan") | .findings[] | select(.title | contains("Not verified")) | .detail | contains("it leaks")] == [true]'
expect_outcome grounding warn
expect_equal "$(summary grounding)" "4 touched, 1 unplanned, 2 untouched, coverage 67 %"
expect_json '[.phases[] | select(.id == "grounding") | .findings[] | .file // .title] == ["elsewhere.txt", "planned, but unchanged: src/four.c", "planned, but unchanged: later/**"]'
expect_json '.report.completed | map(.title) | contains(["Both patterns"])'
expect_json '[.report.carried_over[].title] | sort == ["Not begun", "Not verified", "One pattern"]'
expect_json '[.issues[] | select(.action == "create")] | length == 3'

git config session.grounding-check false
start_session --plan "$(plan '[[item]]
title = "Once more"
files = ["src/a.c"]')"
dry_close
expect_outcome grounding skip
expect_equal "$(summary grounding)" "grounding-check is off"
