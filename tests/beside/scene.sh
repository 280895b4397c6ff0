# shellcheck shell=bash
# The scene: three items in five files, one of them with two hunks far apart; another user's dirty and untracked files
# and last commit; other branches; another clone. $CASE/plain, and the same with a submodule in $CASE/submodule.

set_the_scene() { # NAME
  local -x GIT_AUTHOR_DATE='@1767139200 +0000' GIT_COMMITTER_DATE='@1767139200 +0000' # the day before
  mkdir "$CASE/$1" "$CASE/$1/r"
  cd "$CASE/$1" || exit 1
  git init -q --bare origin.git
  git init -q repo
  cd repo || exit 1
  mkdir src lib docs
  for file in src/a src/gone lib/b docs/c other theirs; do seq 40 >$file; done
  if [ "$1" = submodule ]; then add_submodule; fi
  git add .
  git commit -qm "chore: begin"
  git session init --records "${RECORDS:-tracked}" >/dev/null 2>&1 || exit 1
  git config session.vcs local
  # shellcheck disable=SC2016 # expanded when it runs
  git config session.test-command 'sh "$BESIDE/gate"'
  git add .
  git commit -qm "chore: set up"
  git remote add origin ../origin.git
  git push -qu origin main
  for branch in side pick; do
    git switch -qc $branch main
    echo "theirs-$branch" >$branch
    git add $branch
    earlier git commit -qm "theirs: $branch"
  done
  git switch -q main
  echo theirs-0 >>other
  earlier git commit -qm "theirs: not pushed yet" other
  git clone -q ../origin.git ../other
  git -C ../other remote set-url origin ../origin.git # relative, so that it is the copy's own
  if [ "$1" = submodule ]; then git -C sub checkout -q HEAD~1; fi
  mkdir -p .git/hooks .git/objects/{0,1,2,3,4,5,6,7,8,9,a,b,c,d,e,f}{0,1,2,3,4,5,6,7,8,9,a,b,c,d,e,f} # keeps the boundaries the same
  for hook in pre-commit prepare-commit-msg commit-msg post-commit pre-push; do
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nexec sh "$BESIDE/boundary" "$0"\n' >.git/hooks/$hook
    chmod +x .git/hooks/$hook
  done
  echo theirs-dirty >>theirs
  echo theirs-untracked >untracked
  cat >../plan.toml <<'PLAN'
title = "Three things"
type = "feature"
[[item]]
title = "The first"
files = ["src/**"]
[[item]]
title = "The second"
files = ["lib/**"]
[[item]]
title = "The third"
files = ["docs/**"]
PLAN
  env "${SESSION[@]}" git session start --plan ../plan.toml >/dev/null 2>&1 || exit 1
  sed -i '3s/.*/ours-a1/; 37s/.*/ours-a2/' src/a
  rm src/gone
  echo ours-new >src/new
  sed -i '1s/.*/ours-b/' lib/b
  sed -i '1s/.*/ours-c/' docs/c
  git status --porcelain >../status
  R=$CASE/$1/r
  git rev-parse HEAD >"$R/base"
  commits >"$R/commits"
  look last
}

earlier() { env "${OTHER[@]}" GIT_AUTHOR_DATE="$GIT_AUTHOR_DATE" GIT_COMMITTER_DATE="$GIT_COMMITTER_DATE" "$@"; }

add_submodule() {
  git init -q ../library
  git -C ../library commit -q --allow-empty -m "chore: begin"
  git -C ../library commit -q --allow-empty -m "chore: go on"
  git submodule --quiet add ../library sub
}
