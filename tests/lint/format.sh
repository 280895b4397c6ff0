#!/bin/sh
# Fails where clang-format would change a C++ file. Exits 77 (skipped) without clang-format.
set -eu
cd "$(dirname "$0")/../.."
command -v clang-format >/dev/null 2>&1 || {
  echo "format: no clang-format here"
  exit 77
}
LC_ALL=C find git-session tests -type f \( -name '*.h' -o -name '*.cpp' \) -exec clang-format --dry-run -Werror {} +
