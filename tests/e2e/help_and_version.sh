#!/usr/bin/env bash
# -h prints a short usage on stdout, --help opens the manual of the command, --version says the version.
. "$E2E/lib.sh"

expect_exit 0 git session -h
expect_out_matches "^[Uu]sage: git session"
for command in init start status snapshot gc close config; do expect_out "$command"; done
for command in init start status snapshot gc close config; do
  expect_exit 0 git session "$command" -h
  expect_out_matches "^[Uu]sage: git session $command"
done
expect_exit 0 git session close -h
for option in --dry-run --decide --yes --continue --abort --edit --no-push --no-mirror --base --json; do expect_out "$option"; done

expect_exit 0 git session --version
expect_out_matches '^git-session [0-9]+\.[0-9]+\.[0-9]+'

cat >"$CASE/bin/man" <<'MAN'
#!/bin/sh
printf '%s\n' "$@" >"$CASE/man.arguments"
MAN
chmod +x "$CASE/bin/man"
for command in init start status snapshot gc close config; do
  rm -f "$CASE/man.arguments"
  expect_exit 0 git session "$command" --help
  expect_file_has "$CASE/man.arguments" "git-session-$command"
done
git session --help
expect_file_has "$CASE/man.arguments" "git-session"
