#!/usr/bin/env bash
# What a session learned goes into learnings.jsonl: found in its commits, waves and deviations, or noted with learn.
. "$E2E/lib.sh"
. "$E2E/close.sh"

learnings=.orchestrator/metrics/learnings.jsonl
learning() { jq -r --arg s "$1" "select(.subject == \$s) | $2" $learnings; } # SUBJECT FILTER
copies() { find .orchestrator/metrics -name 'learnings.jsonl.bak-*' | wc -l; }

begin --scope "src/"
expect_exit 0 git session close --json
expect_outcome learnings skip
expect_no_file $learnings

# A file in three commits, the close's own among them; a deviation that came twice; a note.
git session start --scope "src/" >/dev/null 2>&1
session=$(sed -n 's/^session: //p' .orchestrator/STATE.md)
for n in 1 2; do commit_file src/often.c "$n" "fix: again $n"; done
echo 3 >src/often.c
commit_file src/once.c
sed -i 's/^## Deviations.*/&\n- [2026-01-01T00:00:00Z] Wave 1: scope expanded (2 files)\n- [2026-01-01T01:00:00Z] Wave 2: scope expanded (5 files)/' .orchestrator/STATE.md
expect_exit 0 git session learn --type recurring-issue --subject missing-imports --insight "list them first" --evidence "wave 1" --json
expect_json '.schema == "git-session/learn/1" and .session == $s and .contradicts == false' --arg s "$session"
expect_no_file $learnings
expect_exit 0 git session close --dry-run --json
expect_outcome learnings ok
expect_no_file $learnings
expect_exit 0 git session close --json
expect_outcome learnings ok
expect_json '.report.learnings | startswith("3 new, 0 confirmed, 0 contradicted/expired")'
expect_equal "$(jq -r '.type' $learnings | sort | tr '\n' ' ')" "deviation-pattern fragile-file recurring-issue "
expect_equal "$(learning src/often.c .confidence)" 0.5
expect_equal "$(learning missing-imports .insight)" "list them first"
expect_equal "$(learning missing-imports .source_session)" "$session"
expect_equal "$(jq -r '.schema_version' $learnings | sort -u)" 1
[[ $(learning src/often.c .id) =~ ^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$ ]] || fail "no uuid"
[[ $(learning src/often.c .expires_at) = *T00:00:00.000Z ]] || fail "not at midnight"
git log -1 --name-only --format= | grep -qx $learnings || fail "it is not in the records' commit"
expect_equal "$(copies)" 0
expect_no_file "$(git rev-parse --git-path git-session/learned)/$session.jsonl"

# Confirmed, contradicted, faded; what other tools wrote stays.
{
  echo '{"type":"theirs","subject":"x","confidence":0.9,"expires_at":"2000-01-01T00:00:00Z"}'
  echo '{"type":"theirs","subject":"y","confidence":0.9,"their_key":[1,{"a":null}]}'
  echo 'no json at all'
} >>$learnings
git commit -qam "chore: learnings of somebody"
cp $learnings "$CASE/previous"
git session start --scope "src/" >/dev/null 2>&1
expect_exit 0 git session learn --type recurring-issue --subject missing-imports --insight "again"
expect_out "noted for the close of"
expect_exit 0 git session learn --type fragile-file --subject src/often.c --contradicts
expect_exit 1 git session learn --type fragile-file --subject src/never.c --contradicts
expect_err "no learning 'fragile-file' about 'src/never.c'"
expect_exit 0 git session close --json
expect_outcome learnings warn
expect_equal "$(summary learnings)" "0 new, 1 confirmed, 1 contradicted, 1 expired; 1 line of '$learnings' is not a learning: kept as it is"
expect_equal "$(learning missing-imports .confidence 2>/dev/null || true)" 0.65
expect_equal "$(jq -Rr 'fromjson? | select(.subject == "src/often.c") | .confidence' $learnings)" 0.3
expect_equal "$(jq -Rr 'fromjson? | select(.subject == "y") | "\(.confidence) \(.their_key)"' $learnings)" '0.85 [1,{"a":null}]'
expect_equal "$(jq -Rr 'fromjson? | select(.subject == "wave-scope-expanded") | .confidence' $learnings)" 0.45
grep -qx 'no json at all' $learnings || fail "a line that is no JSON is gone"
expect_equal "$(copies)" 1
cmp -s "$CASE/previous" $learnings.bak-* || fail "the copy is not what was there"
expect_equal "$(git status --porcelain)" ""

# Three generations, no more.
for _ in 1 2 3; do
  git session start --scope "src/" >/dev/null 2>&1
  git commit -q --allow-empty -m "chore: work"
  expect_exit 0 git session close --json
done
expect_equal "$(copies)" 3
expect_equal "$(git ls-files '.orchestrator/metrics/*bak*')" ""

# A note torn by a kill, and NULs: reported, and left in place; the others are used, also below a torn last line.
git session start --scope "src/" >/dev/null 2>&1
session=$(sed -n 's/^session: //p' .orchestrator/STATE.md)
git session learn --type a --subject whole --insight x >/dev/null
noted=$(git rev-parse --git-path git-session/learned)/$session.jsonl
printf '\0\0\n{"type":"a","subj' >>"$noted"
printf '{"type":"theirs","subject":"z","confidence":0.9}\n\0\0\0\n{"type":"theirs","subj' >>$learnings
expect_exit 0 git session close --json
expect_outcome learnings warn
expect_json '.phases[] | select(.id == "learnings") | [.findings[].title] | any(contains("left incomplete")) and any(contains("3 lines of"))'
expect_equal "$(tr '\0' 0 <"$noted")" '00
{"type":"a","subj'
expect_equal "$(jq -Rr 'fromjson? | select(.subject == "whole") | .insight' $learnings)" x
expect_equal "$(tr '\0' 0 <$learnings | grep -cx -e 000 -e '{"type":"theirs","subj')" 2

# Without persistence there are neither notes nor learnings.
git config session.persistence false
expect_exit 0 git session close --json --decide unclaimed=leave
expect_outcome learnings skip
expect_exit 1 git session learn --type a --subject b --insight c
expect_err "persistence is off"
