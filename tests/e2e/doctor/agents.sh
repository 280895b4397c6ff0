#!/usr/bin/env bash
# Which coding agents ask before they act, from their settings; a broken one is named with its line.
. "$E2E/lib.sh"
. "$E2E/close.sh"
. "$E2E/doctor.sh"

new_repo
look 0
finding agents fine "none is set up here"
mkdir -p .claude .codex .cursor
echo '{"permissions":{}}' >.claude/settings.json
echo '{}' >.codex/hooks.json
echo '{}' >.cursor/hooks.json
look 0
finding agents note "Claude Code does not ask git session before it edits" "'.claude/settings.json'"
# The lines to add are those of the documentation.
jq -cS '.findings[] | select(.area == "agents") | .fix[1] | fromjson' "$OUT" >"$CASE/advice"
awk '/^```json$/ { inside = 1; next } /^```$/ { if (inside) exit_block(); inside = 0 } inside { print }
  function exit_block() { print "" }' "$E2E/../../../docs/agents.md" | jq -cS 'select(.hooks)' >"$CASE/documented"
expect_equal "$(wc -l <"$CASE/documented")" 3
diff "$CASE/documented" "$CASE/advice" || fail "the advice is not what docs/agents.md has"
rm .codex/hooks.json .cursor/hooks.json
echo '{"hooks":{"PreToolUse":[{"matcher":"Edit","hooks":[{"type":"command","command":"git session hook pre-tool-use"}]}]}}' \
  >.claude/settings.json
look 0
finding agents fine "Claude Code asks before it acts (.claude/settings.json)"
mkdir -p "$HOME/.codex"
echo '{"hooks":{"PreToolUse":[{"hooks":[{"command":"git-session hook pre-tool-use"}]}]}}' >"$HOME/.codex/hooks.json"
look 0
finding agents fine "Codex asks before it acts ($HOME/.codex/hooks.json)"
printf '{\n"hooks": nope\n}\n' >.cursor/hooks.json
look 1
finding agents warning ".cursor/hooks.json:2"
rm .cursor/hooks.json
echo '{"disableAllHooks": true}' >.claude/settings.local.json
look 1
finding agents warning "Claude Code runs no hooks: disableAllHooks in .claude/settings.local.json"
rm .claude/settings.local.json
# A link that leads out of the tree is not followed.
echo '{}' >"$CASE/outside.json"
ln -s "$CASE/outside.json" .cursor/hooks.json
look 1
finding agents warning ".cursor/hooks.json"
rm .cursor/hooks.json
GIT_SESSION_HOOKS=0 expect_exit 0 git session doctor --json
finding agents note "GIT_SESSION_HOOKS=0 switches every hook off"
