#!/usr/bin/env bash
# The real gh understands every command that is sent: against a host that does not exist, it complains about the
# connection, never about the command line. What glab is sent is held against its documentation by fake_glab.
. "$E2E/lib.sh"
. "$E2E/close.sh"
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
expect_equal "$(fake_calls gh | jq -r '.[1] + " " + .[2]' | sort -u | paste -sd,)" \
  "issue close,issue comment,issue create,issue edit,issue list,issue view,label create"

# A proxy that nobody listens at, so that the test does not depend on name servers.
export GH_ENTERPRISE_TOKEN=none GH_HOST=ghe.invalid GH_PROMPT_DISABLED=1 GH_NO_UPDATE_NOTIFIER=1
export HTTPS_PROXY=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9
while IFS= read -r call; do
  mapfile -d '' -t arguments < <(jq -j '.[1:][] + "\u0000"' <<<"$call")
  code=0
  "$real" "${arguments[@]}" >"$OUT" 2>"$ERR" </dev/null || code=$?
  expect_equal "$code" 1 "exit code of gh ${arguments[*]}"
  grep -qiE 'connect|proxy|dial tcp|lookup' "$ERR" || fail "gh ${arguments[*]}: not as far as the connection"
  if grep -qiE 'unknown|usage|flag' "$ERR"; then fail "gh ${arguments[*]}: not understood"; fi
done < <(fake_calls gh | sort -u)
# The test can fail.
"$real" issue list --repo ghe.invalid/owner/name --nope >"$OUT" 2>"$ERR" && fail "gh takes anything"
grep -q "unknown flag" "$ERR" || fail "gh complains otherwise"
