#!/usr/bin/env bash
# Stale projects and narratives of a vault: every outcome, each choice, the summaries beside the record, the report.
. "$E2E/lib.sh"
. "$E2E/close.sh"

export GIT_TEST_DATE_NOW=1795348800 # 2026-11-22T12:00:00Z
begin --scope "src/"
mkdir src
echo a >src/a.c
health() { json .report.docs_health; }
metrics=.orchestrator/metrics

dry_close
expect_outcome staleness skip
expect_equal "$(health)" "vault staleness skipped (disabled)"
git config session.vault-staleness.enabled true
git config session.vault-staleness.mode off
dry_close
expect_outcome staleness skip
expect_equal "$(health)" "vault staleness skipped (mode=off)"
git config session.vault-staleness.mode warn
dry_close
expect_outcome staleness skip
expect_equal "$(summary staleness)" "vault-integration.vault-dir is not set, and neither is VAULT_DIR"
VAULT_DIR=$CASE/vault dry_close
expect_equal "$(summary staleness)" "there is no directory '$CASE/vault'"
mkdir -p "$CASE/vault"
VAULT_DIR=$CASE/vault dry_close
expect_outcome staleness skip
expect_equal "$(summary staleness)" "the vault '$CASE/vault' has no '01-projects'"

projects=$CASE/home/vault/01-projects
mkdir -p "$projects/uploads" "$projects/site"
note() { printf -- '---\n%s\n---\n' "$2" >"$projects/$1"; }
note uploads/_overview.md "lastSync: 2026-11-22T11:00:00Z"
note uploads/context.md "updated: 2026-11-01"
# shellcheck disable=SC2088 # the program resolves it
git config session.vault-integration.vault-dir '~/vault'
dry_close
expect_outcome staleness ok
expect_equal "$(health)" "vault staleness clean (mode=warn)"

note uploads/_overview.md "lastSync: 2026-11-01"
note uploads/context.md "updated: 2026-01-01"
note site/_overview.md "tier: [top"
note site/people.md "updated: when it is time"
dry_close
expect_outcome staleness warn
expect_equal "$(summary staleness)" "2 stale projects, 2 stale narratives (of 2 projects, 2 narratives)"
expect_equal "$(health)" "2 stale projects, 2 stale narratives (mode=warn); see .orchestrator/metrics/vault-staleness.jsonl"
expect_json '[.phases[] | select(.id == "staleness") | .findings[] | "\(.severity) \(.confidence)"] ==
  ["low 60", "medium 90", "low 60", "high 90"]'
expect_json '.decisions | all(.id != "vault-staleness")'
expect_no_file $metrics/vault-staleness.jsonl

git config session.vault-staleness.mode strict
expect_exit 2 git session close --json
expect_outcome staleness block
expect_json '.decisions[] | select(.id == "vault-staleness") | .choices == ["fix", "override", "abort"]
  and .recommended == "fix" and (.detail | contains("uploads/context.md was updated on 2026-01-01"))'
expect_exit 1 git session close --continue --yes --json
expect_json '.status == "blocked"'
expect_exit 1 git session close --continue --decide vault-staleness=abort --json
expect_json '.status == "aborted"'
expect_no_file $metrics/vault-staleness.jsonl

# An aborted close removes its summaries with everything else.
mv "$CASE/origin.git" "$CASE/elsewhere.git"
expect_exit 1 git session close --decide vault-staleness=override --json
expect_outcome push block
expect_file $metrics/vault-staleness.jsonl
mv "$CASE/elsewhere.git" "$CASE/origin.git"
expect_exit 0 git session close --continue --json
expect_json '.status == "closed"'
expect_file_has .orchestrator/STATE.md \
  "[2026-11-22T12:00:00.000Z] Phase 2.3: Vault staleness strict-mode findings overridden by user. Findings: 4 (projects: 2, narratives: 2)."
expect_equal "$(wc -l <$metrics/vault-staleness.jsonl)" 1
expect_equal "$(wc -l <$metrics/vault-narrative-staleness.jsonl)" 1
jq -e --arg top "$PWD" --arg vault "$CASE/home/vault" '.timestamp == "2026-11-22T12:00:00.000Z" and .probe == "vault-staleness"
  and .project_root == $top and .vault_dir == $vault and .scanned_projects == 2 and .stale_count == 1 and .errors == 1
  and (.duration_ms | type) == "number" and (.findings | length == 2 and .[1].slug == "uploads" and .[1].severity == "medium"
  and .[1].last_sync == "2026-11-01" and .[1].delta_hours == 516)' $metrics/vault-staleness.jsonl >/dev/null ||
  fail "$(cat $metrics/vault-staleness.jsonl)"
jq -e '.probe == "vault-narrative-staleness" and .scanned_projects == 2 and .scanned_narratives == 2
  and .stale_narratives == 1 and .errors == 1 and (.findings[1] | .file == "context.md" and .tier == "active"
  and .severity == "high" and .age_days == 326 and .threshold_days == 60)' $metrics/vault-narrative-staleness.jsonl >/dev/null ||
  fail "$(cat $metrics/vault-narrative-staleness.jsonl)"
# They are in no commit.
expect_equal "$(git log --format= --name-only | grep -c staleness || true)" 0

# Once up to date, the close continues.
start_session --scope "src/"
echo b >src/a.c
expect_exit 1 git session close --decide vault-staleness=fix --json
expect_json '.status == "blocked" and (.hint | contains("--continue"))'
note uploads/_overview.md "lastSync: 2026-11-22T11:00:00Z"
note uploads/context.md "updated: 2026-11-01"
note site/_overview.md "lastSync: 2026-11-22T11:00:00Z"
note site/people.md "updated: 2026-11-22"
expect_exit 0 git session close --continue --json
expect_outcome staleness ok
expect_equal "$(health)" "vault staleness clean (mode=strict)"
