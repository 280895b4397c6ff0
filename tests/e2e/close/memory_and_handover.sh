#!/usr/bin/env bash
# A Claude session leaves a note in the user's project directory; any larger session leaves a handover.
. "$E2E/lib.sh"
. "$E2E/close.sh"

memory() { printf '%s/.claude/projects/%s/memory' "$HOME" "$(pwd -P | sed 's/[^A-Za-z0-9]/-/g')"; }
day=$(date +%F)

begin --scope "src/"
commit_file src/a.c
expect_exit 0 git session close --json
expect_outcome memory skip
expect_outcome handover skip
expect_equal "$(summary memory)" "not a Claude session"
expect_no_file "$HOME/.claude"

# Claude's: a note, its line, and a second one on the same day.
export SO_PLATFORM=claude
git session start --title "Uploads: retry" --plan "$(plan '
[[item]]
title = "Retry"
issue = 4
files = ["src/**"]
[[item]]
title = "Describe it"
files = ["docs/**"]
')" >/dev/null 2>&1
echo more >>src/a.c
expect_exit 0 git session close --dry-run --json
expect_outcome memory ok
expect_no_file "$(memory)"
expect_exit 0 git session close --json
expect_outcome memory ok
expect_outcome handover skip
note=$(memory)/session-$day.md
expect_file_has "$note" "name: session-$day"
expect_file_has "$note" "type: project"
expect_file_has "$note" "description: Uploads - retry - 1 of 2 items done, 1 carried over, 1 file changed"
expect_file_has "$note" "- #4 Retry: done"
expect_file_has "$note" "- Describe it: not-started"
expect_file_has "$note" "- Take up: Describe it"
expect_equal "$(cat "$(memory)/MEMORY.md")" "## Sessions

- [Session $day](session-$day.md) — Uploads - retry - 1 of 2 items done, 1 carried over, 1 file changed"
git session start --scope "src/" >/dev/null 2>&1
expect_exit 0 git session close --json
expect_file "$(memory)/session-$day-2.md"
expect_equal "$(grep -c "^- \[Session" "$(memory)/MEMORY.md")" 2

# More notes than the threshold are a warning.
git config session.memory-cleanup-threshold 2
git session start --scope "src/" >/dev/null 2>&1
expect_exit 0 git session close --json
expect_outcome memory warn
expect_json '.phases[] | select(.id == "memory") | .summary | contains("3 session notes, more than 2")'

# An unwritable directory stops nothing; an aborted close removes the note.
git config --unset session.memory-cleanup-threshold
git session start --scope "src/" >/dev/null 2>&1
CLAUDE_CONFIG_DIR=/proc/nowhere expect_exit 0 git session close --json
expect_outcome memory warn
git session start --scope "src/" >/dev/null 2>&1
echo again >>src/a.c
# A hook that refuses the records' commit.
printf '#!/bin/sh\n! git diff --cached --name-only | grep -q sessions.jsonl\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
cp "$(memory)/MEMORY.md" "$CASE/index"
expect_exit 1 git session close --json
expect_file "$(memory)/session-$day-4.md"
expect_exit 0 git session close --abort --json
expect_no_file "$(memory)/session-$day-4.md"
cmp "$CASE/index" "$(memory)/MEMORY.md"
expect_exit 1 git session close --json
rm .git/hooks/pre-commit
expect_exit 0 git session close --continue --json
expect_file "$(memory)/session-$day-4.md"
expect_equal "$(grep -c "session-$day-4.md" "$(memory)/MEMORY.md")" 1

# More than a few files: a handover, which is not committed.
unset SO_PLATFORM
expect_exit 0 git session start --json --type deep --plan "$(plan '
[[item]]
title = "Many"
files = ["many/**"]
[[item]]
title = "Left"
priority = "high"
files = ["left/**"]
')"
session=$(json .session)
state=$(json .state_directory)
mkdir many
touch many/{1..6}
mkdir -p "$state/session-handover"
echo "by hand" >"$state/session-handover/$session.md"
echo "/$state/session-handover/" >>.git/info/exclude
expect_exit 0 git session close --json
expect_outcome handover ok
expect_equal "$(cat "$state/session-handover/$session.md")" "by hand"
handover=$state/session-handover/$session-2.md
expect_file_has "$handover" "- Many: done"
expect_file_has "$handover" "- Left: not-started"
expect_file_has "$handover" "- Files changed: 6"
expect_file_has "$handover" "[Carryover] Left"
expect_equal "$(git log --format= --name-only -- "$state/session-handover")" ""

# Without persistence there is only the handover.
git config session.persistence false
SO_PLATFORM=claude expect_exit 0 git session close --json --decide unclaimed=leave
expect_outcome memory skip
