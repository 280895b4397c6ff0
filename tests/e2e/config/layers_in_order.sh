#!/usr/bin/env bash
# Each layer wins over the one before it, key by key, and --show-origin says which one it was.
. "$E2E/lib.sh"

new_repo
expect_exit 0 git session config --list --json
expect_json '.schema == "git-session/config/1"'
expect_json '.persistence == true and .enforcement == "warn" and ."learning-expiry-days" == 30 and
  ."snapshot-expire" == "14.days" and ."gate-timeout" == "30m" and .remote == "origin" and ."learning-decay-rate" == 0.05 and
  ."discovery-probes" == ["all"] and ."ssot-freshness-days" == 5 and ."co-author" == [] and .mirror == null and
  ."vault-sync".enabled == false and ."vault-sync".mode == "warn" and ."vault-staleness".thresholds.archived == 180 and
  ."agents-per-wave" == 6'

printf '# Project\n\n## Session Config\n\n- **enforcement:** strict\nlearning-expiry-days: 40 # days\nagents-per-wave: 6 (deep: 18)\n- **mirror:** none\nunheard-of: 7\n\n## After\n\nenforcement: off\n\nvault-sync:\n  enabled: true\n  mode: hard\n' >CLAUDE.md
expect_exit 0 git session config --list --json
expect_json '.enforcement == "strict" and ."learning-expiry-days" == 40 and ."agents-per-wave" == {default: 6, deep: 18} and
  ."vault-sync".enabled == true and ."vault-sync".mode == "strict" and (."unheard-of" | tostring) == "7"'

printf 'enforcement = "off"\n\n[vault-sync]\nmode = "warn"\n' >.git-session.toml
expect_exit 0 git session config --list --json
expect_json '.enforcement == "off" and ."learning-expiry-days" == 40 and ."vault-sync".mode == "warn" and ."vault-sync".enabled == true'

mkdir -p .orchestrator/policy
printf '{"version":1,"commands":{"test":{"command":"make check"},"typecheck":{"command":"skip"},"lint":{"command":"make lint"}}}' \
  >.orchestrator/policy/quality-gates.json
expect_exit 0 git session config test-command
expect_equal "$(cat "$OUT")" "make check"

git config session.enforcement warn
git config session.vault-sync.mode off
git config --add session.co-author "A Person <a@example.org>"
git config --add session.co-author "B Person <b@example.org>"
expect_exit 0 git session config --list --json
expect_json '.enforcement == "warn" and ."vault-sync".mode == "off" and ."co-author" == ["A Person <a@example.org>", "B Person <b@example.org>"]'
expect_exit 0 git -c session.enforcement=strict session config enforcement
expect_equal "$(cat "$OUT")" "strict"
expect_exit 0 env GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=session.enforcement GIT_CONFIG_VALUE_0=hard git session config enforcement
expect_equal "$(cat "$OUT")" "strict"

expect_exit 0 git session config --list --show-origin --json
expect_json '.enforcement.value == "warn" and (.enforcement.scope == "local") and
  (."learning-expiry-days" | .value == 40 and .origin == "CLAUDE.md:6" and .scope == "markdown") and
  (.persistence | .value == true and .scope == "default") and ."test-command".scope == "policy"'
