#!/bin/sh
# Runs shellcheck on every shell script of the project. Exits 77 (skipped) without shellcheck.
set -eu
cd "$(dirname "$0")/../.."
command -v shellcheck >/dev/null 2>&1 || {
  echo "shell: no shellcheck here"
  exit 77
}
# Recorded scripts of other programs are not ours. A script starts with a shell's #! line or is sourced by one that does.
find setup .ci docs hooks tests completions man -type f ! -path '*/recorded-hooks/*' -exec sh -c '
  for file do
    case $file in *.sh) printf "%s\0" "$file"; continue ;; esac
    read -r first <"$file" 2>/dev/null || continue
    case $first in "#!"*sh | "#!"*sh\ *) printf "%s\0" "$file" ;; esac
  done' sh {} + | xargs -0 shellcheck -x
