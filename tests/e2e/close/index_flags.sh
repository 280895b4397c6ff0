#!/usr/bin/env bash
# Intent to add, skip-worktree and assume-unchanged survive a close, of files that it commits and of others.
. "$E2E/lib.sh"
. "$E2E/close.sh"
begin --scope "src/"
for name in plain assumed skipped both others/assumed others/skipped; do commit_file "src/$name.c"; done
commit_file "far.c"
flags() { git ls-files -v "$@" | LC_ALL=C sort | paste -sd,; }
flag() {
  git update-index --assume-unchanged src/assumed.c src/both.c src/others/assumed.c
  git update-index --skip-worktree src/skipped.c src/both.c src/others/skipped.c far.c
}
expected="H src/plain.c,S far.c,S src/others/skipped.c,S src/skipped.c,h src/assumed.c,h src/others/assumed.c,s src/both.c"
flagged() { flags src/plain.c far.c src/others src/skipped.c src/assumed.c src/both.c; }

# Staged, then flagged; and files of others, intended to be added.
change() {
  for name in plain assumed skipped both; do
    echo "$1" >>"src/$name.c"
    git update-index --no-assume-unchanged "src/$name.c"
    git update-index --no-skip-worktree "src/$name.c"
    git add "src/$name.c"
  done
  flag
}
change one
echo theirs >theirs.txt
git add -N theirs.txt
echo ours >src/new.c
git add -N src/new.c
expect_exit 0 git session close --json --no-push --decide unclaimed=leave
expect_equal "$(work_files | paste -sd,)" "src/assumed.c,src/both.c,src/new.c,src/plain.c,src/skipped.c"
expect_equal "$(flagged)" "$expected"
expect_equal "$(git status --porcelain)" " A theirs.txt"

# A hook rewrites what is committed: the index follows, and keeps the flags.
start_session --scope "src/"
change two
cat >.git/hooks/pre-commit <<'HOOK'
#!/bin/sh
for name in plain assumed skipped both; do
  echo formatted >>"src/$name.c"
  blob=$(git hash-object -w "src/$name.c")
  git update-index --cacheinfo "100644,$blob,src/$name.c"
done
HOOK
chmod +x .git/hooks/pre-commit
expect_exit 0 git session close --json --no-push --decide unclaimed=leave
expect_equal "$(git show HEAD:src/skipped.c | tail -1)" formatted
expect_equal "$(flagged)" "$expected"
expect_equal "$(git diff --cached --name-only)" ""
expect_equal "$(git ls-files --stage theirs.txt | cut -d' ' -f2)" "$(git hash-object -t blob /dev/null)"

# The same with an index that git alone reads.
start_session --scope "src/"
change three
git update-index --split-index
expect_exit 0 git session close --json --no-push --decide unclaimed=leave
expect_equal "$(flagged)" "$expected"
rm .git/hooks/pre-commit
git update-index --no-split-index

# The session's own records, hidden by hand.
start_session --scope "src/"
git update-index --assume-unchanged .orchestrator/metrics/sessions.jsonl
git update-index --skip-worktree .orchestrator/STATE.md
echo four >src/new.c
expect_exit 0 git session close --json --no-push --decide unclaimed=leave
expect_equal "$(flags .orchestrator/metrics/sessions.jsonl .orchestrator/STATE.md)" "S .orchestrator/STATE.md,h .orchestrator/metrics/sessions.jsonl"

# A hook that adds whatever changed does not take for deleted what is not checked out.
start_session --scope "src/"
printf '#!/bin/sh\ngit add -u\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
change five
rm src/skipped.c src/both.c
expect_exit 0 git session close --json --no-push --decide unclaimed=leave
expect_equal "$(git show HEAD:src/skipped.c | tail -1)" five
expect_equal "$(flagged)" "$expected"
