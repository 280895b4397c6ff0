#!/usr/bin/env bash
# A whole day through --json and exit codes alone, in a repository that is only cloned: nothing here reads a line that is meant
# for people, and what is done next is what the last answer names.
. "$E2E/lib.sh"
. "$E2E/close.sh"

git init -q --bare "$CASE/origin.git"
new_repo seed
printf 'check:\n\t! grep -rn BROKEN src\n' >Makefile
commit_file Makefile "$(cat Makefile)"
commit_file src/queue.c 'int queue;'
commit_file notes/old.md 'old'
git push -q "$CASE/origin.git" HEAD:main
git clone -q -b main "$CASE/origin.git" "$CASE/work"
cd "$CASE/work"
begun=$(git rev-parse HEAD)

# agent N COMMAND…: one document on stdout and nothing else, whatever the exit code.
agent() {
  local code=$1
  shift
  expect_exit "$code" env -u TERM git session "$@" --json </dev/null
  expect_json '.schema | startswith("git-session/")'
}
# Nothing is set up yet: the answer says so, and with which command.
agent 1 start --title "Bounded queue"
expect_json '.error.code == 1 and (.error.hint | contains("git session init"))'
agent 0 init --local
expect_json '.stack.test == "make check"'
agent 0 config get test-command
expect_json '."test-command" == "make check"'
cat >"$CASE/plan.toml" <<'PLAN'
title = "Bounded queue"
[[item]]
title = "Bound the queue"
files = ["src/**"]
[[item]]
title = "Document it"
files = ["docs/**"]
PLAN
agent 0 start --plan "$CASE/plan.toml"
session=$(json .session)
expect_json '.plan_items == 2 and .baseline == null'
agent 0 status
expect_json '.session == $id and ([.items[].status] == ["not-started", "not-started"])' --arg id "$session"

# Another's file comes into the same tree; the gate is going to fail.
echo 'of somebody else' >other.txt
echo 'int queue; /* BROKEN */' >src/queue.c
echo 'int bound;' >src/bound.c
echo 'found on the way' >notes/old.md
agent 0 scope check src/bound.c
agent 0 snapshot create --label before-the-gate
snapshot=$(json '.ref // .snapshot.ref')
git rev-parse -q --verify "$snapshot" >/dev/null || fail "no such ref: $snapshot"
agent 0 claim notes/old.md
agent 0 claim
expect_json '[.claims[].path] == ["notes/old.md"]'

# What would come up is known beforehand, and nothing is written by asking but what is trusted.
all_but_trust() { describe_all | grep -v -e '/git-session/trust ' -e '/git-session/locks/trust '; }
all_but_trust >"$CASE/all"
agent 0 close --dry-run
expect_json '.decisions | map(select(.id == "trust")) | .[0].detail | contains("make check")'
trust=$(jq -r '.decisions[] | select(.id == "trust") | .choices[0]' "$OUT")
agent 0 close --dry-run --decide "trust=$trust"
expect_json '.status == "dry-run" and ([.decisions[] | select(.chosen == null) | .id] | sort) == ["gate", "unclaimed"]'
all_but_trust >"$CASE/now"
cmp -s "$CASE/all" "$CASE/now" || fail "a dry run has written: $(diff "$CASE/all" "$CASE/now")"

# The gate fails: a decision is open, which has the choices.
agent 2 close --decide "trust=$trust"
expect_json '.status == "needs-decision"'
expect_json '.decisions | map(select(.id == "gate")) | .[0] | .chosen == null and (.choices | index("stop") != null)'
expect_equal "$(git rev-parse HEAD)" "$begun" "nothing is committed while a decision is open"
agent 0 log --gate test
expect_json '.output | contains("BROKEN")'

# The work goes on, then the close does, to the next decision: what nobody has claimed.
echo 'int queue, bounded;' >src/queue.c
agent 2 close --continue
expect_json '[.decisions[] | select(.chosen == null) | .id] == ["unclaimed"]'
expect_json '.phases | map(select(.id == "gate")) | .[0].outcome == "ok"'
git for-each-ref --format='%(refname) %(objectname)' refs/heads refs/so-snapshots >"$CASE/refs"
agent 0 close --continue --no-push --decide unclaimed=leave
expect_json '.status == "closed" and .pushed == false and ([.report.carried_over[].title] == ["Document it"])'
jq -r '.commits[].oid' "$OUT" >"$CASE/commits"
expect_equal "$(tail -1 "$CASE/commits")" "$(git rev-parse HEAD)" "the commits are those that are said"
expect_equal "$(git status --porcelain)" "?? other.txt"
expect_equal "$(git diff --name-only "$begun" HEAD | tr '\n' ' ')" "notes/old.md src/bound.c src/queue.c "

# That was too early: undone, everything is as before, and no decision is left over.
agent 0 undo
agent 0 status
expect_json '.session == $id and .unfinished_close == null and .commits == 0' --arg id "$session"
expect_equal "$(git rev-parse HEAD)" "$begun"
git for-each-ref --format='%(refname) %(objectname)' refs/heads refs/so-snapshots | grep -v before-close >"$CASE/refs.now" || true
grep -v before-close "$CASE/refs" | diff - "$CASE/refs.now" || fail "refs are not as they were"
mkdir docs
echo 'The queue is bounded.' >docs/queue.md
agent 2 close
agent 0 close --continue --decide unclaimed=leave
expect_json '.status == "closed" and .pushed and .report.carried_over == [] and (.report.completed | length) == 2'
expect_equal "$(git -C "$CASE/origin.git" rev-parse main)" "$(git rev-parse HEAD)" "it is pushed"
# The snapshot has a file that is nobody's and was left, so that it stays, and is named.
expect_json '.phases | map(select(.id == "snapshots")) | .[0].findings | length == 1'
agent 0 snapshot list
expect_json '[.snapshots[].ref] == [$ref]' --arg ref "$snapshot"

# What is over is told by log and show; there is nothing more to close.
agent 0 log
expect_json '[.sessions[] | .session] == [$id] and .sessions[0].status == "completed"' --arg id "$session"
agent 0 show "$session"
expect_json '.report.left_alone | map(.path) == ["other.txt"]'
agent 1 close
expect_json '.hint | contains("git session start")'
agent 1 undo
expect_json '.error.message | contains("pushed")'
