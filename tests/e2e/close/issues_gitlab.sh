#!/usr/bin/env bash
# What a session did and left open, on GitLab: with glab, at the configured host, each once.
. "$E2E/lib.sh"
. "$E2E/close.sh"

fake_tracker glab
fake_issue glab 7 "Work" "status:in-progress"
fake_issue glab 8 "Gone"
fake_issue glab 9 "Left over" "status:in-progress" "team::a"
jq '.milestone = {id: 7, iid: 1, title: "v1.2"}' "$CASE/glab/issues/9.json" >"$CASE/9" && mv "$CASE/9" "$CASE/glab/issues/9.json"
session_repo
bare_remote
git config remote.origin.pushurl "$CASE/origin.git"
git remote set-url origin ssh://git@ssh.gitlab.example.org:2222/group/sub/name.git
git config session.vcs gitlab
git config session.gitlab-host gitlab.example.org
cat >"$CASE/plan.toml" <<'PLAN'
title = "Issues"
[[item]]
title = "Work"
issue = 7
files = ["src/**"]
[[item]]
title = "Gone"
issue = 8
dropped = "no longer needed"
[[item]]
title = "Left over"
issue = 9
files = ["later/**"]
PLAN
start_session --plan "$CASE/plan.toml"
mkdir src
echo a >src/a.c
touch "$CASE/glab/die.create" "$CASE/glab/die.note"
code=0
{ git session close --json >"$OUT" 2>"$ERR"; } 2>/dev/null || code=$?
expect_equal "$code" 137
{ git session close --json --continue >"$OUT" 2>"$ERR"; } 2>/dev/null || true
expect_exit 0 git session close --json --continue
expect_outcome issues ok
expect_json '[.issues[] | [.action, .reference, .outcome]] == [["close", "#7", "done"], ["close", "#8", "done"], ["create", "#11", "done"]]'
expect_json '.issues[2].url == "https://gitlab.example.org/group/sub/name/-/issues/11"'
expect_equal "$(jq -c '[.state, .labels, (.notes | length)]' "$CASE/glab/issues/7.json")" '["closed",[],1]'
jq -r '.notes[].body' "$CASE/glab/issues/8.json" >"$CASE/note"
expect_file_has "$CASE/note" "no longer needed"
expect_equal "$(jq -c '[.title, .labels, .milestone.title]' "$CASE/glab/issues/11.json")" \
  '["[Carryover] Left over",["priority:medium","status:ready"],"v1.2"]'
expect_equal "$(jq -c .labels "$CASE/glab/issues/9.json")" '["team::a","status:ready"]'
expect_no_file "$CASE/glab/issues/12.json"
expect_equal "$(fake_calls glab | jq -s 'all(index("--repo") as $at | .[$at + 1] == "https://gitlab.example.org/group/sub/name")')" true
expect_equal "$(cat "$CASE/glab.environment")" "GITLAB_HOST=gitlab.example.org
GLAB_CHECK_UPDATE=false
GLAB_NO_PROMPT=1
GLAB_PAGER=cat
GLAB_SEND_TELEMETRY=false
NO_COLOR=1"

# Not logged in: queued, and filed later, once.
printf '401 Unauthorized\nTo re-authenticate, run: glab auth login\n' >"$CASE/glab/fail"
start_session --plan "$(plan '[[item]]
title = "Later"
files = ["later/**"]')"
expect_exit 0 git session close --json
expect_outcome issues warn
expect_json '.issues[0].outcome == "queued" and (.issues[0].detail | contains("glab: 401 Unauthorized"))'
expect_json '.phases[] | select(.id == "issues") | .hint == "log in with '"'glab auth login'"'"'
rm "$CASE/glab/fail"
start_session --plan "$(plan '[[item]]
title = "Later"
files = ["later/**"]')"
expect_exit 0 git session close --json
# This session's is a comment on the one that was queued.
expect_json '[.issues[] | [.action, .reference, .outcome]] | sort == [["comment", "#12", "done"], ["create", "#12", "done"]]'
expect_equal "$(jq '.notes | length' "$CASE/glab/issues/12.json")" 1
expect_no_file "$CASE/glab/issues/13.json"

# A host named by a tracked file does not get a token from the environment.
git config --unset session.gitlab-host
printf 'gitlab-host = "gitlab.other.example"\n%s\n' "$(cat .git-session.toml)" >.git-session.toml
git commit -qam "chore: another host"
start_session --plan "$(plan '[[item]]
title = "Last"
files = ["later/**"]')"
expect_exit 0 env GITLAB_TOKEN=secret git session close --json
expect_file_has "$CASE/glab.environment" "GITLAB_HOST=gitlab.other.example"
grep -q secret "$CASE/glab.environment" && fail "the token was handed on"
true
