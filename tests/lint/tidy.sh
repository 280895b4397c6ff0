#!/bin/sh
# Runs clang-tidy (.clang-tidy says which checks) on every source of the program. usage: tidy.sh BUILD-DIRECTORY [JOBS]
set -eu
cd "$(dirname "$0")/../.."
[ -e "$1/compile_commands.json" ] || {
  echo "tidy: no compile_commands.json in '$1'; configure it first" >&2
  exit 1
}
# One report at a time, whole.
# shellcheck disable=SC2016 # the inner shell expands it
LC_ALL=C find git-session -name '*.cpp' -print0 | xargs -0 -P "${2:-1}" -n 1 sh -c '
  output=$(clang-tidy --quiet -p "$0" "$1" 2>&1) || {
    printf "%s\n" "$output" | grep -v "warnings generated" >&2
    exit 1
  }' "$1"
