#!/usr/bin/env bash
# gh and glab are asked for their log-in, with a time limit, and not for a host that only the repository names.
. "$E2E/lib.sh"
. "$E2E/close.sh"
. "$E2E/doctor.sh"

new_repo
git session init --local >/dev/null 2>&1
git session hooks install >/dev/null
look 0
finding tracker fine local
git remote add origin https://github.com/owner/name
if ! command -v gh >/dev/null; then
  look 0
  finding tracker note "origin is on github.com, but gh is not installed: issues are kept here" "install gh"
fi

fake_tracker gh
look 1
finding tracker error "no log-in at github.com: gh: You are not logged into any GitHub hosts" "gh auth login --hostname github.com"
expect_equal "$(fake_calls gh | tail -n 1)" '["gh","auth","status","--hostname","github.com"]'
echo github.com >"$CASE/gh/log-ins"
look 0
finding tracker fine "gh is logged in to github.com"

# What is said about the connection is no log-out.
echo "error connecting to github.com: dial tcp: lookup github.com: no such host" >"$CASE/gh/fail"
look 1
finding tracker warning "error connecting to github.com" "waits for the next one"
rm "$CASE/gh/fail"
echo 30 >"$CASE/gh/slow"
git config session.tracker-timeout 1s
look 1
finding tracker warning "timed out after 1 s"
rm "$CASE/gh/slow"
git config --unset session.tracker-timeout

# A host that a file of the repository names: not asked, and no token is sent there.
fake_tracker glab
rm -f "$CASE/glab.calls"
printf 'vcs = "gitlab"\ngitlab-host = "git.example.org"\n' >.git-session.toml
GITLAB_TOKEN=secret look 0
finding tracker note "'git.example.org' is named by a file of the repository, and not trusted yet" "decision trust"
expect_no_file "$CASE/glab.calls"
rm .git-session.toml
git config session.vcs gitlab
git config session.gitlab-host git.example.org
look 1
finding tracker error "no log-in at git.example.org: glab: x git.example.org: API call failed: 401" "glab auth login --hostname git.example.org"
echo git.example.org >"$CASE/glab/log-ins"
look 0
finding tracker fine "glab is logged in to git.example.org"

# Without the program; a remote that is not there; the queue.
git config session.vcs github
PATH=${PATH#"$CASE/bin:"}
if ! command -v gh >/dev/null; then
  look 1
  finding tracker error "gh is not installed" "git session config vcs local"
fi
git config session.vcs local
git config session.remote upstream
look 1
finding tracker warning "remote 'upstream' (git config (local)) does not exist" "git remote add upstream URL"
git config --unset session.remote
mkdir -p .git/git-session
printf '{"tracker":"github","action":"create","session":"s","title":"a","priority":"low","reason":"b","labels":[],"origin":"manual"}\nnone\n' \
  >.git/git-session/queued-issues.jsonl
look 1
finding tracker note "1 task for a tracker waits for the next close"
finding records warning "queued-issues.jsonl', line 2: not a JSON object"

# Local issues that cannot be read.
mkdir -p .git/git-session/issues
printf 'no front matter\n' >.git/git-session/issues/0001-a.md
look 1
finding tracker warning "0001-a.md" "correct that file"
