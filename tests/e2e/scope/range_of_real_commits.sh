# shellcheck shell=bash
# A range is that of the commits as they are stored: grafts, replacements and a forged list of a shallow clone's ends
# hide none. The same for what pre-push checks, from wherever it is run.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
scoped_session strict 'src/'
start=$(git rev-parse HEAD)
commit_file src/a.c
commit_file docs/a.md text "docs: out of scope"
bad=$(git rev-parse HEAD)
commit_file src/b.c
use_hook pre-push
mkdir "$CASE/empty" src/deep

found() {
  expect_exit 1 git session scope check --range "$start..HEAD"
  expect_out "docs/a.md"
  expect_exit 1 git push -q origin HEAD
  expect_err "'docs/a.md' matches no pattern"
}
found
# The numbers of parents are real ones, too.
found_by_number() {
  expect_exit 1 git session scope check --range HEAD~3..HEAD
  expect_out "docs/a.md"
}
found_by_number

mkdir -p .git/info
echo "$(git rev-parse HEAD) $start" >.git/info/grafts
found
found_by_number
GIT_GRAFT_FILE=$PWD/.git/info/grafts found
rm .git/info/grafts

good=$(git commit-tree "$start^{tree}" -p "$start" -m "feat: in scope")
git replace "$bad" "$good"
found
found_by_number
git replace -d "$bad" >/dev/null
git replace "$(git rev-parse "$bad^{tree}")" "$(git rev-parse "$bad~1^{tree}")"
found
git replace -d "$(git rev-parse "$bad^{tree}")" >/dev/null
git replace "$(git rev-parse HEAD)" "$good"
expect_exit 1 git session scope check --range "$start..$(git rev-parse HEAD)"
git replace -d "$(git rev-parse HEAD)" >/dev/null

git rev-parse HEAD >.git/shallow
expect_exit 1 git session scope check --range "$start..HEAD"
expect_out "docs/a.md"
expect_exit 1 git push -q origin HEAD:refs/heads/x
expect_err "'docs/a.md' matches no pattern"
rm .git/shallow

# Wherever git is run, and whatever it is told of the work tree.
refused() {
  expect_exit 1 "$@"
  expect_err "'docs/a.md' matches no pattern"
}
refused git -C src/deep push -q origin HEAD
refused git -C .git push -q origin HEAD
refused git --git-dir="$CASE/repo/.git" -C "$CASE" push -q origin HEAD
refused env GIT_WORK_TREE="$CASE/empty" git push -q origin HEAD
refused env GIT_DIR=.git GIT_WORK_TREE="$CASE/empty" git push -q origin HEAD
refused git -c core.bare=true push -q origin HEAD
refused git -C src/deep -c core.bare=true push -q origin HEAD
# Another repository's push from here is not the session's.
git clone -q --bare . "$CASE/other.git"
cp .git/hooks/pre-push "$CASE/other.git/hooks/"
expect_exit 0 git --git-dir="$CASE/other.git" push -q "$CASE/origin.git" main:refs/heads/other
