#!/usr/bin/env bash
# Sources of truth: files that are too old, files that a session suggests reviewing, and the figures of STATUS.md.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
bare_remote
GIT_COMMITTER_DATE="2020-01-01T00:00:00Z" commit_file docs/old.md
start_session --scope "src/" --scope "package.json"
findings() { jq -r '.phases[] | select(.id == "ssot") | .findings[] | "\(.file) \(.title)"' "$OUT"; }
mkdir src
echo a >src/a.c

dry_close
expect_outcome ssot ok
expect_equal "$(summary ssot)" "0 files: 0 stale; 0 suggestions"

# A file's age is that of the newest commit that touched it, or that of the file.
commit_file docs/new.md
touch -d 2020-01-01 docs/new.md
echo "*.log" >.git/info/exclude
touch -d 2020-01-02 run.log
for file in docs/old.md docs/new.md run.log docs/none.md ../outside.md; do git config --add session.ssot-files "$file"; done
dry_close
expect_outcome ssot warn
expect_equal "$(findings)" "docs/old.md last changed on 2020-01-01, more than 5 days ago
run.log last changed on 2020-01-02, more than 5 days ago
docs/none.md there is no such file
../outside.md there is no such file"
git config session.ssot-freshness-days 100000
dry_close
expect_equal "$(findings | wc -l)" 2
git config --unset-all session.ssot-files

expect_exit 0 git session close --json

# Suggestions are not warnings and change nothing.
commit_file CLAUDE.md "# A project"
commit_file STATUS.md "Tests: 3"
mkdir -p .orchestrator/rules
printf -- '---\nglobs: src/*.c, x/**\n---\nRules for C.\n' >.orchestrator/rules/c.md
printf -- '---\nglobs: docs/**\n---\nRules for docs.\n' >.orchestrator/rules/docs.md
printf -- '---\nglobs: [\n---\n' >.orchestrator/rules/broken.md
git add .orchestrator/rules
git commit -q -m "docs: rules"
start_session --scope "src/" --scope "package.json"
echo b >src/a.c
echo "{}" >package.json
mkdir src/up
for n in 1 2 3 4 5; do echo $n >src/up/$n.js; done
dry_close
expect_outcome ssot ok
expect_equal "$(findings)" "STATUS.md this session changed 7 files, and not this one
CLAUDE.md conventions may have changed with package.json
.orchestrator/rules/c.md this rule covers what changed: src/a.c
null no rule covers 'src/up/*.js', where this session changed several files"
head=$(git rev-parse HEAD)
expect_exit 0 git session close --json
expect_equal "$(cat STATUS.md CLAUDE.md)" "Tests: 3
# A project"
expect_equal "$(git diff --name-only "$head" HEAD -- STATUS.md CLAUDE.md .orchestrator/rules)" ""

# Figures, between the markers that STATUS.md has for them, in the records' commit.
mark() { printf 'Updated <!-- git-session:updated -->%s<!-- /git-session -->, tests <!-- git-session:tests -->%s<!-- /git-session -->.\n' "$1" "$2"; }
mark "-" "-" >STATUS.md
printf '<!-- git-session:bugs -->7<!-- /git-session -->\n' >>STATUS.md
git commit -q -m "docs: figures" STATUS.md
git config session.test-command 'echo "3 passed"'
start_session --scope "src/"
echo c >src/a.c
dry_close
expect_equal "$(findings | head -1)" ".orchestrator/rules/c.md this rule covers what changed: src/a.c"
expect_equal "$(findings | tail -1)" "STATUS.md there is no figure 'bugs'"
expect_json '.phases[] | select(.id == "state") | .summary | contains("STATUS.md")'
expect_exit 0 git session close --json
today=$(date -u +%F)
expect_equal "$(cat STATUS.md)" "$(mark "$today" "3/3")
<!-- git-session:bugs -->7<!-- /git-session -->"
expect_equal "$(git status --porcelain)" ""
committed_files HEAD >"$CASE/committed"
expect_file_has "$CASE/committed" STATUS.md

# If the session itself changed STATUS.md, it is committed whole; if others did, it is left alone.
start_session --scope "src/" --scope STATUS.md
echo d >src/a.c
mark "-" "-" >STATUS.md
echo "Two bugs." >>STATUS.md
expect_exit 0 git session close --json
expect_equal "$(git show HEAD:STATUS.md)" "$(mark "$today" "3/3")
Two bugs."
expect_equal "$(git status --porcelain)" ""
mark "-" "somebody's" >STATUS.md
start_session --scope "src/"
echo e >src/a.c
expect_exit 0 git session close --json
expect_equal "$(cat STATUS.md)" "$(mark "-" "somebody's")"
expect_equal "$(git status --porcelain)" " M STATUS.md"

# Killed or aborted, it is put back with the rest.
git checkout -q STATUS.md
mark "-" "-" >STATUS.md
git commit -q -m "docs: figures again" STATUS.md
git push -q
start_session --scope "src/"
echo f >src/a.c
mv "$CASE/origin.git" "$CASE/elsewhere.git"
expect_exit 1 git session close --json
expect_outcome push block
expect_equal "$(cat STATUS.md)" "$(mark "$today" "3/3")"
expect_exit 0 git session close --abort --json
expect_json '.restored | index("STATUS.md") != null'
expect_equal "$(cat STATUS.md)" "$(mark "-" "-")"
