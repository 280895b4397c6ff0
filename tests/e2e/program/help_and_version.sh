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
expect_exit 0 git session --version --json
expect_json '.schema == "git-session/version/1" and (.version | test("^[0-9]+[.][0-9]+[.][0-9]+"))'
# Nothing in the parser's own wording.
for words in config start "snapshot drop" "issue create" "hooks install"; do
  # shellcheck disable=SC2086 # several words
  expect_exit 0 git session $words -h
  for word in Excludes REQUIRED POSITIVE '{' ' ...'; do expect_no_out "$word"; done
done

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
# The page of a command is also the page of its subcommands, whatever arguments they require.
for words in learn hook issue "issue create" "issue show" "snapshot create" "snapshot list" "snapshot drop" "scope set" \
  "hooks install"; do
  rm -f "$CASE/man.arguments"
  # shellcheck disable=SC2086 # several words
  expect_exit 0 git session $words --help
  expect_equal "$(cat "$CASE/man.arguments")" "git-session-${words%% *}"
done
git session --help
expect_file_has "$CASE/man.arguments" "git-session"
