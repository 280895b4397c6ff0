#!/usr/bin/env bash
# At each place the completions offer what fits there, and nothing else: bash through git's own, fish where it is.
. "$E2E/lib.sh"
. "$E2E/close.sh"
scripts=$PROGRAM/../completions
gits=/usr/share/bash-completion/completions/git
[ -e "$gits" ] && [ -e "$scripts/bash/git-session" ] || exit 77

git init -q .
echo a >a
git add a
git commit -q -m "chore: begin"
git session init >/dev/null 2>&1
git add -A
git commit -q -m "chore: set up"
GIT_TEST_DATE_NOW=1767225600 git session start -q --title Closed >/dev/null 2>&1
echo more >>a
GIT_TEST_DATE_NOW=1767225600 git session snapshot create -q --label early >/dev/null
GIT_TEST_DATE_NOW=1767225600 git session close -q --yes --no-push >/dev/null 2>&1
GIT_TEST_DATE_NOW=1767312000 git session start -q --title Open >/dev/null 2>&1
echo more >>a
git session snapshot create -q --label kept >/dev/null
closed=main-2026-01-01-0000
open=main-2026-01-02-0000

in_bash() { # in_bash WORD…: what may follow, sorted, on one line
  bash --norc -c '. "$1"; . "$2"; shift 2
    COMP_WORDS=(git session "$@" "") COMP_CWORD=$(($# + 2)) COMP_LINE="git session $* " COMPREPLY=()
    COMP_POINT=${#COMP_LINE}
    __git_wrap__git_main
    printf "%s\n" "${COMPREPLY[@]}" | tr -d " " | sort | xargs' _ "$gits" "$scripts/bash/git-session" "$@"
}
expect_equal "$(in_bash show)" "$closed"
expect_equal "$(in_bash undo)" "$closed"
expect_equal "$(in_bash abandon --session)" "$open"
expect_equal "$(in_bash show --format)" "html json md text"
expect_equal "$(in_bash log --gate)" "lint test typecheck"
expect_equal "$(in_bash issue show)" ""
expect_equal "$(in_bash scope show)" ""
# What a close keeps for its undo is no snapshot.
git for-each-ref --format='%(refname)' refs/so-snapshots/ | grep -q @undo || fail "nothing is kept for an undo"
snapshots="$closed/wave-0-before-close $open/wave-0-kept"
for verb in show diff restore drop; do expect_equal "$(in_bash snapshot $verb)" "$snapshots" "$verb"; done
# Paused sessions: the open one is none yet. A pipe in place of a STATE.md keeps nobody waiting.
mkdir .claude
mkfifo .claude/STATE.md
expect_equal "$(in_bash resume)" ""
rm .claude/STATE.md
git session pause -q
snapshots="$snapshots $open/wave-0-paused"
expect_equal "$(in_bash resume)" "$open"

command -v fish >/dev/null || exit 0
in_fish() { # in_fish WORDS
  fish --no-config -c "source $scripts/fish/git-session.fish; complete -C 'git-session $1 '" | cut -f 1 | sort | xargs
}
expect_equal "$(in_fish show)" "$closed"
expect_equal "$(in_fish "issue show")" ""
expect_equal "$(in_fish "snapshot drop")" "$snapshots"
expect_equal "$(in_fish resume)" "$open"
