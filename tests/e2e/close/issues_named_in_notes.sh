#!/usr/bin/env bash
# The notes about a session are written before GitHub gives its issues numbers; afterwards they name them.
. "$E2E/lib.sh"
. "$E2E/close.sh"

fake_tracker gh
export VAULT_DIR=$CASE/vault SO_PLATFORM=claude
mkdir "$VAULT_DIR"
session_repo
bare_remote
git config session.vcs github
git config session.vault-integration.enabled true
begin_three() {
  start_session --plan "$(plan "
[[item]]
title = \"$1\"
files = [\"a/**\"]
[[item]]
title = \"$2\"
files = [\"b/**\"]
[[item]]
title = \"$3\"
files = [\"c/**\"]")"
  git commit -q --allow-empty -m "chore: work"
  session=$(git session status --json | jq -r .session)
  handover=.claude/session-handover/$session.md
  vault=$VAULT_DIR/50-sessions/$session.md
}
memory=$(printf '%s/.claude/projects/%s/memory/session-%s' "$HOME" "$(pwd -P | sed 's/[^A-Za-z0-9]/-/g')" "$(date +%F)")
expect_no_control() { ! LC_ALL=C grep -n '[^[:print:][:space:]]' <(tr -d '\200-\377' <"$1") || fail "control characters in $1"; }

begin_three A B C
expect_exit 0 git session close --json
expect_outcome issues ok
for note in "$handover" "$memory.md" "$vault"; do
  expect_file_has "$note" "- A: not-started — no change in 'a/**' → #101"
  expect_file_has "$note" "→ #103"
  expect_no_control "$note"
done
expect_file_has "$handover" "- #102 [Carryover] B"
expect_file_has "$memory.md" "- Take up: A (#101)"
expect_file_has "$vault" "- Take up: A (#101)"
expect_equal "$(git status --porcelain)" ""
expect_equal "$(jq -r '.report.recommendations[0]' "$OUT")" "Take up: A (#101)"

# Killed while they are filed: they are named anyway. What was changed meanwhile stays.
begin_three D E F
touch "$CASE/gh/die.create"
{ git session close --json >"$OUT" 2>"$ERR"; } 2>/dev/null && fail "not killed"
expect_file "$(journal)"
expect_file_has "$handover" "→ to be filed"
expect_file_has "$memory-2.md" "- Take up: D (to be filed)"
expect_no_control "$memory-2.md"
grep -q '"planned_issue": *2' "$(journal)" || fail "not in the journal: $(cat "$(journal)")"
echo "by hand" >>"$vault"
expect_exit 0 git session close --continue --json
expect_file_has "$handover" "→ #104"
expect_file_has "$memory-2.md" "- Take up: F (#106)"
expect_file_has "$vault" "by hand"
expect_file_has "$vault" "→ to be filed"

# Issues that could not be filed are called that. An aborted close removes its notes, as far as it had come.
echo "error connecting to api.github.com" >"$CASE/gh/fail"
begin_three G H I
printf '#!/bin/sh\nexit 1\n' >.git/hooks/pre-push
chmod +x .git/hooks/pre-push
expect_exit 1 git session close --json
expect_outcome push block
expect_file_has "$handover" "→ to be filed"
rm .git/hooks/pre-push
reports=$(git rev-parse --git-path git-session/reports)
mv "$reports" "$CASE/reports"
touch "$reports"
expect_exit 128 git session close --continue --json
expect_file_has "$handover" "→ queued"
expect_file_has "$memory-3.md" "- Take up: G (queued)"
expect_exit 0 git session close --abort --json
expect_json '.left == [] and ([.restored[] | select(contains("handover"))] | length) == 1'
expect_no_file "$handover"
expect_no_file "$memory-3.md"
expect_no_file "$vault"
rm "$reports"
