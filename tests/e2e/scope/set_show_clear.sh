#!/usr/bin/env bash
# A scope is set, extended, shown and cleared; what other tools wrote into the file stays, and an unreadable file is not
# overwritten.
. "$E2E/lib.sh"

session_repo
file=.orchestrator/wave-scope.json

expect_exit 0 git session scope --json
expect_json '.schema == "git-session/scope-show/1" and .scope == null and .enforcement == "warn"'
expect_exit 0 git session scope
expect_out "no scope is set"

expect_exit 0 git session scope set 'src/**' tests/ --enforcement strict --wave 2 --role Impl --blocked-command 'git stash'
expect_equal "$(jq -c . "$file")" \
  '{"wave":2,"role":"Impl","enforcement":"strict","allowedPaths":["src/**","tests/"],"blockedCommands":["git stash"]}'
expect_exit 0 git session scope show
for text in "$file" "wave 2, Impl" strict 'src/**' 'git stash'; do expect_out "$text"; done
cp "$file" "$CASE/before"
inode=$(stat -c %i "$file")
expect_exit 0 git session scope set 'src/**' tests/ --json
expect_json '.changed == false and .file == ".orchestrator/wave-scope.json" and .allowed_paths == ["src/**", "tests/"]'
cmp -s "$file" "$CASE/before" || fail "setting the same again changed the file"
expect_equal "$(stat -c %i "$file")" "$inode"

# Adding keeps, setting replaces; what is not named stays.
expect_exit 0 git session scope set --add docs/a.md 'src/**'
expect_equal "$(jq -c .allowedPaths "$file")" '["src/**","tests/","docs/a.md"]'
expect_exit 0 git session scope set 'lib/**'
expect_equal "$(jq -c '[.allowedPaths, .enforcement, .wave]' "$file")" '[["lib/**"],"strict",2]'
expect_exit 0 git session scope set --enforcement warn
expect_equal "$(jq -c '[.allowedPaths, .enforcement]' "$file")" '[["lib/**"],"warn"]'

# Keys of other tools, and their order.
printf '{"note":"kept","allowedPaths":["a"],"gates":{"path-guard":false,"x":1},"enforcement":"warn"}' >"$file"
expect_exit 0 git session scope set --add b
expect_equal "$(jq -c . "$file")" \
  '{"note":"kept","allowedPaths":["a","b"],"gates":{"path-guard":false,"x":1},"enforcement":"warn"}'
expect_exit 0 git session scope
expect_out "path-guard is off"
expect_err "gate 'x'"

# Another directory's file takes precedence, and that is reported.
mkdir .claude && echo '{"allowedPaths":["c"],"enforcement":"off"}' >.claude/wave-scope.json
expect_exit 0 git session scope set d --state-dir .orchestrator
expect_err "'.claude/wave-scope.json' is read first"
expect_equal "$(jq -c .allowedPaths "$file")" '["d"]'
expect_equal "$(jq -c .allowedPaths .claude/wave-scope.json)" '["c"]'
rm -r .claude

expect_exit 0 git session scope clear
expect_no_file "$file"
expect_exit 0 git session scope clear --json
expect_json '.existed == false'

# A new file takes the configured enforcement and gates.
git config session.enforcement strict
git config session.enforcement-gates.command-guard false
expect_exit 0 git session scope set x
expect_equal "$(jq -c '[.enforcement, .gates]' "$file")" '["strict",{"command-guard":false}]'

# Bad input writes nothing.
cp "$file" "$CASE/before"
refused() { # refused TEXT ARGUMENT…
  local text=$1
  shift
  expect_exit 129 git session scope set "$@"
  expect_err "$text"
  cmp -s "$file" "$CASE/before" || fail "the file changed: $*"
}
refused "nothing to set"
refused "absolute" /etc/passwd
refused "leads out of a directory" a/../b
refused "write 'src/a.c'" 'src\a.c'
refused "empty" ''
refused "not UTF-8" $'\xff'
refused "hard" --enforcement hard
refused "--wave" --wave -1
refused "--wave" --wave two
refused "--blocked-command" --blocked-command ' '
for broken in '{' '[]' '' '"x"'; do
  printf '%s' "$broken" >"$file"
  expect_exit 128 git session scope set x
  expect_err "$file"
  expect_err "scope clear"
  expect_equal "$(cat "$file")" "$broken"
done
expect_exit 0 git session scope
expect_out "nothing"
expect_err "$file"
expect_exit 0 git session scope clear
expect_exit 129 git session scope nope
expect_exit 129 git session scope clear extra
