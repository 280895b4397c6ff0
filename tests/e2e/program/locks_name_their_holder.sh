#!/usr/bin/env bash
# A process that waits in vain for a list that another one is changing names the holder, and changes nothing.
. "$E2E/lib.sh"

session_repo
git session start -q --title a
mkdir -p .git/git-session/locks
remember_tree
trap 'kill $(cat "$CASE/holders") 2>/dev/null || true' EXIT
lock() {
  printf '%s 2026-11-22T12:59:15.123Z\n' "$$" >".git/git-session/locks/$1"
  (
    exec 9<".git/git-session/locks/$1"
    flock 9
    exec sleep 60
  ) &
  echo $! >>"$CASE/holders"
  while flock -n ".git/git-session/locks/$1" true; do sleep 0.01; done
}
for name in issues scope learned hooks config setup; do lock $name; done
try() { # try NAME COMMAND…
  local name=$1 code=0
  shift
  "$@" >"$CASE/$name.out" 2>"$CASE/$name.err" || code=$?
  echo "$code" >"$CASE/$name.code"
}
try issues git session issue create --title a &
tried=($!)
try scope git session scope set --add "a/" & tried+=($!)
try learned git session learn --type a --subject b --insight c & tried+=($!)
try hooks git session hooks install & tried+=($!)
try config git session config remote a & tried+=($!)
try setup git session init & tried+=($!)
wait "${tried[@]}"
said() { # said NAME WHAT
  expect_equal "$(cat "$CASE/$1.code")" 128
  expect_file_has "$CASE/$1.err" "fatal: cannot change $2: locked by pid $$ since 2026-11-22T12:59:15.123Z"
  expect_file_has "$CASE/$1.err" "wait for it, or end that process"
}
said issues "the local issues"
said scope "the scope"
said learned "the noted learnings"
said hooks "the hooks"
said config "the configuration"
said setup "the repository's set-up"
expect_same_tree
expect_no_file .git/hooks/post-commit
