#!/usr/bin/env bash
# The real gh accepts every command that is sent.
. "$E2E/lib.sh"
. "$E2E/close.sh"
. "$E2E/trackers.sh"
command -v gh >/dev/null || skip "gh is not installed"
version=$(gh --version | sed -n 's/^gh version 2\.\([0-9]*\).*/\1/p')
[ "${version:-0}" -ge 23 ] || skip "gh is older than 2.23"

# Every form of command, as recorded from closes against the stand-in.
real=$(command -v gh)
fake_tracker gh
touch "$CASE/gh/strict-labels"
fake_issue gh 7 "Work" "status:in-progress"
fake_issue gh 8 "Gone"
fake_issue gh 9 "Open" "status:in-progress"
jq '.milestone = {number: 3, title: "v1.2"}' "$CASE/gh/issues/9.json" >"$CASE/9" && mv "$CASE/9" "$CASE/gh/issues/9.json"
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
git remote set-url origin https://ghe.invalid/owner/name
git config session.vcs github
mkdir src
echo a >src/a
expect_exit 0 git session close --json
expect_outcome issues ok
make_requests ghe.invalid
expect_equal "$(fake_calls gh | jq -r '.[1] + " " + .[2]' | sort -u | paste -sd,)" \
  "issue close,issue comment,issue create,issue edit,issue list,issue view,label create,pr create,pr edit,pr list"

export GH_ENTERPRISE_TOKEN=none GH_HOST=ghe.invalid GH_PROMPT_DISABLED=1 GH_NO_UPDATE_NOTIFIER=1
expect_understood gh "$real" issue list --repo ghe.invalid/owner/name
