#!/usr/bin/env bash
# --pr opens one request for the pushed branch, with the report as its text, however often and however interrupted.
. "$E2E/lib.sh"
. "$E2E/close.sh"

fake_tracker gh
new_repo
git session init --local -q
bare_remote
git config remote.origin.pushurl "$CASE/origin.git"
git remote set-url origin git@github.com:owner/name.git
git config session.vcs none
work() { # work [start's options]: a session with a change
  start_session "$@"
  mkdir -p src
  echo "$RANDOM" >>src/a.c
}
pulls() { find "$CASE/gh/pulls" -name '*.json' 2>/dev/null | wc -l; }
pull() { jq -r "$1" "$CASE/gh/pulls/$2.json"; }

# On the default branch the session's commits get a branch of their own, called after its title.
main=$(git rev-parse main)
work --title "Retry uploads, twice!"
expect_exit 0 git session close --pr --decide unclaimed=include --dry-run --json
expect_json '.request == null and (.phases[] | select(.id == "request") | .summary | contains("origin/retry-uploads-twice"))'
expect_equal "$(fake_calls gh)$(git symbolic-ref --short HEAD)" main
expect_exit 0 git session close --pr --decide unclaimed=include --json
expect_json '.request == {number: 201, url: "https://github.com/owner/name/pull/201", draft: false, outcome: "opened"}'
expect_json '.report.request == "pull request #201: https://github.com/owner/name/pull/201"'
expect_equal "$(pull '[.title, .headRefName, .baseRefName] | join("|")' 201)" "Retry uploads, twice!|retry-uploads-twice|main"
pull .body 201 >"$CASE/body"
expect_file_has "$CASE/body" "## Session Summary"
expect_file_has "$CASE/body" "1 commit pushed to origin/retry-uploads-twice"
expect_equal "$(git symbolic-ref --short HEAD)" retry-uploads-twice
expect_equal "$(git rev-parse --symbolic-full-name '@{upstream}')" refs/remotes/origin/retry-uploads-twice
expect_equal "$(git rev-parse main) $(git -C "$CASE/origin.git" rev-parse main)" "$main $main"
expect_equal "$(git -C "$CASE/origin.git" rev-parse retry-uploads-twice)" "$(git rev-parse HEAD)"
expect_equal "$(git status --porcelain)" ""

# A second session on the branch finds the open request; its text is the new report, without what it says of a vault
# elsewhere.
git config session.vault-sync.enabled true
git config session.vault-sync.vault-dir "$CASE/vault"
mkdir "$CASE/vault"
printf -- '---\nid: BAD\n---\n' >"$CASE/vault/bad.md"
git config session.discovery-on-close true
work --title "More of it"
echo "// TODO: more" >>src/a.c
expect_exit 0 git session close --pr=draft --decide unclaimed=include --json
expect_json '.request | .number == 201 and .outcome == "updated" and (.draft | not)'
expect_equal "$(pulls)" 1
pull .body 201 >"$CASE/body"
expect_json '[.report.findings[].place] | any(startswith($vault)) and any(startswith("src/a.c:"))' --arg vault "$CASE/vault/bad.md:"
expect_json '[.report.recommendations[] | select(contains($vault))] == []' --arg vault "$CASE/vault"
expect_file_has "$CASE/body" "TODO without an issue (src/a.c:"
if grep -F "$CASE" "$CASE/body"; then fail "the request says where the vault is"; fi
git config --unset session.vault-sync.enabled
git config --unset session.discovery-on-close
expect_file_has "$CASE/body" "More of it"
# One whose text cannot be changed is named.
work --title "And more"
echo "GraphQL: Projects (classic) is being deprecated" >"$CASE/gh/fail.edit"
expect_exit 0 git session close --pr --decide unclaimed=include --json
rm "$CASE/gh/fail.edit"
expect_json '.status == "closed" and .request.number == 201 and .request.outcome == "found"'
expect_outcome request warn

