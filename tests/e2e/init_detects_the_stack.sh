#!/usr/bin/env bash
# The gates' commands are found from a project's build files.
. "$E2E/lib.sh"

detects() { # detects NAME TEST-COMMAND FILE…
  local name=$1 command=$2 file
  shift 2
  new_repo "$name"
  for file; do commit_file "$file" '{}'; done
  expect_exit 0 git session config test-command
  grep -qE -- "$command" "$OUT" || fail "$name: '$(cat "$OUT")' does not match '$command'"
  cd "$CASE"
}
detects pnpm '^pnpm test --run$' package.json pnpm-lock.yaml
detects npm '^npm (run )?test' package.json package-lock.json
detects yarn '^yarn ' package.json yarn.lock
detects bun '^bun ' package.json bun.lockb
detects cargo '^cargo test' Cargo.toml
detects go '^go test' go.mod
detects cmake 'ctest' CMakeLists.txt
detects meson '^meson test' meson.build
detects make '^make ' Makefile
detects maven 'mvn.* test|mvnw.* test' pom.xml
detects gradle 'gradle.* (test|check)' build.gradle
detects pytest 'pytest' pytest.ini
detects dotnet '^dotnet test' App.sln

new_repo nothing
expect_exit 0 git session config --list --json
expect_json '."test-command" == null'
