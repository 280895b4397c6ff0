#!/usr/bin/env bash
# Whoever wrote the repository put there what lies in it: links, pipes, sockets and huge files in place of each file that
# is read or written. Nothing outside the tree changes, nothing hangs or fills the memory.
. "$E2E/lib.sh"
. "$E2E/close.sh"

mkdir "$CASE/outside"
echo "outside" >"$CASE/outside/file"
git init -q r && cd r || exit
git session init --records tracked >/dev/null 2>&1
git add -A && git commit -q -m "chore: set up"
start_session --scope "src/"
printf '#!/bin/sh\n' >.git/hooks/post-commit
cp -R . "$CASE/clean"

outside() { (cd "$CASE" && cat outside/file r/.git/hooks/post-commit r/.git/config | sha256sum && ls outside); }
fresh() {
  cd "$CASE"
  rm -rf r && cp -R clean r && cd r
  mkdir -p src && echo a >src/a.c
  before=$(outside)
}
# bounded NAME COMMAND…: at most 20 seconds and 200 MB.
bounded() {
  local name=$1 status=0 peak
  shift
  (ulimit -v 1000000 && exec /usr/bin/time -o "$CASE/peak" -f %M timeout 20 "$@") >"$OUT" 2>"$ERR" </dev/null || status=$?
  [ "$status" -ne 124 ] || fail "$name: '$*' hangs"
  [ "$status" -lt 130 ] || [ "$status" -eq 255 ] || fail "$name: '$*' ends with $status"
  peak=$(tail -n 1 "$CASE/peak")
  [ "$peak" -lt 200000 ] || fail "$name: '$*' takes $peak KB"
}
attacked() { # NAME: every command on the tree as it is
  bounded "$1" git-session status
  bounded "$1" git-session scope show
  bounded "$1" git-session scope set --add docs/
  bounded "$1" git-session hook post-commit
  bounded "$1" git-session hook pre-tool-use
  bounded "$1" git-session issue create --title "An issue"
  # A close commits a huge file of the tree as work, which takes as much memory as it takes.
  case $1 in sparse*) ;; *) bounded "$1" git-session close --yes --no-push ;; esac
  bounded "$1" git-session start --title again
  bounded "$1" git-session init
  expect_equal "$(outside)" "$before" "what is outside after $1"
}
[ -x /usr/bin/time ] || skip "no time(1) here"
! grep -q __asan_init "$PROGRAM/git-session" || skip "a sanitizer wants more memory than the limit"

files=".git-session.toml CLAUDE.md AGENTS.md .orchestrator/STATE.md .orchestrator/session-plan.toml
  .orchestrator/wave-scope.json .orchestrator/bootstrap.lock .orchestrator/policy/quality-gates.json
  .orchestrator/policy/blocked-commands.json .orchestrator/metrics/sessions.jsonl .orchestrator/metrics/events.jsonl
  .orchestrator/metrics/learnings.jsonl .orchestrator/issues/0001-x.md STATUS.md Makefile package.json
  .gitattributes .orchestrator/.gitignore"
thing() { # KIND FILE
  mkdir -p "$(dirname "$2")"
  rm -rf "$2"
  case $1 in
    hook) ln -s "$(pwd)/.git/hooks/post-commit" "$2" ;;
    config) ln -s "$(realpath --relative-to="$(dirname "$2")" .git/config)" "$2" ;;
    file) ln -s "$CASE/outside/file" "$2" ;;
    zero) ln -s /dev/zero "$2" ;;
    pipe) mkfifo "$2" ;;
    sparse) truncate -s 300M "$2" ;; # larger ones take git itself too long
  esac
}
kinds=(hook config file zero pipe sparse)
number=0
for file in $files; do
  # Each kind for the state; one after the other for the rest, so that the case ends within its time.
  chosen=("${kinds[number++ % ${#kinds[@]}]}")
  # Git itself waits for a pipe of these names, and reads all of them.
  case $file in *.gitattributes | *.gitignore) chosen=(hook file) ;; esac
  case $file in *STATE.md | *sessions.jsonl) chosen=("${kinds[@]}") ;; esac
  for kind in "${chosen[@]}"; do
    fresh
    thing "$kind" "$file"
    attacked "$kind for $file"
  done
done

for directory in .orchestrator .orchestrator/metrics .orchestrator/issues .orchestrator/policy; do
  fresh
  rm -rf "$directory" && ln -s "$CASE/outside" "$directory"
  attacked "a link for $directory"
  fresh
  rm -rf "$directory" && git init -q "$directory"
  attacked "a repository for $directory"
done

# The message names the path.
fresh
ln -sf "$CASE/outside/file" .orchestrator/STATE.md
expect_exit 128 git session status
expect_file_has "$ERR" "'.orchestrator/STATE.md' is a symbolic link, which is not followed"
fresh
rm -rf .orchestrator/metrics && ln -s "$CASE/outside" .orchestrator/metrics
git session close --yes --no-push >"$OUT" 2>&1 && fail "a close writes through a link"
expect_file_has "$OUT" "'.orchestrator/metrics' is a symbolic link, which is not followed"
expect_equal "$(outside)" "$before"

# A directory that a gate swaps for a link while the close runs.
fresh
git config session.test-command "mv .orchestrator/metrics $CASE/moved; ln -s $CASE/outside .orchestrator/metrics"
before=$(outside)
bounded "swap" git-session close --yes --no-push
expect_equal "$(outside)" "$before" "what is outside after a swap"
[ -L .orchestrator/metrics ] || fail "the gate did not run"

# A linked state directory, and git's own by another name.
fresh
git session close --yes --no-push >/dev/null 2>&1 || true
ln -s "$CASE/outside" .claude
expect_exit 1 git session start --state-dir .claude
expect_file_has "$ERR" "the state directory '.claude' is a symbolic link"
for name in .git .GIT 'git~1' '.git.' $'.g\u200cit'; do
  expect_exit 129 git session start --state-dir "$name"
  expect_file_has "$ERR" "is git's own and no state directory"
done
expect_equal "$(outside)" "$before"

# The private home: a vault is the user's own, but what is linked in it is not written to.
cd "$CASE"
git init -q p && cd p
git session init --local >/dev/null 2>&1
git commit -q --allow-empty -m "chore: start"
mkdir -p "$CASE/vault" && ln -s "$CASE/outside" "$CASE/vault/50-sessions"
git config session.vault-integration.enabled true
git config session.vault-integration.vault-dir "$CASE/vault"
start_session
echo a >a.c
bounded "vault" git-session close --yes --no-push
expect_file_has "$OUT" "'50-sessions' is a symbolic link, which is not followed"
expect_equal "$(ls "$CASE/outside")" "file"
