#!/usr/bin/env bash
# At any width summaries, details, questions, choices and hints are wrapped between words, below where they began; piped
# output is neither wrapped nor cut.
. "$E2E/lib.sh"
. "$E2E/close.sh"

long="src/fonts/**/a-name-of-some-length-that-no-column-of-a-narrow-terminal-holds.ttf"
begin --plan "$(plan '[[item]]
title = "Translate the handbook of the program into every language that its users have asked for"
files = ["'"$long"'", "docs/de/**"]
[[item]]
title = "Gone"
dropped = "superseded by what was decided the other day, for a reason that takes more than one line"')"
git config session.test-command "echo one two three four five six seven eight nine ten eleven twelve thirteen; exit 1"
mkdir -p docs/de notes
echo a >docs/de/a.md
for name in one two three; do echo "$name" >"notes/$name-of-the-notes-that-nobody-claims.txt"; done

# fits WIDTH FILE: no line is wider, unless its last word alone is.
fits() {
  local line words
  while IFS= read -r line; do
    [ "$(printf '%s' "$line" | wc -L)" -gt "$1" ] || continue
    words=$(printf '%s' "$line" | sed 's/^[ |✗✓!?-]*//')
    case $words in
      *" "*) fail "wider than $1: $line" ;;
    esac
  done <"$2"
}
for width in 40 60 80 100; do
  export COLUMNS=$width
  code=0
  git session close --dry-run >"$OUT" 2>"$ERR" || code=$?
  [ "$code" -eq 0 ] || fail "exit code $code"
  fits "$width" "$OUT"
  fits "$width" "$ERR"
  git session status >"$OUT" 2>"$ERR"
  fits "$width" "$OUT"
  code=0
  git session close >"$OUT" 2>"$ERR" || code=$?
  [ "$code" -eq 2 ] || fail "exit code $code"
  expect_err "--decide unclaimed=leave"
  expect_err "hint: fix it, then"
  expect_no_err "--yes"
  fits "$width" "$OUT"
  fits "$width" "$ERR"
  git session close --abort -q
done
unset COLUMNS

git config session.test-command true
expect_exit 2 git session close
expect_err "hint: or take every recommended choice with 'git session close --continue --yes'"
git session close --abort -q
expect_exit 0 git session status
expect_out "Translate the handbook of the program into every language that its users have asked for"
expect_out "superseded by what was decided the other day, for a reason that takes more than one line"
expect_no_out "…"
COLUMNS=60 expect_exit 0 git session status
expect_out "…"
expect_exit 0 git session close --yes
expect_exit 0 git session show
expect_out "– Gone"
expect_out "three-of-the-notes-that-nobody-claims.txt"
