#!/usr/bin/env bash
# The session and its learnings become notes in a vault; what a person wrote there is never touched.
. "$E2E/lib.sh"
. "$E2E/close.sh"

vault=$CASE/vault
detail() { jq -r '.phases[] | select(.id == "mirror-vault") | .detail' "$OUT"; }
field() { sed -n "s/^$2: //p" "$1"; }

begin --scope "src/"
expect_exit 0 git session close --json
expect_outcome mirror-vault skip

git config session.vault-integration.enabled true
git session start --scope "src/" >/dev/null 2>&1
expect_exit 0 git session close --json
expect_outcome mirror-vault skip
expect_json '.phases[] | select(.id == "mirror-vault") | .summary | contains("VAULT_DIR")'

# No such vault: a warning, and in strict mode a block.
export VAULT_DIR=$vault
git session start --scope "src/" >/dev/null 2>&1
expect_exit 0 git session close --json
expect_outcome mirror-vault warn
git config session.vault-integration.mode strict
expect_exit 0 git session start --scope "src/" --title "Uploads: retry" --json
session=$(json .session)
expect_exit 0 git session learn --type scope-guidance --subject "Small steps" --insight "Take smaller ones" --evidence "this one"
expect_exit 0 git session learn --type scope-guidance --subject "By hand" --insight x
expect_exit 0 git session learn --type scope-guidance --subject "Taken" --insight x
expect_exit 1 git session close --json
expect_outcome mirror-vault block
mkdir -p "$vault/40-learnings"
echo "by hand" >"$vault/40-learnings/by-hand.md"
printf -- '---\nid: another\nupdated: 2020-01-01\n_generator: session-orchestrator-vault-mirror@1\n---\n' >"$vault/40-learnings/taken.md"
cp "$vault/40-learnings/taken.md" "$CASE/taken"

# A note planned before the vault existed would overwrite an existing file: that is left alone and reported.
expect_exit 1 git session close --continue --json
expect_outcome mirror-vault block
expect_equal "$(cat "$vault/40-learnings/by-hand.md")" "by hand"
cmp "$CASE/taken" "$vault/40-learnings/taken.md"
expect_exit 0 git session close --abort --json # a file that the close never wrote is not its own
expect_json '.left == []'
expect_equal "$(find "$vault" -type f | wc -l)" 2
expect_exit 0 git session close --json
expect_outcome mirror-vault ok
expect_equal "$(summary mirror-vault)" "2 created, 1 skipped-handwritten, 1 skipped-collision-resolved"
note=$vault/50-sessions/$session.md
expect_equal "$(field "$note" id)" "$session"
expect_equal "$(field "$note" type)" session
expect_equal "$(field "$note" title)" '"Uploads - retry"'
expect_equal "$(field "$note" _generator)" session-orchestrator-vault-mirror@1
expect_file_has "$vault/40-learnings/small-steps.md" "Take smaller ones"
expect_equal "$(cat "$vault/40-learnings/by-hand.md")" "by hand"
cmp "$CASE/taken" "$vault/40-learnings/taken.md"
id=$(jq -r 'select(.subject == "Taken") | .id' .orchestrator/metrics/learnings.jsonl)
expect_equal "$(field "$vault/40-learnings/taken-${id:0:8}.md" source-record)" "\"$id\""
detail | grep -qx "skipped-handwritten 40-learnings/by-hand.md" || fail "not reported"

# Again: nothing new but the session; a learning that cannot become a note fails in strict, and is a warning in warn.
cp -r "$vault/40-learnings" "$CASE/before"
git session start --scope "src/" >/dev/null 2>&1
git commit -q --allow-empty -m "chore: work"
expect_exit 0 git session close --json
expect_equal "$(summary mirror-vault)" "1 created, 2 skipped-noop, 1 skipped-handwritten"
diff -r "$CASE/before" "$vault/40-learnings"
echo '{"id":"x","type":"theirs","subject":"no date","confidence":0.9}' >>.orchestrator/metrics/learnings.jsonl
git commit -qam "chore: a learning without a date"
git session start --scope "src/" >/dev/null 2>&1
git commit -q --allow-empty -m "chore: work"
expect_exit 1 git session close --json
expect_outcome mirror-vault block
detail | grep -qx "skipped-invalid learning 'x'" || fail "not reported: $(detail)"
expect_exit 0 git session close --abort --json
git config session.vault-integration.mode warn
expect_exit 0 git session close --json
expect_outcome mirror-vault warn
git config session.vault-integration.mode off
git session start --scope "src/" >/dev/null 2>&1
expect_exit 0 git session close --json
expect_outcome mirror-vault skip
