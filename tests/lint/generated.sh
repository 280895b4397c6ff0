#!/bin/sh
# The documents that are generated from the program's tables are up to date.
# usage: generated.sh PROGRAM-DIRECTORY [update]
set -eu
docs=$(cd "$(dirname "$0")/../../docs" && pwd)
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
failed=0
for pair in phases:close-phases.md configuration:configuration.md secrets:secrets.md; do
  "$1/git-session-docs" "${pair%%:*}" >"$fresh"
  file=$docs/${pair#*:}
  if [ "${2:-}" = update ]; then
    cat "$fresh" >"$file"
  elif ! diff -u "$file" "$fresh"; then
    echo "generated: '$file' is out of date; run: cmake --build build/dev --target update-docs"
    failed=1
  fi
done
exit "$failed"
