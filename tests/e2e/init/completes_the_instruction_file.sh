#!/usr/bin/env bash
# Where CLAUDE.md or AGENTS.md exists, init completes its Session Config block and leaves every other byte alone.
. "$E2E/lib.sh"

programs_are_here pnpm

for name in CLAUDE.md AGENTS.md; do
  new_repo "$name.d"
  commit_file package.json '{"scripts":{"test":"x"}}'
  commit_file pnpm-lock.yaml 'lockfileVersion: 9'
  printf '# Project\n\nWords of a person.  \n' >$name
  cp $name "$CASE/before"
  expect_exit 0 git session init --records tracked
  expect_file_has $name "## Session Config"
  expect_file_has $name "pnpm"
  cmp -n "$(stat -c %s "$CASE/before")" "$CASE/before" $name || fail "the beginning of $name changed"
  expect_no_file .git-session.toml
  remember_tree
  expect_exit 0 git session init --records tracked
  expect_same_tree
done

# A block that already exists is not written over.
new_repo written.d
printf '# P\n\n## Session Config\n\n- **test-command:** make mine\n\n## More\n\ntext\n' >CLAUDE.md
expect_exit 0 git session init --records tracked
expect_file_has CLAUDE.md "- **test-command:** make mine"
expect_equal "$(grep -c '^## Session Config$' CLAUDE.md)" 1
expect_equal "$(tail -n 3 CLAUDE.md)" "$(printf '## More\n\ntext')"
expect_exit 0 git session config test-command
expect_equal "$(cat "$OUT")" "make mine"

# Through a link its target is written, and named.
new_repo linked.d
echo '# Agents' >AGENTS.md
ln -s AGENTS.md CLAUDE.md
git add .
git commit -q -m "docs: agents"
expect_exit 0 git session init
expect_out "completed  AGENTS.md"
expect_out "by the link CLAUDE.md"
expect_err "git add AGENTS.md'"
git add AGENTS.md
git commit -q -m "chore: set up"
expect_equal "$(git status --porcelain)" ""
expect_exit 0 git session start
