#!/usr/bin/env bash
# What documents say, compared with what is there: every outcome of the phase, each check's switch, and each choice.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/" --scope "CLAUDE.md"
mkdir src
echo a >src/a.c
findings() { jq -r '.phases[] | select(.id == "drift") | .findings[] | "\(.file):\(.line) \(.title)"' "$OUT"; }

dry_close
expect_outcome drift skip
expect_equal "$(summary drift)" "drift-check is not enabled"
git config session.drift-check.enabled true
git config session.drift-check.mode off
dry_close
expect_outcome drift skip
git config session.drift-check.mode strict
dry_close
expect_outcome drift skip
expect_equal "$(summary drift)" "no document matches drift-check.include-paths"

echo "All is true: $CASE" >CLAUDE.md
dry_close
expect_outcome drift ok
expect_json '.phases[] | select(.id == "drift") | .summary | contains("there is no directory '"'01-projects'"'")
  and contains("issue references: there are no local issues")'

# Issues of the local tracker: one open, one closed, one unknown.
mkdir -p .orchestrator/issues 01-projects/uploads
issue() { printf -- '---\nid: %s\ntitle: An issue\nstate: %s\n---\n' "$1" "$2" >".orchestrator/issues/000$1-x.md"; }
issue 1 open
issue 2 closed
git add .orchestrator/issues
git commit -q -m "docs: issues"
cat >CLAUDE.md <<'DOCUMENT'
# A project (2 projects)
See /home/no-such-user/notes.md and 50-sessions/2026-11-22-late.md.
## Offene Themen
- #1
- #2
- #7
## Recently Closed
- #2
```
/home/no-such-user/in/a/fence #2
```
DOCUMENT
git config session.drift-check.mode warn
dry_close
expect_outcome drift warn
expect_equal "$(findings)" "CLAUDE.md:2 there is no '/home/no-such-user/notes.md'
CLAUDE.md:1 says (2 projects), but '01-projects' has 1
CLAUDE.md:5 #2 is closed, but listed under 'Offene Themen'
CLAUDE.md:2 there is no '50-sessions/2026-11-22-late.md'
CLAUDE.md:6 the tracker does not know #7"
expect_json '.decisions | all(.id != "drift")'
for key in path-resolver project-count-sync issue-reference-freshness session-file-existence; do
  expect_exit 0 git -c "session.drift-check.check-$key=false" session close --dry-run --json
  expect_json '[.phases[] | select(.id == "drift") | .findings[] | select(.severity == "medium")] | length == 3'
done
expect_exit 0 git -c session.vcs=none session close --dry-run --json
expect_json '.phases[] | select(.id == "drift") | .summary | contains("issue references: vcs is none")'

git config session.drift-check.mode strict
expect_exit 2 git session close --json
expect_outcome drift block
expect_json '.decisions[] | select(.id == "drift") | .choices == ["fix", "carryover", "abort"] and .recommended == "fix"
  and (.detail | contains("CLAUDE.md:5: #2 is closed"))'
expect_exit 1 git session close --continue --yes --json
expect_json '.status == "blocked"'
expect_exit 1 git session close --continue --decide drift=abort --json
expect_json '.status == "aborted"'
# An issue unknown to the tracker is a warning in strict too.
printf '## Backlog\n#7\n' >CLAUDE.md
dry_close
expect_outcome drift warn
expect_json '.decisions | all(.id != "drift")'
printf '## Backlog\n#2\n' >CLAUDE.md
truncate -s 9M CLAUDE.md
dry_close
expect_outcome drift block
expect_equal "$(findings)" "CLAUDE.md:null larger than 8 MiB: not checked"

printf '## Backlog\n#2\n' >CLAUDE.md
expect_exit 0 git session close --decide drift=carryover --json
expect_outcome drift warn
expect_json '.status == "closed" and (.issues | length == 1 and (.[0].title | startswith("[Carryover] Drift")))'
expect_file_has .orchestrator/issues/0003-*.md "CLAUDE.md:2: #2 is closed"
expect_file_has .orchestrator/STATE.md "close: decision drift = carryover (recommended: fix)"
expect_file_has .orchestrator/metrics/sessions.jsonl '"status":"completed"'

# Once fixed, the close continues.
start_session --scope "CLAUDE.md"
expect_exit 1 git session close --decide drift=fix --json
expect_json '.status == "blocked" and (.hint | contains("--continue"))'
printf '## Backlog\n#1\n' >CLAUDE.md
expect_exit 0 git session close --continue --json
expect_outcome drift ok
