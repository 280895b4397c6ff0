#!/usr/bin/env bash
# Files of 50 MB, torn lines, NULs and hostile patterns wherever a close reads: it ends in bounded time and memory,
# reports what it skipped, and loses nothing.
. "$E2E/lib.sh"
. "$E2E/close.sh"

# within_limits COMMAND…: with a gigabyte of memory, where that limit can be set (not under a sanitizer).
limit=1000000
(ulimit -v $limit && env -u ASAN_OPTIONS git-session --version >/dev/null 2>&1) || limit=unlimited
within_limits() {
  (
    ulimit -v $limit
    "$@"
  )
}
grow() { truncate -s "+${2:-50M}" "$1"; } # with NULs and no line end
finding() { jq -r --arg id "$1" '.phases[] | select(.id == $id) | .findings[] | .title' "$OUT"; }

export SO_PLATFORM=claude
session_repo
bare_remote
start_session --scope "src/"
session=$(sed -n 's/^session: //p' .claude/STATE.md)
git session learn --type a --subject mine --insight "said" >/dev/null
memory=$HOME/.claude/projects/$(printf %s "$CASE/repo" | sed 's/[^A-Za-z0-9]/-/g')/memory
metrics=.orchestrator/metrics
printf '.claude/\n.orchestrator/\n!.orchestrator/bootstrap.lock\nvault/\nbig.md\n' >.git/info/exclude
mkdir -p src "$memory" $metrics .orchestrator/issues .claude/rules .claude/session-handover vault/50-sessions vault/40-learnings vault/01-projects/x
touch src/{1..7}.c

echo "# Index" >"$memory/MEMORY.md"
printf '{"type":"theirs","subject":"y","confidence":0.9}\n{"type":"theirs","subj' >$metrics/learnings.jsonl
printf '{"session_id":"torn' >$metrics/sessions.jsonl
printf '{"timestamp":"to' | tee $metrics/vault-staleness.jsonl >$metrics/vault-narrative-staleness.jsonl
printf '{"event":"stagnation_detected","session":"%s"}\n{"ev' "$session" >$metrics/events.jsonl
printf -- '---\nid: 1\ntitle: Long\nstate: open\n---\n' >.orchestrator/issues/0001-long.md
for note in "50-sessions/$session" 40-learnings/mine 01-projects/x/_overview; do printf -- '---\nid: by-hand\n---\n' >"vault/$note.md"; done
echo "by hand" >".claude/session-handover/$session.md"
printf -- '---\nglobs: src/**\n---\n' >.claude/rules/long.md
echo "# Long" >big.md
for file in "$memory/MEMORY.md" $metrics/events.jsonl .orchestrator/issues/0001-long.md "vault/50-sessions/$session.md" \
  vault/40-learnings/mine.md vault/01-projects/x/_overview.md ".claude/session-handover/$session.md" .claude/rules/long.md big.md; do
  grow "$file"
done
grow $metrics/learnings.jsonl 12M # above 16 MiB it is not read
cp --sparse=always $metrics/learnings.jsonl "$CASE/learnings"
untouched() { stat -c '%n %i %s %y' $metrics/events.jsonl .orchestrator/issues/0001-long.md "vault/50-sessions/$session.md" vault/40-learnings/mine.md \
  vault/01-projects/x/_overview.md ".claude/session-handover/$session.md" .claude/rules/long.md big.md; }
untouched >"$CASE/untouched"
for block in vault-sync drift-check vault-staleness vault-integration; do git config session.$block.enabled true; done
git config session.vault-sync.vault-dir vault
git config session.vault-integration.vault-dir vault
git config session.drift-check.include-paths big.md
git config session.discovery-on-close true

SECONDS=0
within_limits expect_exit 0 git session close --json
[ $SECONDS -lt 100 ] || fail "it took $SECONDS seconds"
expect_json '.status == "closed"'
expect_equal "$(finding vault | sort -u)" "larger than 8 MiB: not checked"
expect_equal "$(finding drift)" "larger than 8 MiB: not checked"
finding staleness | grep -q "larger than 8 MiB" || fail "staleness: $(finding staleness)"
expect_outcome safety warn
expect_json '.phases[] | select(.id == "safety") | .summary | contains("1 broken line in events.jsonl")'
expect_outcome learnings warn
expect_equal "$(finding learnings)" "1 line of '$metrics/learnings.jsonl' is not a learning: kept as it is"
expect_equal "$(summary mirror-vault)" "2 skipped-handwritten, 1 skipped-invalid; skipped-invalid learning 'y'"
expect_equal "$(untouched)" "$(cat "$CASE/untouched")"
expect_file ".claude/session-handover/$session-2.md"
# What was there stays in place, and what was added is in lines of its own.
cmp -n 52428800 "$memory/MEMORY.md" <(
  echo "# Index"
  head -c 52428800 /dev/zero
) || fail "MEMORY.md has lost something"
tail -c 300 "$memory/MEMORY.md" | tr -d '\0' | grep -q "^- \[Session " || fail "no line in MEMORY.md"
cmp -s "$CASE/learnings" $metrics/learnings.jsonl.bak-* || fail "the copy is not what was there"
expect_equal "$(head -c 100 $metrics/sessions.jsonl | head -1)" '{"session_id":"torn'
expect_equal "$(tail -n 1 $metrics/sessions.jsonl | jq -r .session_id)" "$session"
expect_equal "$(tail -n 1 $metrics/vault-staleness.jsonl | jq -r .probe)" vault-staleness
grep -aq '^{"type":"theirs","subj' $metrics/learnings.jsonl || fail "a torn line is gone"
expect_equal "$(tail -n 1 $metrics/learnings.jsonl | tr -d '\0' | jq -r .subject)" mine

