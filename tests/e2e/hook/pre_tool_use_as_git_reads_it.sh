#!/usr/bin/env bash
# Lines are read as git reads them. Each of these is run, and was denied just where something is lost by it (work in a file,
# a stash, another worktree, a branch, or what the remote had), or where it stages a file that it does not name.
. "$E2E/lib.sh"

world=$CASE/world
new_repo world/repo
commit_file AGENTS.md "## Session Config"
commit_file src/a.c one
commit_file b.c one
git init -q --bare "$world/remote.git"
git -C "$world/remote.git" config receive.advertisePushOptions true
git remote add origin "$world/remote.git"
git branch -q merged
git switch -qc side && commit_file side.c one && git switch -q main
git push -q origin main side
git push -q origin "$(git commit-tree -p main -m theirs 'main^{tree}'):refs/heads/main"
commit_file c.c one
git worktree add -q -b elsewhere ../other
git worktree add -q -b clean ../clean
echo stashed >b.c && git stash -q
echo mine >src/a.c
echo mine >b.c
echo new >u.c
echo new >src/u.c
echo mine >../other/b.c
git session start --scope 'src/**' -q
git session scope set --enforcement strict -q
cp -a "$world" "$CASE/template"

fresh() {
  cd "$CASE"
  rm -rf "$world"
  cp -a "$CASE/template" "$world"
  cd "$world/repo"
}
# All that could be lost. A ref may move on, but not back.
held() {
  cat src/a.c b.c u.c src/u.c ../other/b.c 2>/dev/null
  git stash list
  for commit in $commits; do git branch -q --contains "$commit" --format='%(objectname)' | grep -q . && echo "$commit"; done
  for commit in $theirs; do git -C ../remote.git branch --contains "$commit" | grep -q . && echo "$commit"; done
  git -C ../remote.git for-each-ref --format='%(refname)' refs/heads/main refs/heads/side
}
# Of a file that no line names.
staged() { git rev-parse :b.c HEAD:b.c; }
commits=$(git for-each-ref --format='%(objectname)' refs/heads)
theirs=$(git -C ../remote.git for-each-ref --format='%(objectname)' refs/heads)

# judge WHAT NAME: each line of standard input is answered by whether what WHAT prints changes.
judge() {
  local wrong=0 right=0 line code before after
  while IFS= read -r line; do
    fresh
    jq -cn --arg command "$line" --arg cwd "$PWD" \
      '{cwd: $cwd, tool_name: "Bash", tool_input: {command: $command}}' >"$CASE/call"
    code=0
    git session hook pre-tool-use <"$CASE/call" >"$OUT" 2>"$ERR" || code=$?
    before=$("$1" || true)
    bash -c "$line" >"$CASE/said" 2>&1 </dev/null || true
    after=$("$1" || true)
    if [ "$after" = "$before" ]; then
      right=$((right + 1))
      [ $code = 0 ] || fail "denied, but nothing is $2 by it: $line"
    else
      wrong=$((wrong + 1))
      [ $code = 2 ] || fail "allowed, but something is $2 by it: $line"
    fi
  done
  if [ $wrong -lt 15 ] || [ $right -lt 15 ]; then fail "$wrong lines of which something is $2, $right others: too few"; fi
}

judge held lost <<'EOF_LINES'
git reset --hard
git reset --har
git reset --soft --hard
git reset --hard --soft
git reset --keep HEAD
git reset -q -- src/a.c
git checkout -f
git checkout --forc
git checkout -f --no-force
git checkout -qf side
git checkout .
git checkout :/
git checkout HEAD -- '*'
git checkout -- src/..
git checkout -- "$PWD"
git checkout merged -- README.md
git checkout -b --force
git switch -f side
git switch --discard-changes side
git switch --disc side
git switch -c x
git switch side
git restore :/
git restore '*'
git restore "**"
git restore ':(top)'
git restore ':(glob)**'
git restore ':!README.md'
git restore ':^README.md'
git restore README.md ':!src'
git restore ':(literal)*'
git restore -s main .
git restore -SW .
git restore --stag --workt .
git restore --staged .
git restore -- "${PWD}"
git restore "$(pwd)"
git restore "$(git rev-parse --show-toplevel)"
git restore "$PWD/README.md"
git -C src restore ..
git -C src restore ../README.md
git clean -fd
git clean -nfd
git clean -n -d -f
git clean -f --dry-run
git clean -fen
git clean -f -e -n
git clean -n --no-dry-run -f
git clean -f --no-force
git clean -d
git clean -- -f
git -c clean.requireForce=false clean
git -c clean.requireForce=true clean
git rm -rf .
git rm -rfn .
git rm -r .
git stash drop
git stash clear
git stash list
git read-tree -u --reset HEAD
git read-tree --res -u HEAD
git read-tree -n -u --reset HEAD
git read-tree --reset HEAD
git checkout-index -fa
git checkout-index -a
git worktree remove -f ../other
git worktree remove --forc ../other
git worktree remove ../other
git worktree remove ../clean
git branch -D side
git branch -d -f side
git branch --del --force side
git branch -d side
git branch -d merged
git branch -- -D
git update-ref -d refs/heads/side
git update-ref -m why -d refs/heads/side
git update-ref -d refs/remotes/origin/side
git push -f origin main
git push origin +main
git push origin +HEAD:main
git push --force-with-lease=main:HEAD origin main
git push --force-with-lease=main:HEAD origin +main
git push origin main
git push -nf origin main
git push --dry-run origin +main
git push --force --no-force origin main
git push -o -n -f origin main
git push origin :side
git push -d origin side
git push origin --delete side
git push --del origin side
git push -n origin :side
git push --prune origin 'refs/heads/x*:refs/heads/s*'
git push --mirror origin
git push origin HEAD:other
git push -- --force
rm -rf src
rm -r --forc src
rm -- -rf
EOF_LINES

judge staged staged <<'EOF_LINES'
git add -A
git add --al
git add -A --no-all
git add -An
git add --dry -A
git add -A --refresh
git add -A src
git add -- -A
git add .
git add "$PWD"
git add "${PWD}/."
git add "$PWD/src"
git add "$(pwd)"
git add src/..
git add src/../src
git add :
git add :/
git add :/src
git add '**'
git add 'src/*'
git add ':(top)'
git add ':!README.md'
git add src ':!src/u.c'
git -C src add ..
git add -u
git add --upd
git add --renormalize
git add --renormalize .
git add -n --no-dry-run .
git commit -am x
git commit -a --no-all -m x
git commit -a --short
git commit -a --dry-run
git commit --mess -a
git commit -m -a --allow-empty
git commit -m x --allow-empty -- src
git commit -m x .
git commit -im x :/
git commit -m x "$PWD"
EOF_LINES
