#!/usr/bin/env bash
# `git session issue` uses the configured tracker: files, gh, glab.
. "$E2E/lib.sh"

fake_tracker gh
fake_tracker glab
fake_issue gh 7 "Seven" "type:bug"
fake_issue glab 8 "Eight" "type:bug"
new_repo
git config session.records tracked
expect_exit 0 git session issue list
expect_out "no open issues"
expect_exit 0 git session issue create --title "Retry uploads" --body "They fail." --label type:bug --priority high
expect_out "filed #1"
expect_exit 0 git session issue create --title "Retry uploads" --json
expect_json '.created == false and .issue.reference == "#1" and .tracker == "local"'
expect_exit 0 git session issue list --json
expect_json '.schema == "git-session/issue-list/1" and [.issues[] | [.reference, .title, .state, .labels, .priority, .file]] ==
  [["#1", "Retry uploads", "open", ["priority:high", "status:ready", "type:bug"], "high", ".orchestrator/issues/0001-retry-uploads.md"]]'
expect_exit 0 git session issue show '#1'
expect_out "They fail."
expect_no_out "<!--"
expect_exit 0 git session issue show 1 --json
expect_json '.issue.body == "\nThey fail.\n"'
expect_equal "$(sed -n 's/^session://p; s/^origin: //p' .orchestrator/issues/0001-*)" "$(printf '\nmanual')"
expect_exit 0 git session issue close 1 -m "mended"
expect_out "closed #1  Retry uploads"
expect_exit 0 git session issue close 1
expect_out "closed already: #1"
expect_equal "$(grep -c '^## Comment' .orchestrator/issues/0001-*)" 1
expect_exit 0 git session issue list
expect_out "no open issues"
expect_exit 0 git session issue list --all
expect_out_matches '^#1 +closed +Retry uploads'
# Again, now that it is closed: a new one.
expect_exit 0 git session issue create --title "Retry uploads" --json
expect_json '.created and .issue.reference == "#2"'
# An unreadable file is named.
printf 'no frontmatter\n' >.orchestrator/issues/0003-torn.md
expect_exit 0 git session issue list
expect_err "warning: '.orchestrator/issues/0003-torn.md' has no frontmatter"
for verb in show close; do
  expect_exit 1 git session issue $verb 3
  expect_err "warning: '.orchestrator/issues/0003-torn.md' has no frontmatter"
done
rm .orchestrator/issues/0003-torn.md
expect_exit 1 git session issue show 99
expect_err "error: local has no issue #99"
expect_exit 129 git session issue show x1
expect_exit 129 git session issue create --title ""
expect_exit 129 git session issue create --title a --priority urgent
expect_exit 129 git session issue create
git session issue list --all >"$CASE/listed"
expect_exit 0 git session issue --all
expect_equal "$(cat "$OUT")" "$(cat "$CASE/listed")"
expect_exit 0 git session issue create "By position" --json
expect_json '.created and .issue.title == "By position"'

git config session.vcs github
expect_exit 0 git session issue list --json
expect_json '[.issues[] | [.reference, .url]] == [["#7", "https://github.com/owner/name/issues/7"]]'
expect_exit 0 git session issue create --title "New" --json
expect_json '.issue.reference == "#101"'
expect_exit 0 git session issue close 7 --not-planned -m "no"
expect_equal "$(jq -c '[.state, .reason, .comments[0].body]' "$CASE/gh/issues/7.json")" '["CLOSED","not planned","no"]'
expect_exit 0 git session issue show 7 --json
expect_json '.issue.state == "closed" and .issue.comments == ["no"]'
echo "To get started with GitHub CLI, please run:  gh auth login" >"$CASE/gh/fail"
expect_exit 1 git session issue list --json
expect_json '.error.message == "gh: To get started with GitHub CLI, please run:  gh auth login" and .error.hint == "log in with '"'gh auth login'"'"'

git config session.vcs gitlab
expect_exit 0 git session issue create --title "New" --label x
expect_out "filed #11"
expect_exit 0 git session issue list --limit 1 --json
expect_json '[.issues[].reference] == ["#11"]'
expect_exit 0 git session issue close 8
expect_equal "$(jq -r .state "$CASE/glab/issues/8.json")" closed

git config session.vcs none
expect_exit 1 git session issue list
expect_err "there is no tracker: vcs is none"
