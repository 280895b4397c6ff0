#!/bin/sh
# A whole session in a temporary directory, from `init` to `close`: each command is printed before it runs, and each
# claim is checked after. Run by `./setup demo`, with git-session on PATH. Leaves nothing behind.
set -eu

top=$(mktemp -d "${TMPDIR:-/tmp}/git-session-demo.XXXXXX")
trap 'cd /; rm -rf "$top"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Nothing of this machine's git configuration counts, and none of it is touched.
for name in $(env | sed -n 's/^\(GIT_[A-Z0-9_]*\)=.*/\1/p'); do unset "$name"; done
export HOME="$top/home" XDG_CONFIG_HOME="$top/home/.config" GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0
mkdir "$HOME"
git config --global user.name "Ada"
git config --global user.email "ada@example.org"
git config --global init.defaultBranch main

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$(printf '\033[1m') dim=$(printf '\033[2m') plain=$(printf '\033[0m')
else
  bold='' dim='' plain=''
fi
note() { printf '\n%s# %s%s\n' "$dim" "$*" "$plain"; }
wrong() {
  printf '\ndemo: %s\n' "$*" >&2
  exit 1
}
# show COMMAND: prints it as it would be typed, and runs it; it must succeed.
show() {
  printf '%s$ %s%s\n' "$bold" "$1" "$plain"
  eval "$1" || wrong "'$1' exited with $?"
}
# show_failing N COMMAND: the same for a command that must exit with N.
show_failing() {
  printf '%s$ %s%s\n' "$bold" "$2" "$plain"
  code=0
  eval "$2" || code=$?
  [ "$code" -eq "$1" ] || wrong "'$2' exited with $code, not $1"
  printf '%s(exit code %s)%s\n' "$dim" "$code" "$plain"
}
check() { # check WHAT COMMAND…
  what=$1
  shift
  "$@" >/dev/null 2>&1 || wrong "not so: $what"
  printf '%s✓ %s%s\n' "$dim" "$what" "$plain"
}
same() { [ "$1" = "$2" ]; }

note "A small project with a test, and a remote to push to."
git init -q --bare "$top/remote.git"
git init -q "$top/project"
cd "$top/project"
mkdir tests
printf 'echo "Hello, world"\n' >greet.sh
# The test notes that it ran, so that this demonstration can tell.
cat >tests/run.sh <<'TEST'
echo ran >>"$(dirname "$0")/../../gate-ran"
out=$(sh greet.sh Ada)
if [ "$out" = "Hello, Ada" ]; then echo "1 passed"; else echo "greet.sh said: $out"; echo "0 passed, 1 failed"; exit 1; fi
TEST
printf 'Greets whoever runs it.\n' >README.md
printf 'colours: undecided\n' >design.txt
git add -A
git commit -q -m "feat: a greeting"
git remote add origin "$top/remote.git"
git push -q -u origin main
show "git log --oneline"

note "Set it up once: a file with the commands of the gates. Those of git's configuration are your own, and run unasked."
show "git session init"
show "git session config test-command 'sh tests/run.sh'"
show "git add -A && git commit -q -m 'chore: set up sessions'"

note "Another person is at work in the same tree: one file dirty, one staged."
show "echo 'colours: maybe blue' >design.txt"
show "echo 'ask Grace about blue' >ideas.txt && git add ideas.txt"

note "A plan: what is to be done, in which files, and how to see that it was."
cat >"$top/plan.toml" <<'PLAN'
title = "Greet people by name"
type = "feature"

[[item]]
title = "Greet the person who is named"
type = "feat"
files = ["greet.sh"]
verify = "sh greet.sh Grace | grep Grace"

[[item]]
title = "Greet in other languages"
priority = "low"
files = ["languages/**"]
why = "no time left today"
PLAN
show "cat ../plan.toml"
show "git session start --plan ../plan.toml"

note "The work. A snapshot keeps it as it is now; tree, index and stash are not touched."
show "printf 'echo \"Hallo, \$1\"\n' >greet.sh"
show "git session snapshot --label first-try"
show "git session snapshot list"
show "git session status"

note "Close it. The gate runs the tests, and they fail: nothing is committed."
show_failing 1 "git session close --yes"
check "the test ran" test -s "$top/gate-ran"
check "nothing was committed" same "$(git log -1 --format=%s)" "chore: set up sessions"

note "Fix it, and continue where it stopped."
show "printf 'echo \"Hello, \$1\"\n' >greet.sh"
show "git session close --continue --yes"

note "One commit for each unit of work, with none of the other person's changes."
show "git log -1 --stat --format='%n%h %s'"
show "git status --short"
check "the work is committed" same "$(git show HEAD:greet.sh)" "$(cat greet.sh)"
check "design.txt is as dirty as it was" same "$(git diff --name-only)" "design.txt"
check "ideas.txt is still staged, and in no commit" same "$(git diff --cached --name-only)" "ideas.txt"
check "everything was pushed" same "$(git rev-parse main)" "$(git -C "$top/remote.git" rev-parse main)"
check "the session's snapshots are gone" same "$(git for-each-ref refs/so-snapshots)" ""

note "What was not done is an issue now, in the git directory, since this project has no other tracker."
show "git session issue show 1"
check "the session has its record" test -s .git/git-session/records/sessions.jsonl
check "nothing of the session is in the tree" same "$(git ls-files | tr '\n' ' ')" ".git-session.toml README.md design.txt greet.sh ideas.txt tests/run.sh "

note "That was in $top; it is removed now."
