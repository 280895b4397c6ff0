# shellcheck shell=bash
# A root commit is taken apart as well, and so are files whose names need quoting in a shell.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
git init -q "$CASE/repo"
cd "$CASE/repo"
git session init --records tracked >/dev/null 2>&1
printf '/.orchestrator/\n/.git-session.toml\n/.gitattributes\n' >.git/info/exclude
git session start --scope 'src/' >/dev/null 2>&1 || fail "no start"
use_hook post-commit

mkdir src
echo code >src/a.c
echo text >"it's \"odd\" *.txt"
echo text >':(top)x'
git add -A
expect_exit 0 git commit -q -m "feat: root"
expect_err "2 files that do not belong to"
run_hints
expect_equal "$(git rev-list --count HEAD)" 1
expect_equal "$(git ls-tree -r --name-only HEAD -- src ':(literal):(top)x')" src/a.c
expect_equal "$(git log -1 --format=%s)" "feat: root"
expect_equal "$(git status --porcelain -z | tr '\0' '|')" "?? :(top)x|?? it's \"odd\" *.txt|"

# Nothing but the root commit, and all of it out of scope.
git update-ref -d HEAD
git rm -rq --cached .
git add ':(literal):(top)x'
expect_exit 0 git commit -q -m "chore: all of it"
run_hints
expect_exit 1 git rev-parse -q --verify HEAD
expect_equal "$(git ls-files)" ""

# Newlines, control characters and non-UTF-8 bytes are passed in a file.
git add src
git commit -q -m "feat: in scope"
newline=$'new\nline'
latin=$'caf\xe9'
echo 1 >"$newline"
echo 2 >"$latin"
echo more >>src/a.c
git add -- "$newline" "$latin" src
expect_exit 0 git commit -q -m "feat: odd"
expect_err "'\"new\\nline\"' matches no pattern"
run_hints
expect_equal "$(git show --format= --name-only)" src/a.c
expect_equal "$(events | jq -r .path | tail -n 3)" "\"caf\\351\"
new
line"
