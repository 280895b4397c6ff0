#!/bin/sh
# The built manual pages pass mandoc's lint, and each has every option that its command's -h lists.
# usage: man.sh PROGRAM-DIRECTORY MAN-DIRECTORY     77: no mandoc here
set -eu
command -v mandoc >/dev/null 2>&1 || {
  echo "man: no mandoc here"
  exit 77
}
program=$1/git-session
failed=0

mandoc -T lint -W warning "$2"/*.1 || failed=1

# The commands are the program's own: `git session -h` lists them, one a line, indented.
commands=$("$program" -h | sed -n 's/^ \{2,\}\([a-z][a-z-]*\)   *.*/\1/p')
[ -n "$commands" ] || {
  echo "man: '$program -h' lists no commands"
  exit 1
}
for command in $commands; do
  page=$2/git-session-$command.1
  if [ ! -s "$page" ]; then
    echo "man: no page for '$command'"
    failed=1
    continue
  fi
  grep -q "git-session-$command" "$2/git-session.1" || {
    echo "man: git-session.1 does not name git-session-$command(1)"
    failed=1
  }
  mandoc -T ascii "$page" | col -b >"${TMPDIR:-/tmp}/man.$$"
  for option in $("$program" "$command" -h | grep -o -- '--[a-z][a-z-]*' | sort -u); do
    grep -q -- "$option" "${TMPDIR:-/tmp}/man.$$" || {
      echo "man: git-session-$command.1 does not have $option"
      failed=1
    }
  done
  rm -f "${TMPDIR:-/tmp}/man.$$"
done
exit "$failed"
