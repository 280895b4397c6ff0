#!/usr/bin/env bash
# What is read as another pattern is a warning; one that matches nothing, but nearly does, is on the screen beside what was
# probably meant. Both are warnings with --json.
. "$E2E/lib.sh"

session_repo
mkdir -p src
echo 1 >src/upload.c
echo 1 >README.md
git add -A
git commit -q -m "chore: files"
echo dirty >>README.md
plan_of() { printf 'title = "A plan"\n[[item]]\ntitle = "One"\nfiles = [%s]\n' "$1" >"$CASE/plan.toml"; }

plan_of '"Readme.md", "src/uplod.c", "src/new.c"'
expect_exit 0 git session start --plan "$CASE/plan.toml"
expect_equal "$(sed 1d "$OUT")" '
  1 item. No such file yet, check these patterns:
    Readme.md    did you mean '\''README.md'\''?
    src/uplod.c  did you mean '\''src/upload.c'\''?
  Correct them with '\''git session plan edit'\''.
  1 uncommitted file is not yours: README.md'
expect_equal "$(cat "$ERR")" ""
git session abandon -q

plan_of '"src"'
expect_exit 0 git session start --plan "$CASE/plan.toml"
expect_err "warning: the pattern 'src' is read as 'src/'"
expect_no_out "No such file"
git session abandon -q

plan_of '"src", "Readme.md"'
expect_exit 0 git session start --plan "$CASE/plan.toml" --json
expect_json '.warnings == ["the pattern '\''src'\'' is read as '\''src/'\''",
  "the pattern '\''Readme.md'\'' matches no file yet; did you mean '\''README.md'\''?"]'
