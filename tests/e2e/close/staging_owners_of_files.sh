#!/usr/bin/env bash
# Files that are unclaimed, were dirty before, or are claimed by another session: each is a decision, and what is left
# alone stays exactly as it was.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
commit_file shared.txt "$(seq 1 20)"
commit_file tangled.txt "one line"
sed -i '2s/.*/theirs/' shared.txt
echo "their line" >tangled.txt
start_session --scope "src/" --scope "*.txt"
mkdir src
echo a >src/a.c
sed -i '18s/.*/ours/' shared.txt
echo stray >stray.md

# Clean: split is recommended.
expect_exit 2 git session close --json
expect_json '[.decisions[] | [.id, .recommended]] == [["unclaimed", "leave"], ["mixed", "split"]]'
expect_json '.decisions[1].detail | contains("shared.txt")'
git session close --abort >/dev/null
expect_exit 2 git session close --decide unclaimed=leave --json
expect_json '[.decisions[] | select(.chosen == null) | .id] == ["mixed"]'
expect_exit 129 git session close --continue --decide nonsense=leave
for id in trust gate unclaimed mixed contested; do expect_err "$id"; done
expect_exit 129 git session close --continue --decide mixed=maybe
for choice in split include leave; do expect_err "$choice"; done
expect_exit 129 git session close --continue --decide mixed
expect_exit 0 git session close --continue --yes --json
expect_json '.status == "closed" and  .commits[0].files == 4'
expect_equal "$(git show HEAD:shared.txt | sed -n '2p;18p' | paste -sd,)" "2,ours"
expect_equal "$(git diff -U0 shared.txt | grep '^[-+][^-+]' | paste -sd,)" "-2,+theirs"
expect_equal "$(cat tangled.txt)" "their line"
expect_equal "$(git status --porcelain)" " M shared.txt
 M tangled.txt
?? stray.md"

# Changes that cannot be split: leaving is recommended; the choice comes from the configuration.
git session start --scope "*.txt" >/dev/null 2>&1
echo "their line, and ours" >tangled.txt
expect_exit 2 git session close --decide unclaimed=leave --json
expect_json '[.decisions[] | select(.id == "mixed") | .recommended] == ["leave"]'
git session close --abort >/dev/null
git config session.decide.mixed include
expect_exit 0 git session close --decide unclaimed=leave --json
expect_json '[.decisions[] | select(.id == "mixed") | .chosen] == ["include"]'
expect_equal "$(git show HEAD:tangled.txt)" "their line, and ours"
expect_file_has .orchestrator/STATE.md "mixed = include" # an override is a deviation
expect_equal "$(git diff --name-only)" "shared.txt"

# Each other choice: none of the file, and abort.
git config --unset session.decide.mixed
git session start --scope "*.txt" >/dev/null 2>&1
head=$(git rev-parse HEAD)
sed -i '19s/.*/ours too/' shared.txt
echo new >new.md
expect_exit 1 git session close --decide unclaimed=abort --decide mixed=leave --json
expect_outcome staging-plan block
expect_json '.status == "aborted"'
expect_no_file "$(journal)"
git config session.decide.unclaimed abort
expect_exit 1 git session close --decide mixed=leave --json
expect_json '.status == "aborted" and ([.decisions[] | [.id, .chosen]] == [["unclaimed", "abort"]])'
git config session.decide.unclaimed sometimes
expect_exit 128 git session close --decide mixed=leave --json
expect_json '.error | (.message | contains("session.decide.unclaimed is '"'sometimes'"'")) and (.hint | contains("leave, include, abort"))'
git session close --abort >/dev/null
git config --unset session.decide.unclaimed
expect_equal "$(git rev-parse HEAD)" "$head"
expect_exit 0 git session close --decide unclaimed=include --decide mixed=leave --json
expect_equal "$(git log --format= --name-only "$head"..HEAD -- new.md stray.md shared.txt)" new.md
expect_equal "$(git diff --name-only)" "shared.txt"
expect_outcome staging-plan ok