# Patterns with more stars than a backtracking matcher survives, in every key that takes patterns; the file is one that
# they almost match.
long=src/$(printf 'a%.0s' {1..200})
stars=$(printf 'a*%.0s' {1..60})b
deep=$(printf '**/%.0s' {1..60})b
for key in session.discovery-exclude-paths session.vault-sync.exclude session.drift-check.include-paths; do
  git config --unset-all $key || true
  for pattern in "src/$stars" "$deep" "src/**$stars" "**/$stars.md"; do git config --add $key "$pattern"; done
done
git config session.docs-orchestrator.enabled true
git session start --scope "src/$stars" --scope "$deep" --plan "$(plan "[[item]]
title = \"Stars\"
files = [\"src/$stars\", \"$deep\", \"src/**\"]
[[docs]]
target = \"src/$stars\"")" >/dev/null 2>"$ERR" || fail "start: $(cat "$ERR")"
printf -- '---\nglobs: ["src/%s", "%s"]\n---\n' "$stars" "$deep" >.claude/rules/stars.md
rm -f big.md vault/50-sessions/* vault/40-learnings/mine.md
echo x >"$long"
SECONDS=0
expect_exit 0 git session close --json
[ $SECONDS -lt 60 ] || fail "it took $SECONDS seconds"
expect_json '.status == "closed" and .report.docs_coverage.tasks[0].status == "gap"'
expect_outcome plan warn

# YAML that would expand, and that nests deeper than the stack: an error with file and line, and nothing written.
bomb='a: &a [x, x]
b: &b [*a, *a]
c: [*b, *b]'
nested="a: $(printf '[%.0s' {1..5000})$(printf ']%.0s' {1..5000})"
start_session --scope "src/"
echo y >src/1.c
cp .claude/STATE.md "$CASE/state"
cp .orchestrator/bootstrap.lock "$CASE/lock"
refused_in() { # FILE:LINE
  within_limits expect_exit 128 git session close --json
  expect_json '.error | (.message | contains($place)) and (.message | test("anchors are not supported|nested deeper"))' --arg place "$1"
  expect_no_file "$(journal)"
}
for text in "$bomb" "$nested"; do
  awk -v text="$text" '/^status:/ { print text } { print }' "$CASE/state" >.claude/STATE.md
  cp .claude/STATE.md "$CASE/hostile"
  refused_in "STATE.md:$(grep -n '^a: ' .claude/STATE.md | cut -d: -f1)"
  cmp -s "$CASE/hostile" .claude/STATE.md || fail "STATE.md was changed"
  cp "$CASE/state" .claude/STATE.md
  printf '# A project\n\nvault-sync:\n  enabled: true\n%s\n' "${text//$'\n'/$'\n'  }" | sed 's/^a:/  a:/' >CLAUDE.md
  refused_in CLAUDE.md:5
  rm CLAUDE.md
  printf 'version: 1\ntier: fast\n%s\n' "$text" >.orchestrator/bootstrap.lock
  expect_exit 1 git session close --json
  expect_equal "$(summary bootstrap)" "closed: invalid-lock"
  cp "$CASE/lock" .orchestrator/bootstrap.lock
  printf '### Docs Tasks (machine-readable)\n```yaml\n%s\n```\n' "$text" >"$CASE/tasks.md"
  expect_exit 0 git session close --dry-run --json --docs-tasks "$CASE/tasks.md"
  expect_outcome docs warn
  finding docs | grep -qE 'tasks.md:3: .*(anchors are not supported|nested deeper)' || fail "docs: $(finding docs)"
  printf -- '---\n%s\n---\n' "$text" >vault/01-projects/x/_overview.md
  printf -- '---\n%s\n---\n' "$text" >vault/40-learnings/mine.md
  dry_close
  for phase in vault staleness; do
    finding $phase | grep -qE 'anchors are not supported|nested deeper' || fail "$phase: $(finding $phase)"
  done
done
printf 'a = %s' "$(printf '[%.0s' {1..5000})" >.claude/session-plan.toml
expect_exit 128 git session close --json
expect_json '.error.message | contains("session-plan.toml:1") and contains("nested deeper")'
rm .claude/session-plan.toml
printf '{"allowedPaths": %s' "$(printf '[%.0s' {1..5000})" >.claude/wave-scope.json
dry_close
expect_outcome session warn
finding session | grep -q "wave-scope.json" || fail "session: $(finding session)"
