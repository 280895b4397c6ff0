#!/usr/bin/env bash
# commit.template, commit.cleanup and core.commentChar mean what they mean to git commit -m; --edit reaches every commit.
. "$E2E/lib.sh"
. "$E2E/close.sh"
session_repo
bare_remote
cat >"$CASE/editor" <<'EDITOR'
#!/bin/sh
cat "$1" >>"$CASE/edited"
printf '%s' "$ADD" >>"$1"
EDITOR
chmod +x "$CASE/editor"
number=0
session() {
  start_session --scope "src/"
  mkdir -p src
  number=$((number + 1))
  echo "$number" >src/a.c
  rm -f "$CASE/edited"
}
edit() { expect_exit 0 env GIT_EDITOR="$CASE/editor" ADD="$1" git session close --json --no-push --edit "${@:2}"; }
# What git makes of the same message, in the same way.
by_git() {
  GIT_EDITOR=$CASE/editor ADD=$1 git -c commit.status=false commit -q --allow-empty "${@:2}"
  git log -1 --format=%B
  git reset -q --soft HEAD~1
}

echo "the template" >"$CASE/template"
git config commit.template "$CASE/template"
session
edit ""
grep -q "the template" "$CASE/edited" && fail "a template is shown where git ignores it"

message=$'feat: numbers\n\n#1 first\n;2 second\n@ third'
for mark in "#" ";" auto; do
  git config core.commentChar "$mark"
  for cleanup in default strip whitespace verbatim scissors; do
    git config commit.cleanup "$cleanup"
    session
    edit $'\n# by hash\n; by semicolon\n! by bang\nkept\n' -m "$message"
    made=$(git log -1 --format=%B)
    expect_equal "$made" "$(by_git $'\n# by hash\n; by semicolon\n! by bang\nkept\n' -e -m "$message")" "$mark, $cleanup, edited"
    session
    expect_exit 0 git session close --json --no-push -m "$message"
    made=$(git log -1 --format=%B)
    expect_equal "$made" "$(by_git "" -m "$message")" "$mark, $cleanup"
  done
done
git config --unset commit.cleanup

# The comment says what git's would begin with.
session
edit "" -m "$message"
grep -q "^! Please edit" "$CASE/edited" || fail "the comment begins otherwise: $(cat "$CASE/edited")"
expect_equal "$(git log -1 --format=%B)" "$message"
git config core.commentChar "#"

# Each commit.
start_session --plan "$(plan '[[item]]
title = "fix(api)!: one"
files = ["one"]
[[item]]
title = "Refactor two"
files = ["two"]')"
echo 1 >one
echo 2 >two
rm -f "$CASE/edited"
edit ""
expect_equal "$(grep -c "Please edit" "$CASE/edited")" 2
expect_equal "$(git log -2 --format=%s | LC_ALL=C sort | paste -sd'|')" "fix(api)!: one|refactor: refactor two"

# The records' own commit too: the one of the work has a tag, and stays as it is.
session
printf '#!/bin/sh\ngit tag made\nrm "$0"\n' >.git/hooks/post-commit
chmod +x .git/hooks/post-commit
edit ""
expect_equal "$(grep -c "Please edit" "$CASE/edited")" 2
expect_equal "$(git rev-parse made)" "$(git rev-parse HEAD~1)"
