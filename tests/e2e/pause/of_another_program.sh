#!/usr/bin/env bash
# A STATE.md that says paused because another program wrote it: it is taken up as any other, and guards what it guarded.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope 'src/**'
mkdir src
echo 1 >src/a
sed -i 's/^status: .*/status: paused/' .orchestrator/STATE.md
expect_exit 0 git session status --json
expect_json '.session == null and [.paused[] | .since, .shelved, .snapshot] == [null, 0, null]'
expect_exit 0 git session status
expect_out "Paused, on main: git session resume"
expect_exit 1 git session pause
expect_err "but not by this program"
expect_exit 1 git session close --yes
# Its claim holds beside another one.
git session start --state-dir .claude --scope 'docs/**' >/dev/null 2>&1
expect_exit 0 git session status --state-dir .claude --json
expect_json '[.changes[] | select(.path == "src/a") | .owner] == ["foreign"]'
git session abandon -q --state-dir .claude
expect_exit 0 git session resume --json
expect_json '.status == "resumed" and .paused_at == null and .commits == 0'
expect_equal "$(status_of)" active
commit_file src/b
expect_exit 0 git session close --yes --no-push --json
expect_equal "$(work_files)" src/a
expect_json '.report.files_changed == 2 and .report.paused_ms == 0'
expect_json '.report.warnings | any(contains("the status changed during the session: active -> paused"))'
