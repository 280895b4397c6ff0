#!/usr/bin/env bash
# A branch that is renamed in a session, once or twice, here or in a linked worktree, is the session's still.
. "$E2E/lib.sh"
. "$E2E/close.sh"

for home in tracked private; do
  new_repo "$home"
  git session init --records $home >/dev/null 2>&1
  git add -A
  git commit -q -m "chore: set up"
  bare_remote "$home"
  git config session.remote "$home"
  git worktree add -q -b wip "$CASE/linked-$home"
  for place in "$CASE/$home" "$CASE/linked-$home"; do
    cd "$place"
    git checkout -q -b "wip-${place##*/}"
    start_session --scope 'src/**'
    git branch -m middle
    mkdir -p src
    echo 1 >"src/${place##*/}"
    git add src
    git commit -q -m "feat: committed under the middle name"
    git branch -m "feature/${place##*/}"
    echo 2 >>"src/${place##*/}"
    expect_exit 0 git session status --json
    expect_json '.session != null and ([.changes[].path | select(startswith("src/"))] | length) == 1'
    expect_exit 1 git session start
    expect_err "git session close"
    expect_exit 0 git session close --yes --json
    expect_json '.status == "closed" and .pushed'
    expect_equal "$(git ls-remote --heads "$home" "feature/*" | grep -c "feature/${place##*/}$")" 1
    expect_equal "$(git ls-remote --heads "$home" "wip*" "middle" | wc -l)" 0
    expect_equal "$(git status --porcelain)" ""
  done
done

# A branch of its name that was made anew is not it, nor is another branch.
cd "$CASE/private"
git checkout -q -b other
start_session --scope 'src/**'
git checkout -q main
git branch -m trunk
expect_exit 0 git session status --json
expect_json '.session == null'
