#!/usr/bin/env bash
# Plays a day of a session in a real terminal (tmux) and keeps what it shows, in this directory: as text at 60, 80 and 120
# columns, in a locale without UTF-8, and in colour as a page. usage: capture.sh DIRECTORY-OF-GIT-SESSION
# Needs tmux, and aha for the page. To be looked at after a change of what a person sees; nothing compares the files.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "${1:?usage: capture.sh DIRECTORY-OF-GIT-SESSION}" && pwd)
top=$(mktemp -d "${TMPDIR:-/tmp}/git-session-screens.XXXXXX")
tmux() { command tmux -L "${top##*/}" -f /dev/null "$@"; }
trap 'tmux kill-server 2>/dev/null || true; rm -rf "$top"' EXIT

# Nothing of this machine's git configuration counts.
for name in $(env | sed -n 's/^\(GIT_[A-Z0-9_]*\)=.*/\1/p'); do unset "$name"; done
export HOME=$top/home XDG_CONFIG_HOME=$top/home/.config GIT_CONFIG_NOSYSTEM=1 PATH=$program:$PATH
mkdir "$HOME"
git config --global user.name Ada
git config --global user.email ada@example.org
git config --global init.defaultBranch main

# A small project with a test and a remote.
project() {
  cd "$top"
  rm -rf project origin.git
  git init -q --bare origin.git
  git init -q project
  cd project
  git remote add origin ../origin.git
  cat >run-tests <<'TEST'
! grep -qs BROKEN src/retry.c || { echo "FAILED tests/retry.c:12: gives up after 3 tries"; echo "2 failed, 53 passed"; exit 1; }
sleep 0.3; echo "55 passed"
TEST
  mkdir src docs
  printf 'test:\n\t@sh run-tests\n' >Makefile
  echo 'int upload;' >src/upload.c
  echo 'Uploads' >docs/uploads.md
  echo 'width = 80' >settings.ini
  git add .
  git commit -qm "feat: uploads"
  git push -qu origin main
  cat >../plan.toml <<'PLAN'
title = "Uploads survive a flaky network"
[[item]]
title = "Retry with a growing pause"
files = ["src/"]
[[item]]
title = "Say so in the manual"
files = ["docs/upload.md"]
PLAN
  cat >../mistaken.toml <<'PLAN'
titel = "Uploads"
[[item]]
title = "Retry"
priority = "hihg"
PLAN
}

# wait_for PROMPT: until that is the last line.
last_line() { tmux capture-pane -p | sed '/^$/d' | tail -n 1; }
wait_for() {
  for _ in {1..300}; do
    [ "$(last_line)" != "$1" ] || return 0
    sleep 0.1
  done
  echo "capture: the terminal does not come to '$1':" >&2
  tmux capture-pane -p | sed '/^$/d' | tail -n 30 >&2
  exit 1
}
type_it() {
  tmux send-keys -l -- "$1"
  tmux send-keys Enter
  sleep 0.2
}
# say COMMAND [ANSWER…]: types it, and each answer when it is asked.
say() {
  type_it "$1"
  shift
  local answer
  for answer in "$@"; do
    wait_for '>'
    type_it "$answer"
    sleep 0.3
  done
  wait_for '$'
}

# day COLUMNS [ENVIRONMENT…]: plays it; the pane keeps it all.
day() {
  local columns=$1
  shift
  project
  tmux kill-server 2>/dev/null || true
  tmux new-session -d -x "$columns" -y 400 -c "$top/project" \
    env -u TMUX TERM=screen-256color PS1='$ ' "$@" bash --norc --noprofile
  wait_for '$'
  say "git session init" s
  git add -A && git commit -qm "chore: sessions" && git push -q
  echo 'height = 24' >>settings.ini
  say "git session start --plan ../mistaken.toml"
  say "git session start --plan ../plan.toml"
  echo 'int retry; /* BROKEN */' >src/retry.c
  echo 'retry = 3' >notes.txt
  say "git session"
  say "git session snapshot --label before-the-pause"
  say "git session close" q
  say "git session log --gate test"
  echo 'int retry;' >src/retry.c
  say "git session close --continue --no-push" d n
  say "git session undo"
  say "git session pause --shelve -m 'waits for #12'"
  say "git session"
  say "git session resume"
  say "git session snapshot diff before-the-pause --stat"
  echo 'Uploads are tried three times.' >docs/upload.md
  say "git session claim notes.txt"
  say "git session close --yes"
  say "git session log"
  say "git session doctor"
  say "git session clsoe"
  say "git session undo -h"
}
# Without what differs from one run to the next.
stable() { sed -e "s|$top|/tmp/demo|g" -e 's/[[:space:]]*$//' | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'; }
text() { tmux capture-pane -p -S - | stable; }

for columns in 60 80 120; do
  day "$columns" NO_COLOR=1 LC_ALL=C.UTF-8
  text >"$here/$columns.txt"
done
day 80 NO_COLOR=1 LC_ALL=C
text >"$here/ascii.txt"
if command -v aha >/dev/null; then
  day 80 LC_ALL=C.UTF-8
  tmux capture-pane -p -e -S - | stable | aha --title "git session, at 80 columns" >"$here/colour.html"
else
  echo "capture: no aha here: colour.html is not made anew" >&2
fi
