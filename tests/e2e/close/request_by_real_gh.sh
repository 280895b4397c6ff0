#!/usr/bin/env bash
# The real gh, against a stand-in of GitHub's API on loopback: two closes with --pr give one pull request, whose text is
# the second one's report.
. "$E2E/lib.sh"
. "$E2E/close.sh"
command -v gh >/dev/null || skip "gh is not installed"
command -v python3 >/dev/null || skip "python3 is not installed"
version=$(gh --version | sed -n 's/^gh version 2\.\([0-9]*\).*/\1/p')
[ "${version:-0}" -eq 23 ] || skip "the stand-in answers what gh 2.23 asks"

# gh speaks plain HTTP with this host, so a proxy can be the host.
api=$CASE/api
mkdir "$api"
python3 "$E2E/github_api.py" "$api" &
server=$!
trap 'kill $server 2>/dev/null' EXIT
for _ in $(seq 100); do
  [ -s "$api/port" ] && break
  sleep 0.05
done
HTTP_PROXY=http://127.0.0.1:$(cat "$api/port")
http_proxy=$HTTP_PROXY
export HTTP_PROXY http_proxy GH_TOKEN=none GH_PROMPT_DISABLED=1 GH_NO_UPDATE_NOTIFIER=1 GH_CONFIG_DIR="$CASE/gh-config"

new_repo
git session init --local -q
bare_remote
git config remote.origin.pushurl "$CASE/origin.git"
git remote set-url origin https://github.localhost/owner/name.git
git config session.vcs github
asked() { jq -r '.query' "$api/requests" | grep -cE "(query|mutation) $1\b" || true; }

mkdir src
start_session --title "Retry uploads" --scope 'src/'
echo a >src/a.c
expect_exit 0 git session close --pr=draft --yes --json
expect_json '.request == {number: 1, url: "https://github.localhost/owner/name/pull/1", draft: true, outcome: "opened"}'
expect_equal "$(jq -r '.[0] | [.title, .headRefName, .baseRefName, .isDraft] | join("|")' "$api/pulls.json")" "Retry uploads|retry-uploads|main|true"
jq -r '.[0].body' "$api/pulls.json" >"$CASE/body"
expect_file_has "$CASE/body" "## Session Summary"

start_session --title "Once more" --scope 'src/'
echo b >>src/a.c
expect_exit 0 git session close --pr --yes --json
expect_json '.request | .number == 1 and .outcome == "updated"'
expect_equal "$(jq length "$api/pulls.json")" 1
jq -r '.[0].body' "$api/pulls.json" >"$CASE/body"
expect_file_has "$CASE/body" "Once more"
expect_equal "$(asked PullRequestCreate) $(asked PullRequestUpdate)" "1 1"
expect_equal "$(git -C "$CASE/origin.git" rev-parse retry-uploads)" "$(git rev-parse HEAD)"
