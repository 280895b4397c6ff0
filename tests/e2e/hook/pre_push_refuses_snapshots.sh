# shellcheck shell=bash
# pre-push does not let snapshots be pushed under any name, but lets leaked ones be deleted.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
session_repo
bare_remote
git session start >/dev/null 2>&1 || fail "no start"
use_hook pre-push
echo dirty >>README.md
echo secret >.env
expect_exit 0 git session snapshot --label save
snap=refs/so-snapshots/$(git for-each-ref --format='%(refname:lstrip=2)' refs/so-snapshots | grep save)
refused() {
  expect_exit 1 git push -q origin "$@"
  expect_err "error: a snapshot is never pushed"
  expect_err "hint: push the branches instead: git push origin "
}
refused "$snap:refs/heads/x"
expect_err "'$snap' is a snapshot"
refused "HEAD:refs/so-snapshots/s/wave-1-x"
expect_err "'refs/so-snapshots/s/wave-1-x' is a name for snapshots"
refused "$(git rev-parse "$snap"):refs/heads/x"
refused "$snap^3:refs/heads/x"
refused "$snap^2:refs/heads/x"
git tag -a -m "a tag" leak "$snap"
refused leak
git branch rescue "$snap"
echo more >>README.md
git commit -q -a -m "chore: something"
refused --all
expect_err "git push origin refs/heads/main"
refused --mirror
git checkout -q -f rescue
echo more >>README.md
git commit -q -a -m "chore: on top"
refused rescue
expect_err "the history of 'refs/heads/rescue' has a snapshot in it"
# Also when its ref is gone.
git update-ref -d "$snap"
git tag -d leak >/dev/null
refused rescue
expect_equal "$(git ls-remote origin | wc -l)" 2 "$(git ls-remote origin)"

# What leaked can be taken back; ordinary refs pass.
git push -q --no-verify origin "rescue~1:refs/so-snapshots/s/wave-1-x" rescue
expect_exit 0 git push -q origin :refs/so-snapshots/s/wave-1-x :rescue
git checkout -q -f main
git tag v1
expect_exit 0 git push -q origin main v1
[ ! -s "$ERR" ] || fail "an ordinary push is commented on"
expect_exit 0 git push -q origin :v1
# Without a session as well, and in a bare repository.
git session close --yes --no-push >/dev/null 2>&1 || fail "no close"
refused "main:refs/so-snapshots/s/wave-1-x"
git clone -q --bare . "$CASE/bare.git"
cd "$CASE/bare.git"
use_hook pre-push
refused "main:refs/so-snapshots/s/wave-1-x"
expect_exit 0 git push -q origin main:refs/heads/y
