#!/usr/bin/env bash
# Hooks installed by several processes at once are there once, before the existing hook; concurrent inits write one file.
. "$E2E/lib.sh"

new_repo
printf '#!/bin/sh\necho mine >>"%s"\n' "$CASE/ran" >.git/hooks/post-commit
chmod +x .git/hooks/post-commit
for i in $(seq 12); do
  git session hooks install >"$CASE/said$i" 2>&1 || echo failed >>"$CASE/said$i" &
done
wait
cat "$CASE"/said* >"$OUT"
expect_no_out failed
expect_no_out "No such file"
commit_file a
expect_equal "$(cat "$CASE/ran")" mine
expect_exit 0 git session hooks uninstall
commit_file b
expect_equal "$(grep -c mine "$CASE/ran")" 2
expect_no_file .git/hooks/pre-push

printf '# Project\n' >CLAUDE.md
for i in $(seq 12); do
  git session init >"$CASE/init$i" 2>&1 || echo failed >>"$CASE/init$i" &
done
wait
cat "$CASE"/init* >"$OUT"
expect_no_out failed
expect_equal "$(grep -c '^## Session Config' CLAUDE.md)" 1
