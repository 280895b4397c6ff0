# shellcheck shell=bash
# pre-push stops a session's commits with paths that are not its own (strict), names them (warn) or says nothing (off),
# and never mentions others' commits.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
scoped_session strict 'src/'
use_hook pre-push
commit() { commit_file "$1" "$RANDOM" "$2"; }
commit src/a.c "feat: in scope"
expect_exit 0 git push -q
[ ! -s "$ERR" ] || fail "a push in scope is commented on"
commit docs/a.md "docs: out of scope"
bad=$(git rev-parse --short=10 HEAD)
commit src/b.c "feat: in scope again"
expect_exit 1 git push -q
expect_err "error: 1 commit to be pushed changes files that do not belong to session 'main-"
expect_err "  $bad docs: out of scope"
expect_err "'docs/a.md' matches no pattern of '.orchestrator/wave-scope.json' (allowed-paths)"
expect_err "git push --no-verify"
expect_err "GIT_SESSION_HOOKS=0"
expect_err "git session scope set"
# Under any name, and together with others.
expect_exit 1 git push -q origin HEAD
expect_exit 1 git push -q origin HEAD~1:refs/heads/x
git tag v1
expect_exit 1 git push -q origin v1
git branch pub
expect_exit 1 git push -q origin pub
expect_exit 1 git push -q "$CASE/origin.git" main
expect_exit 0 git push -q origin main~2:refs/heads/y
expect_exit 0 git push -q origin :y
# Rebased commits are still the session's; those of others are not.
git checkout -q -b upstream main~3
GIT_SESSION_HOOKS=0 commit_file other.md x "docs: of others"
git push -q --no-verify origin upstream:main2
git fetch -q
git checkout -q main
git rebase -q upstream
expect_exit 1 git push -q -f origin main
expect_err "docs: out of scope"
expect_no_err "docs: of others"
# A branch that is not the session's may be pushed.
git checkout -q -b foreign main~5
GIT_SESSION_HOOKS=0 commit_file foreign.md x "docs: foreign"
git checkout -q main
expect_exit 0 git push -q origin foreign
# A merge answers for what it brings, not for what the remote has already.
git reset -q --hard upstream
git merge -q --no-edit --no-ff foreign
expect_exit 0 git push -q origin main:merged
[ ! -s "$ERR" ] || fail "a merge of what is there is commented on"
git merge -q --no-commit --no-ff v1 >/dev/null 2>&1 || true
echo evil >evil.md
git add evil.md
git commit -q -m "Merge v1"
expect_exit 1 git push -q origin main:merged
expect_err "'evil.md' matches no pattern"

sed -i 's/"strict"/"warn"/' .orchestrator/wave-scope.json
expect_exit 0 git push -q origin main:merged
expect_err "warning: "
git push -q origin :merged
sed -i 's/"warn"/"off"/' .orchestrator/wave-scope.json
expect_exit 0 git push -q origin main:merged2
[ ! -s "$ERR" ] || fail "off is not silent"
sed -i 's/"off"/"strict"/' .orchestrator/wave-scope.json
expect_exit 0 env GIT_SESSION_HOOKS=0 git push -q origin main:merged3
# The close pushes what it decided on.
expect_exit 0 git session close --yes
expect_equal "$(git rev-parse HEAD)" "$(git rev-parse origin/main)"
