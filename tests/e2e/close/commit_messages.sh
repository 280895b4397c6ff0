#!/usr/bin/env bash
# Conventional Commits, one for each item; -m makes one, --edit asks the editor, co-authors and Closes are trailers.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --plan "$(plan '[[item]]
title = "Retry uploads with backoff"
issue = 42
type = "fix"
files = ["src/upload/**"]
[[item]]
title = "Document it"
issue = 43
files = ["docs/"]
[[item]]
title = "Finish later"
issue = 44
files = ["src/later.c", "src/never.c"]')"
head=$(git rev-parse HEAD)
git config --add session.co-author "Grace Hopper <grace@example.org>"
git config --add session.co-author "Alan <alan@example.org>"
mkdir -p src/upload docs
echo a >src/upload/retry.c
echo b >docs/retry.md
echo c >src/later.c
echo d >Makefile
expect_exit 0 git session close --json --decide unclaimed=include
expect_equal "$(subjects "$head" | paste -sd'|')" \
  "chore: add Makefile|feat: finish later|docs: document it|fix(upload): retry uploads with backoff"
git log -1 --format=%B HEAD~3 >"$CASE/message"
expect_file_has "$CASE/message" "Closes #42"
expect_file_has "$CASE/message" "- add src/upload/retry.c"
expect_equal "$(git log -1 --format='%(trailers:key=Co-Authored-By,valueonly,separator=|)' HEAD~3)" "Grace Hopper <grace@example.org>|Alan <alan@example.org>"
expect_equal "$(git log --format=%B "$head..HEAD" | grep -o 'Closes #.*' | LC_ALL=C sort | paste -sd,)" "Closes #42,Closes #43"
git config --unset-all session.co-author
expect_equal "$(git log -1 --format=%ad,%cd --date=format:%z)" "+0000,+0000"

start_session --scope "**"
echo e >>src/later.c
echo f >e.txt
expect_exit 0 git session close --json -m "perf: all in one"
expect_json '.commits | length == 1 and .[0].subject == "perf: all in one" and .[0].files == 4'
expect_equal "$(git log -1 --format=%b)" ""
expect_exit 129 git session close -m " "
expect_exit 129 git session close --continue -m "x"

start_session --scope "**"
echo g >e.txt
cat >"$CASE/editor" <<'EDITOR'
#!/bin/sh
echo edited >>"$CASE/edits"
echo "the editor says"
printf 'style: as edited\n\n# a comment\nbody\n' >"$1"
EDITOR
chmod +x "$CASE/editor"
expect_exit 0 env GIT_EDITOR="$CASE/editor" git session close --json --edit
expect_json '.commits[0].subject == "style: as edited"' # stdout has only the document
expect_err "the editor says"
expect_equal "$(git log -1 --format=%B)" "style: as edited

body"
expect_equal "$(wc -l <"$CASE/edits")" 1
# In the user's time zone, as git commits.
start_session --scope "**"
echo z >e.txt
expect_exit 0 env TZ=Asia/Kolkata git session close --json
expect_equal "$(git log -1 --format=%ad,%cd --date=format:%z)" "+0530,+0530"

start_session --scope "**"
echo h >e.txt
printf '#!/bin/sh\n: >"$1"\n' >"$CASE/editor" # an emptied message ends a git commit
expect_exit 1 env GIT_EDITOR="$CASE/editor" git session close --json --edit
expect_outcome commit block
expect_exit 0 git session close --continue --json
expect_json '.status == "closed"'
