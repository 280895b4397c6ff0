#!/bin/sh
# Checks the rules of docs/architecture.md that a compiler does not: which file may include what, and
# what only some folders may do. usage: layering.sh [TREE]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$here/../..}"

if [ -z "$(find git-session -type f -name '*.cpp')" ]; then
  echo "layering: no sources below $(pwd)/git-session" >&2
  exit 1
fi
LC_ALL=C find git-session -type f \( -name '*.h' -o -name '*.cpp' \) -exec awk -f "$here/layering.awk" {} +
