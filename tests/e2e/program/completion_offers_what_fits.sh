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
git session issue create -q --title "One more" >/dev/null
expect_equal "$(in_bash issue show)" 1
expect_equal "$(in_bash issue close)" 1
expect_equal "$(in_bash scope show)" ""
expect_equal "$(in_bash init --records)" "private tracked"
expect_equal "$(in_bash hooks install --with)" "post-index-change pre-commit"
expect_equal "$(in_bash config enforcement)" "off strict warn"
expect_equal "$(in_bash config set persistence)" "false true"
in_bash config set | grep -q "test-command" || fail "no keys"
expect_equal "$(in_bash claim)" a
in_bash help | grep -qw hook && fail "the internal command is offered"
# What a close keeps for its undo is no snapshot.
git for-each-ref --format='%(refname)' refs/so-snapshots/ | grep -q @undo || fail "nothing is kept for an undo"
# By the names that the commands show: the open session's are labels.
snapshots="kept $closed/before-close"
for verb in show diff restore drop; do expect_equal "$(in_bash snapshot $verb)" "$snapshots" "$verb"; done
expect_equal "$(in_bash snapshot diff kept)" "$snapshots"
expect_equal "$(in_bash snapshot drop kept)" "$snapshots"
# After it come paths, which bash completes by itself.
expect_equal "$(in_bash snapshot restore kept)" ""
expect_equal "$(in_bash snapshot restore --session $open)" "$snapshots"
# Paused sessions: the open one is none yet. A pipe in place of a STATE.md keeps nobody waiting.
mkdir .claude
mkfifo .claude/STATE.md
expect_equal "$(in_bash resume)" ""
rm .claude/STATE.md
git session pause -q
snapshots="$closed/before-close $open/kept $open/paused"
expect_equal "$(in_bash resume)" "$open"

expect_equal "$(in_bash --session)" "$open"

# A named session by its name, too; and what no shell could take for a word is not offered.
git session resume -q
git session start -q --name docs --title Docs >/dev/null 2>&1
in_bash status --session | grep -qw docs || fail "the name is not offered"
git session abandon -q --session docs >/dev/null 2>&1 </dev/null
git update-ref 'refs/so-snapshots/$(x)/wave-0-y' HEAD
expect_equal "$(in_bash snapshot show | grep -c x)" 0

if command -v zsh >/dev/null; then
  # A real terminal of zsh's own; what Tab makes of the line is read after the next command.
  in_zsh() { # in_zsh WORDS
    zsh -f -c '
      zmodload zsh/zpty
      zpty z "zsh -f -i"
      zpty -w z "PROMPT=; RPROMPT=; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; unsetopt zle_bracketed_paste; \
        stty cols 200; unsetopt list_beep; setopt no_always_last_prompt auto_list; bindkey \"^I\" complete-word; print REA\"\"DY"
      zpty -r -m z line "*READY*"
      zpty -w -n z "git session $2"$'"'\t'"'
      local text all= quiet=0 waited=0
      while ((waited < 100 && (quiet < 10 || $#all == 0))); do
        if zpty -r -t z text; then all+=$text quiet=0; else sleep 0.05; ((++quiet, ++waited)); fi
      done
      print -r -- $all
      zpty -d z' _ "$scripts/zsh" "$1" | tr -d '\r' | sed 's/\x1b\[[0-9;?]*[A-Za-z]//g' | tr '\n' ' '
  }
  in_zsh "snapshot restore ke" | grep -q "restore kept" || fail "zsh: $(in_zsh "snapshot restore ke")"
  in_zsh "snapshot restore kept " | grep -qw a || fail "zsh: $(in_zsh "snapshot restore kept ")"
  in_zsh "claim " | grep -qw a || fail "zsh: $(in_zsh "claim ")"
  in_zsh "issue show " | grep -qw "show 1" || fail "zsh: $(in_zsh "issue show ")"
  in_zsh "config enforcement " | grep -qw strict || fail "zsh: $(in_zsh "config enforcement ")"
  in_zsh "init --records " | grep -qw tracked || fail "zsh: $(in_zsh "init --records ")"
  in_zsh "status " | grep -q -- " -" && fail "zsh: $(in_zsh "status ")"
fi

command -v fish >/dev/null || exit 0
in_fish() { # in_fish WORDS
  fish --no-config -c "source $scripts/fish/git-session.fish; complete -C 'git-session $1 '" | cut -f 1 | sort | xargs
}
expect_equal "$(in_fish show)" "$(in_bash show)"
expect_equal "$(in_fish "issue show")" 1
expect_equal "$(in_fish "snapshot drop")" "$(in_bash snapshot drop)"
expect_equal "$(in_fish "snapshot restore")" "$(in_bash snapshot drop)"
in_fish "snapshot restore kept" | grep -qw a || fail "no paths"
in_fish claim | grep -qw a || fail "no paths"
expect_equal "$(in_fish "config enforcement")" "off strict warn"
expect_equal "$(in_fish "init --records")" "private tracked"
