#!/usr/bin/env bash
# Uncommitted changes, what is staged, and paths as typed, against the scope.
. "$E2E/lib.sh"

new_repo
git config session.records tracked
mkdir -p src docs sub
for file in src/a.c docs/b.md docs/old.md docs/gone.md; do commit_file "$file"; done
paths() { json '[.violations[].path] | join(" ")'; }

expect_exit 0 git session scope check --json
expect_json '.schema == "git-session/scope-check/1" and .in_scope and .enforcement == "warn" and .violations == []'
expect_exit 0 git session scope check ../out
expect_out "no scope is set"

git session scope set 'src/**' -q
expect_exit 0 git session scope check
expect_out "allowed by .orchestrator/wave-scope.json"
echo x >>src/a.c
echo x >src/new.c
expect_exit 0 git session scope check

# Changed, deleted, untracked, and both names of a rename.
echo x >>docs/b.md
rm docs/gone.md
git mv docs/old.md docs/new.md
echo x >stray.txt
expect_exit 1 git session scope check --json
expect_equal "$(paths)" "docs/b.md docs/gone.md docs/new.md docs/old.md stray.txt"
expect_json '.in_scope == false and ([.violations[] | .rule == "allowed-paths" and .commit == null] | all)'
expect_json '.violations[0].message | contains("docs/b.md") and contains(".orchestrator/wave-scope.json")'
expect_exit 1 git session scope check
for text in "5 of" docs/b.md stray.txt "src/**"; do expect_out "$text"; done
expect_exit 1 git session scope check -q
expect_empty_out

expect_exit 1 git session scope check --staged --json
expect_equal "$(paths)" "docs/new.md docs/old.md"
git add docs/b.md
expect_exit 1 git session scope check --staged --json
expect_equal "$(paths)" "docs/b.md docs/new.md docs/old.md"

# The scope file, every STATE.md and the session's own records are not violations; similar files are.
mkdir -p .codex .orchestrator/metrics
touch .codex/STATE.md .orchestrator/session-plan.toml .orchestrator/metrics/sessions.jsonl .orchestrator/other
git reset -q --hard
rm stray.txt
expect_exit 1 git session scope check --json
expect_equal "$(paths)" ".orchestrator/other"
rm .orchestrator/other

# Paths as typed: here, there or nowhere; directories stand for the changes in them.
top=$PWD
cd src
expect_exit 0 git session scope check a.c new-one.c ../src/x/y.c "$PWD/a.c"
expect_exit 1 git session scope check a.c ../docs/b.md --json
expect_equal "$(paths)" "docs/b.md"
expect_exit 0 git session scope check . ../docs
echo x >>../docs/b.md
expect_exit 1 git session scope check ../docs --json
expect_equal "$(paths)" "docs/b.md"
cd "$top"
git checkout -q docs/b.md
expect_exit 1 git session scope check ../out /etc/passwd '' --json
expect_json '[.violations[].rule] == ["outside-tree", "outside-tree", "outside-tree"]'
ln -s /etc src/etc
ln -s .. out
ln -s ../docs src/docs
expect_exit 1 git session scope check src/etc/passwd out/x src/docs/b.md --json
expect_json '[.violations[].rule] == ["symlink", "symlink", "allowed-paths"]'
expect_exit 1 git session scope check src/etc/passwd
expect_out "symbolic link"
rm src/etc src/docs out
odd=$'docs/\xff "x"\n'
expect_exit 1 git session scope check "$odd" --json
expect_json '.violations[0].path | startswith("\"docs/\\377")'

# The switches.
scope() { printf '%s' "$1" >.orchestrator/wave-scope.json; }
scope '{"enforcement":"off","allowedPaths":[]}'
expect_exit 0 git session scope check docs/b.md --json
expect_json '.in_scope and .enforcement == "off"'
scope '{"enforcement":"strict","allowedPaths":[],"gates":{"path-guard":false}}'
expect_exit 0 git session scope check docs/b.md
scope '{"enforcement":"warn","allowedPaths":[]}'
expect_exit 1 git session scope check src/a.c
for broken in '{' '[]' '' '{"enforcement":"off"' '{"enforcement":"lenient","allowedPaths":[]}'; do
  scope "$broken"
  expect_exit 1 git session scope check src/a.c --json
  expect_json '.enforcement == "strict"'
  expect_err ".orchestrator/wave-scope.json"
  expect_exit 0 git session scope check .orchestrator/STATE.md .pi/STATE.md .orchestrator/wave-scope.json
done
rm .orchestrator/wave-scope.json
mkdir .orchestrator/wave-scope.json
expect_exit 1 git session scope check src/a.c
rmdir .orchestrator/wave-scope.json

# The first directory of the order decides.
for directory in .claude .codex .cursor .pi; do
  mkdir -p "$directory"
  printf '{"enforcement":"warn","allowedPaths":["%s-only"]}' "$directory" >"$directory/wave-scope.json"
  expect_exit 0 git session scope check "$directory-only" --json
  expect_equal "$(json .scope)" "$directory/wave-scope.json"
done
expect_exit 129 git session scope check --staged README.md
expect_exit 129 git session scope check --staged --commit HEAD
