#!/usr/bin/env bash
# Patterns that several processes add at once are all in the scope, and values that they set at once are all in the
# configuration.
. "$E2E/lib.sh"

session_repo
for i in $(seq 16); do
  git session scope set -q --add "src/$i/" --blocked-command "rm $i" >"$CASE/said$i" 2>&1 || echo failed >>"$CASE/said$i" &
done
wait
expect_equal "$(cat "$CASE"/said*)" ""
expect_equal "$(jq -c '[.allowedPaths, .blockedCommands | length]' .orchestrator/wave-scope.json)" "[16,16]"

keys=(test-command lint-command typecheck-command remote mirror)
for i in 1 2 3; do
  for key in "${keys[@]}"; do
    git session config -q "$key" "$key-$i" >"$CASE/$key$i" 2>&1 || echo failed >>"$CASE/$key$i" &
  done
done
wait
for key in "${keys[@]}"; do
  expect_equal "$(cat "$CASE/$key"[123])" ""
  expect_equal "$(git config --get-all "session.$key" | wc -l)" 1
done