# Killed after gh had made it; without a login; with another branch's name. Each once.
git checkout -q main
work --title "Killed"
touch "$CASE/gh/die.create"
git-session close --pr=draft --branch fix/killed --decide unclaimed=include >/dev/null 2>&1 && fail "it was not killed"
expect_equal "$(pulls)" 2
echo "error connecting to api.github.com" >"$CASE/gh/fail"
expect_exit 1 git session close --continue --json
expect_json '.status == "blocked" and .pushed and (.hint | contains("--continue"))'
rm "$CASE/gh/fail"
expect_exit 0 git session close --continue --json
expect_json '.request | .number == 202 and .draft and .outcome == "updated"'
expect_equal "$(pulls) $(git symbolic-ref --short HEAD) $(git rev-parse main)" "2 fix/killed $main"
# Killed while the commits moved to their branch: after that was made, and before the default branch went back.
for ref in refs/heads/moved refs/heads/main; do
  git checkout -q main
  git branch -q -D moved 2>/dev/null || true
  git push -q origin :moved 2>/dev/null || true
  work --title "Moved"
  printf '%s\n' '#!/bin/sh' '[ -e "$CASE/armed" ] || exit 0' \
    "[ \"\$1\" = prepared ] && [ $ref = refs/heads/main ] || [ \"\$1\" = committed ] || exit 0" \
    "grep -q \" $ref\$\" || exit 0" 'git rev-parse -q --verify refs/heads/moved >/dev/null || exit 0' \
    'rm "$CASE/armed"; kill -9 "$(cat "$CASE/pid")"; sleep 1' >.git/hooks/reference-transaction
  chmod +x .git/hooks/reference-transaction
  touch "$CASE/armed"
  sh -c 'echo $$ >"$CASE/pid"; exec git-session close --pr --decide unclaimed=include' >/dev/null 2>&1 && fail "it was not killed"
  expect_no_file "$CASE/armed"
  rm .git/hooks/reference-transaction
  [ "$(git rev-parse main)" != "$main" ] || fail "main is back already: $ref"
  expect_exit 0 git session close --continue --json
  expect_json '.status == "closed" and .report.push == "1 commit pushed to origin/moved"'
  expect_equal "$(git symbolic-ref --short HEAD) $(git rev-parse main)" "moved $main"
  expect_equal "$(git -C "$CASE/origin.git" rev-parse moved)" "$(git rev-parse HEAD)"
  expect_equal "$(git status --porcelain)" ""
  rm -f "$CASE"/gh/pulls/*
done
git checkout -q fix/killed
# What the host refuses ends the close with a warning.
work
echo "GraphQL: No commits between main and fix/killed" >"$CASE/gh/fail.list"
expect_exit 0 git session close --pr --decide unclaimed=include --json
rm "$CASE/gh/fail.list"
expect_outcome request warn
expect_json '.status == "closed" and .request == null and (.report.request | contains("No commits between"))'

# From a fork: the request goes to the project of key remote, with the fork's branch.
git init -q --bare "$CASE/fork.git"
git remote add fork git@github.com:kim/name.git
git config remote.fork.pushurl "$CASE/fork.git"
git checkout -q -b topic main
git config branch.topic.pushRemote fork
work
expect_exit 0 git session close --pr --decide unclaimed=include --json
expect_json '.request.outcome == "opened"'
expect_equal "$(pull '.headRepositoryOwner.login + ":" + .headRefName' 205)" kim:topic
expect_equal "$(fake_calls gh | jq -s 'all(index("--repo") as $at | .[$at + 1] == "owner/name")')" true
git config --unset branch.topic.pushRemote
# Not the fork's default branch, although only the project's is known here.
git checkout -q main
git config remote.pushDefault fork
work --title "From the fork's main"
expect_exit 0 git session close --pr --decide unclaimed=include --json
expect_equal "$(pull '.headRepositoryOwner.login + ":" + .headRefName + " " + .baseRefName' 206)" "kim:from-the-fork-s-main main"
expect_equal "$(git rev-parse main)" "$main"
git config --unset remote.pushDefault
git checkout -q topic
# A branch of that name in another's fork is another's request.
work
expect_exit 0 git session close --pr --decide unclaimed=include --decide push-target=origin/topic --json
expect_json '.request.number == 207'

# What makes no sense is refused before anything is written.
git checkout -q main
work
expect_exit 129 git session close --pr=maybe
expect_exit 129 git session close --pr --no-push
expect_exit 129 git session close --branch x
expect_exit 129 git session close --pr --branch a..b
expect_exit 1 git session close --pr --branch main --decide unclaimed=include --json
expect_json '.commits == [] and (.hint | contains("--branch"))'
git session close --abort -q
git remote set-url origin https://example.org/owner/name.git
expect_exit 1 git session close --pr --decide unclaimed=include --json
expect_json '.commits == [] and (.phases[] | select(.id == "push-target") | .summary | contains("example.org is neither GitHub nor GitLab"))'
git session close --abort -q
# A host that only the repository names gets no token before it is trusted.
fake_tracker glab
printf 'gitlab-host = "example.org"\n' >.git-session.toml
expect_exit 2 git session close --pr --yes --json
expect_json '.decisions[] | select(.id == "trust") | .detail | contains("example.org")'
expect_equal "$(fake_calls glab)" ""
git session close --abort -q
rm .git-session.toml

# GitLab: the same with glab.
git config session.gitlab-host example.org
expect_exit 0 git session close --pr=draft --branch feature/x --decide unclaimed=include --json
expect_json '.request == {number: 21, url: "https://example.org/owner/name/-/merge_requests/21", draft: true, outcome: "opened"}'
expect_json '.report.request | startswith("merge request !21 (draft): ")'
expect_equal "$(jq -r '.source_branch + "|" + .target_branch' "$CASE/glab/requests/21.json")" "feature/x|main"
work
expect_exit 0 git session close --pr --decide unclaimed=include --json
expect_json '.request.number == 21 and .request.outcome == "updated"'
