#!/usr/bin/env bash
# Docs tasks against what changed: each source, each status, every outcome of the phase, each choice, and the report.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
mkdir src docs
echo a >src/a.c
tasks() { jq -r '.report.docs_coverage.tasks[] | "\(.id) \(.status)"' "$OUT" | paste -sd,; }
problem() { jq -r '.phases[] | select(.id == "docs") | .findings[] | select(.severity == "high") | .title' "$OUT"; }
state=.orchestrator/STATE.md
cp $state "$CASE/state"
with_tasks() { TASKS="docs-tasks:$1" awk '/^status:/ { print ENVIRON["TASKS"] } { print }' "$CASE/state" >$state; }

dry_close
expect_outcome docs skip
expect_equal "$(summary docs)" "docs-orchestrator is not enabled"
expect_json '.report.docs_coverage == null'
git config session.docs-orchestrator.enabled true
git config session.docs-orchestrator.mode off
dry_close
expect_outcome docs skip
git config session.docs-orchestrator.mode warn
dry_close
expect_outcome docs skip
expect_equal "$(summary docs)" "no docs tasks in STATE.md, the plan or --docs-tasks"

# A list that cannot be read is an error in the report, and blocks nothing.
git config session.docs-orchestrator.mode strict
with_tasks ' later'
dry_close
expect_outcome docs warn
expect_equal "$(problem)" "docs-tasks of STATE.md is not a list"
expect_json '.report.warnings | any(contains("docs-tasks of STATE.md is not a list; check the documentation by hand"))'
cp "$CASE/state" $state
dry_close --docs-tasks "$CASE/nowhere.md"
expect_outcome docs warn
expect_json '[.phases[] | select(.id == "docs") | .findings[] | .title] | any(contains("nowhere.md"))'
printf '### Docs Tasks (machine-readable)\n```yaml\n- id: a\n  b: [1\n```\n' >"$CASE/broken.md"
dry_close --docs-tasks "$CASE/broken.md"
expect_outcome docs warn
expect_json '[.phases[] | select(.id == "docs") | .findings[] | .title] | any(test("broken.md:[0-9]+: invalid YAML"))'
# STATE.md itself: if it has broken YAML or is not a file, the close ends and names it.
printf -- '---\nstatus: [active\n---\n' >$state
expect_exit 128 git session close --json
expect_json '.error.message | contains("STATE.md:")'
rm $state
mkdir $state
expect_exit 128 git session close --json
expect_json '.error.message | contains("STATE.md")'
rmdir $state

# Ok, partial and gap; white space and comments only are a gap.
with_tasks '
  - id: guide
    audience: user
    target-pattern: docs/guide.md
    wave: 2
  - id: cites
    audience: dev
    target-pattern: docs/cites/*.md
  - id: idle
    audience: user
  - id: other
    audience: vault'
mkdir docs/cites
echo "How to upload" >docs/guide.md
printf 'It is known\n<!-- REVIEW: source needed -->\n' >docs/cites/a.md
printf 'read   me\n\n<!-- later -->\n' >README.md
git config session.docs-orchestrator.mode warn
dry_close
expect_outcome docs warn
expect_equal "$(tasks)" "guide ok,cites partial,idle gap,other gap"
expect_equal "$(summary docs)" "4 tasks from STATE.md: 1 ok, 1 partial, 2 gaps"
expect_json '.decisions | all(.id != "docs")'
expect_json '.report.docs_coverage | .mode == "warn" and (.tasks[0] | .wave == "2" and .target_pattern == "docs/guide.md")
  and (.tasks[2].note | contains("only white space and comments changed in README.md"))'
git config --add session.docs-orchestrator.audiences user
git config --add session.docs-orchestrator.audiences dev
dry_close
expect_equal "$(tasks)" "guide ok,cites partial,idle gap"
git config --unset-all session.docs-orchestrator.audiences
mkdir -p "$CASE/vault/01-projects/origin"
touch "$CASE/vault/01-projects/origin/context.md"
echo "what it is about" >"$CASE/vault/01-projects/origin/people.md"
export VAULT_DIR=$CASE/vault
dry_close
expect_equal "$(tasks)" "guide ok,cites partial,idle gap,other ok"

git config session.docs-orchestrator.mode strict
expect_exit 2 git session close --json
expect_outcome docs block
expect_json '.decisions[] | select(.id == "docs") | .choices == ["fix", "override", "abort"] and .recommended == "fix"
  and (.detail | startswith("idle (README.md"))'
expect_exit 1 git session close --continue --yes --json
expect_json '.status == "blocked" and (.hint | contains("--continue"))'
expect_exit 1 git session close --continue --decide docs=abort --json
expect_json '.status == "aborted"'
expect_exit 0 git session close --decide docs=override --json
expect_json '.status == "closed" and .report.docs_coverage.mode == "strict"'
expect_outcome docs warn
expect_file_has $state "[Phase 3.2] docs-orchestrator strict-mode gaps overridden by user. Tasks: idle."
expect_equal "$(git status --porcelain)" ""

# The plan's tasks; a partial one never blocks.
start_session --plan "$(plan '[[item]]
title = "Uploads"
files = ["src/**"]
[[docs]]
target = "docs/plan.md"')"
echo b >src/a.c
printf 'planned <!-- REVIEW: source needed -->\n' >docs/plan.md
dry_close
expect_outcome docs warn
expect_equal "$(tasks)" "docs-1 partial"
echo "planned" >docs/plan.md
dry_close
expect_outcome docs ok
expect_exit 0 git session close --json

# The tasks of a file, whose patterns count as the session's own; --continue keeps them, wherever it is called.
start_session --scope "src/"
echo c >src/a.c
printf '# Plan\n### Docs Tasks (machine-readable)\n\n```yaml\ndocs-tasks:\n  - id: file\n    target-pattern: docs/file.md\n```\n' >"$CASE/tasks.md"
(cd docs && expect_exit 2 git session close --json --docs-tasks ../../tasks.md)
expect_outcome docs block
echo "from a file" >docs/file.md
expect_exit 0 git session close --continue --json
expect_outcome docs ok
expect_equal "$(tasks)" "file ok"
expect_equal "$(git status --porcelain)" ""

# What cannot be compared is only an error in the report: here the repository has lost a file's earlier content.
printf '# Plan\n### Docs Tasks (machine-readable)\n\n```yaml\n- id: lost\n  target-pattern: docs/file.md\n```\n' >"$CASE/tasks.md"
start_session --scope "src/"
lost=$(git rev-parse HEAD:docs/file.md)
echo "from another file" >docs/file.md
rm -f ".git/objects/${lost:0:2}/${lost:2}"
expect_exit 0 git session close --json --docs-tasks "$CASE/tasks.md"
expect_outcome docs warn
expect_equal "$(problem)" "the changes cannot be compared: cannot read blob $lost: object not found - no match for id ($lost)"
expect_json '.status == "closed" and .report.docs_coverage == null
  and (.report.warnings | any(contains("cannot be compared") and contains("check the documentation by hand")))'
expect_outcome gate warn # every line of it counts as added there
expect_json '[.phases[] | select(.id == "gate") | .findings[] | select(.file == "docs/file.md") | .detail | contains($lost)] == [true]' --arg lost "$lost"
