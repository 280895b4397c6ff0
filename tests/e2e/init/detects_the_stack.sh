#!/usr/bin/env bash
# The gates' commands are found from a project's build files; missing commands are not invented.
. "$E2E/lib.sh"

project() { # project NAME [FILE CONTENT]…
  new_repo "$1"
  shift
  while [ $# -gt 0 ]; do
    commit_file "$1" "$2"
    shift 2
  done
}
programs_are_here pnpm npm yarn bun cargo go cmake meson make mvn gradle pytest dotnet
detects() { # detects NAME TEST-COMMAND [FILE CONTENT]…
  local name=$1 command=$2
  shift 2
  project "$name" "$@"
  expect_exit 0 git session config test-command
  grep -qE -- "$command" "$OUT" || fail "$name: '$(cat "$OUT")' does not match '$command'"
  cd "$CASE"
}
vitest='{"scripts":{"test":"vitest"}}'
jest='{"scripts":{"test":"jest"}}'
detects pnpm '^pnpm test --run$' package.json "$vitest" pnpm-lock.yaml ''
detects npm '^npm (run )?test' package.json "$jest" package-lock.json '{}'
detects yarn '^yarn ' package.json "$jest" yarn.lock ''
detects bun '^bun ' package.json "$jest" bun.lockb ''
detects cargo '^cargo test' Cargo.toml '[package]'
detects go '^go test' go.mod 'module example.org/a'
detects cmake 'ctest' CMakeLists.txt 'enable_testing()'
detects meson '^meson .*meson test|^meson test' meson.build "project('a')"
detects make '^make (test|check)$' Makefile "$(printf 'check:\n\t./run-tests\n')"
detects maven 'mvn.* test|mvnw.* test' pom.xml '<project/>'
detects gradle 'gradle.* (test|check)' build.gradle ''
detects pytest 'pytest' pytest.ini '[pytest]'
detects dotnet '^dotnet test' App.sln ''

for name in nothing unscripted; do
  if [ $name = nothing ]; then project nothing; else project unscripted package.json '{}'; fi
  expect_exit 0 git session config --list --json
  expect_json '."test-command" == null'
  expect_exit 1 git session config test-command
  expect_empty_out
  cd "$CASE"
done

# What this machine lacks is named, and neither set nor found again.
mkdir "$CASE/few"
for tool in bash sh git sed cat date env mktemp; do ln -s "$(command -v $tool)" "$CASE/few/$tool"; done
ln -s "$(command -v git-session)" "$CASE/few/git-session"
project lacks package.json "$jest" package-lock.json '{}'
expect_exit 0 env PATH="$CASE/few" git-session init
expect_out "not set: 'npm test' needs npm, which is not installed"
expect_file_has .git-session.toml '# test-command = "npm test"   # npm was not there'
expect_exit 1 env PATH="$CASE/few" git-session config test-command
git add .git-session.toml
git commit -q -m "chore: set up"
expect_exit 0 env PATH="$CASE/few" git-session start
echo 1 >a
expect_exit 0 env PATH="$CASE/few" git-session close --json --no-push
expect_json '.phases[] | select(.id == "gate") | .outcome == "warn" and (.findings[].title | contains("needs npm, which is not installed"))'
