#!/usr/bin/env bash
# The completion scripts in their own shells: `git session <Tab>` offers the commands, and a command its options.
# usage: completions.sh bash|zsh|fish PROGRAM-DIRECTORY COMPLETIONS-DIRECTORY     77: no such shell here
set -u
shell=$1
PATH=$2:$PATH
scripts=$(realpath "$3")
conf=$(realpath "$(dirname "$0")/../../completions/git-session-conf.fish")
command -v "$shell" >/dev/null || {
  echo "completions: no $shell here"
  exit 77
}
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data TERM=dumb
git init -q "$home/repo"
cd "$home/repo" || exit 1

git_completion=/usr/share/bash-completion/completions/git
if [ "$shell" = bash ] && [ ! -e "$git_completion" ]; then
  echo "completions: no completion of git's own here"
  exit 77
fi

# What each shell offers for a command line, one candidate a line.
complete_in() {
  case $1 in
    bash) complete_bash "$2" ;;
    fish) complete_fish "$2" ;;
    zsh) complete_zsh "$2" ;;
  esac
}
complete_bash() {
  bash --norc -c '
    source "$1"
    source "$2"
    read -ra COMP_WORDS <<<"$3"
    case $3 in *" ") COMP_WORDS+=("") ;; esac
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$3 COMP_POINT=${#3} COMP_TYPE=9
    __git_wrap__git_main
    printf "%s\n" "${COMPREPLY[@]}"' _ "$git_completion" "$scripts/bash/git-session" "$1" | sed 's/[= ]*$//'
}
# shellcheck disable=SC2016 # fish expands it
complete_fish() {
  fish -c '
    set -p fish_complete_path $argv[1]
    source $argv[2]
    complete -C $argv[3]' "$scripts/fish" "$conf" "$1" | cut -f 1
}
# A real terminal of zsh's own, in which Tab is pressed; what it lists is read off the screen.
complete_zsh() {
  zsh -f -c '
    zmodload zsh/zpty
    zpty z "zsh -f -i"
    zpty -w z "PROMPT=; RPROMPT=; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; unsetopt zle_bracketed_paste; \
      stty cols 200 rows 400; zstyle \":completion:*\" list-prompt \"\"; zstyle \":completion:*\" verbose no; \
      LISTMAX=10000; setopt no_always_last_prompt auto_list no_list_beep no_auto_menu; bindkey \"^I\" list-choices; print REA\"\"DY"
    zpty -r -m z line "*READY*"
    zpty -w -n z "$2"$'"'\\t'"'
    # Done when there was output, and then none for half a second.
    local text all= quiet=0 waited=0
    while ((waited < 200 && (quiet < 10 || $#all == 0))); do
      if zpty -r -t z text; then all+=$text quiet=0; else sleep 0.05; ((++quiet, ++waited)); fi
    done
    print -r -- $all
    zpty -d z' _ "$scripts/zsh" "$1" | tr -d '\r' | tr -s ' ' '\n'
}

failed=0
offers() { # offers LINE CANDIDATE…
  local line=$1 got
  shift
  got=$(complete_in "$shell" "$line" 2>&1)
  for candidate; do
    printf '%s\n' "$got" | grep -qxF -- "$candidate" || {
      printf "completions: %s: '%s' does not offer '%s', but:\n%s\n" "$shell" "$line" "$candidate" "$got"
      failed=1
      return
    }
  done
  echo "ok: $shell: $line"
}

"$shell" -n "$scripts/$shell/"* || failed=1
offers "git session " init start status plan snapshot claim learn gc close config
[ "$shell" = zsh ] || offers "git ses" session # zsh offers what its own completion of git lists
offers "git session sn" snapshot
offers "git session snapshot " create list show drop
offers "git session close --d" --dry-run --decide
offers "git session start --t" --type --title
offers "git session gc --" --older-than --dry-run --json
exit "$failed"
