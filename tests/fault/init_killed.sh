#!/usr/bin/env bash
# A setup that is killed before any of its writing calls, or of which one fails, is completed by the next.
. "$FAULT/lib.sh"
. "$FAULT/strikes.sh"

mkdir "$CASE/prepared"
cd "$CASE/prepared" || die "no scene"
git init -q repo
cd repo || die "no repository"
printf '{"scripts": {"test": "true"}}\n' >package.json
printf '# Agents\n' >CLAUDE.md
git add . && git commit -q -m "chore: begin"

# shellcheck disable=SC2034 # read by describe_files
metrics=none
strikes 2 init -q --records private
strikes 2 init -q --records tracked
[ "$failures" -eq 0 ] || give_up
