#!/usr/bin/env bash
# An isolated gate sees what is committed, and nothing else: a forgotten file makes it fail and is named, another session's
# broken work does not.
. "$E2E/lib.sh"
. "$E2E/close.sh"

gates() { ls -A "$HOME/.cache/git-session/gates"; }
gate() { jq -r ".phases[] | select(.id == \"gate\") | $1" "$OUT"; }

new_repo
commit_file .gitignore config.local.h
bare_remote
git config session.test-command compile
start_session --scope src/
mkdir -p src
echo '#include "config.local.h"' >src/a.c
echo "#define A" >config.local.h
cat >"$CASE/bin/compile" <<'COMPILE'
#!/bin/sh
grep -h include src/*.c | tr -d '"' | while read -r _ file; do
  test -e "$file" || { echo "src/a.c:1: fatal error: $file: No such file"; exit 1; }
done
COMPILE
chmod +x "$CASE/bin/compile"

# In the work tree it passes.
expect_exit 0 git session close --dry-run --json
expect_outcome gate ok

remember_tree
expect_exit 2 git session close --isolated --json
expect_outcome gate block
expect_equal "$(gate .hint | cut -d';' -f1)" "config.local.h is in the work tree but not in what is committed"
expect_equal "$(gate '.findings[] | .title | select(contains("config.local.h"))')" "config.local.h is in the work tree but not in what is committed"
expect_same_tree
expect_equal "$(gates)" ""
expect_no_file .git/worktrees

# A dry run says the same, and lists what is untracked too.
git session close --abort >/dev/null
mv config.local.h config.other.h
echo '#include "config.other.h"' >src/a.c
expect_exit 0 git session close --isolated --dry-run --json --yes
expect_equal "$(gate .hint | cut -d';' -f1)" "config.other.h is in the work tree but not in what is committed"
expect_equal "$(gates)" ""
expect_no_file "$(journal)"

# Whose that file is has to be decided before the gates can run.
expect_exit 2 git session close --isolated --json
expect_equal "$(gate .summary)" "the gates wait for the decision on file ownership"
expect_json '[.decisions[] | select(.chosen == null) | .id] == ["unclaimed"]'
expect_exit 2 git session close --continue --decide unclaimed=leave --json
expect_equal "$(gate .hint | cut -d';' -f1)" "config.other.h is in the work tree but not in what is committed"
# --isolated lasts until the close ends.
expect_exit 0 git session close --continue --decide unclaimed=include --json
expect_json '.status == "closed"'
expect_json '.report.tested_tree == $tree and .report.not_isolated == []' --arg tree "$(file_oid "HEAD^{tree}")"
expect_equal "$(work_files | paste -sd,)" config.other.h,src/a.c

# Another session's work is broken. In the work tree, the gate fails.
start_session --scope src/
echo broken >>README.md
echo "int b;" >src/b.c
git config session.test-command '! grep -q broken README.md'
expect_exit 2 git session close --json --decide unclaimed=leave
expect_outcome gate block
git session close --abort >/dev/null
git config session.gate-isolation worktree
expect_exit 0 git session close --json --decide unclaimed=leave
expect_json '.status == "closed"'
expect_equal "$(work_files)" src/b.c
expect_equal "$(git status --porcelain)" " M README.md"
expect_equal "$(git ls-remote -q origin refs/heads/main | cut -f1)" "$(git rev-parse HEAD)"
