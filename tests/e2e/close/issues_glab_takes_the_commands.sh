#!/usr/bin/env bash
# The real glab accepts every command that is sent.
. "$E2E/lib.sh"
. "$E2E/close.sh"
. "$E2E/trackers.sh"
command -v glab >/dev/null || skip "glab is not installed"

# Every form of command, as recorded from a close against the stand-in.
real=$(command -v glab)
fake_tracker glab
fake_issue glab 7 "Work" "status:in-progress"
fake_issue glab 8 "Gone"
fake_issue glab 9 "Open" "status:in-progress"
jq '.milestone = {id: 7, iid: 1, title: "v1.2"}' "$CASE/glab/issues/9.json" >"$CASE/9" && mv "$CASE/9" "$CASE/glab/issues/9.json"
begin --plan "$(plan '[[item]]
title = "Work"
issue = 7
files = ["src/**"]
[[item]]
title = "Gone"
issue = 8
dropped = "not now"
[[item]]
title = "-Open"
issue = 9
files = ["later/**"]')"
git config remote.origin.pushurl "$CASE/origin.git"
git remote set-url origin https://gitlab.invalid/group/sub/name
git config session.vcs gitlab
git config session.gitlab-host gitlab.invalid
mkdir src
echo a >src/a
expect_exit 0 git session close --json
expect_outcome issues ok
make_requests gitlab.invalid
expect_equal "$(fake_calls glab | jq -r '.[1] + " " + .[2]' | sort -u | paste -sd,)" \
  "issue close,issue create,issue list,issue note,issue update,issue view,mr create,mr list,mr update"

export GITLAB_TOKEN=none GITLAB_HOST=gitlab.invalid GLAB_NO_PROMPT=1 GLAB_CHECK_UPDATE=false GLAB_SEND_TELEMETRY=false
expect_understood glab "$real" issue list --repo https://gitlab.invalid/group/sub/name
