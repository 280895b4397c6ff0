# shellcheck shell=bash
# Nothing is said while git replays commits, about the commits of a close, and without a session; nothing fails.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
scoped_session warn 'src/'
use_hook post-commit
mkdir docs
for n in {1..10}; do
  echo "$n" >"docs/$n"
  git add docs
  GIT_SESSION_HOOKS=0 git commit -q -m "docs: $n"
done
git branch old HEAD~10
git checkout -q -b topic old
commit_file base.txt 1 "chore: base" 2>/dev/null
rm -rf .orchestrator/metrics
sed -i 's/^branch: .*/branch: HEAD/' .orchestrator/STATE.md # of every branch

expect_exit 0 git rebase -q topic main
[ ! -s "$ERR" ] || fail "the rebase is commented on"
git checkout -q topic
expect_exit 0 git cherry-pick main
expect_no_err warning:
expect_exit 0 git revert --no-edit HEAD
expect_no_err warning:
echo conflict >base.txt
GIT_SESSION_HOOKS=0 git commit -q -a -m "chore: conflict"
git checkout -q -b other HEAD~1
echo other >base.txt
GIT_SESSION_HOOKS=0 git commit -q -a -m "chore: other"
expect_exit 1 git merge topic
git checkout -q --ours base.txt
git add base.txt
expect_exit 0 git merge --continue
expect_no_err warning:
git reset -q --hard HEAD~1
expect_exit 1 git cherry-pick topic
echo both >base.txt
git add base.txt
expect_exit 0 git cherry-pick --continue
expect_no_err warning:
expect_no_file .orchestrator/metrics

# A commit by hand is checked again.
echo x >base.txt
expect_exit 0 git commit -q -a -m "chore: by hand"
expect_err "(allowed-paths)"
expect_equal "$(event_count)" 1
# The same commit, checked again: recorded once.
expect_exit 0 git session hook post-commit
expect_err "(allowed-paths)"
expect_equal "$(event_count)" 1

# No tracked file is written.
git add -f .orchestrator/metrics/events.jsonl
expect_exit 0 git commit -q -m "chore: track the events"
expect_equal "$(git status --porcelain .orchestrator/metrics)" ""
expect_file_has "$(git rev-parse --git-path git-session/events.jsonl)" '"path":".orchestrator/metrics/events.jsonl"'

# A close commits what it decided on.
git checkout -q -B main
git push -qf -u origin main
expect_exit 0 git session close --yes --no-push
expect_no_err "do not belong to session"
expect_no_err "does not belong to session"
echo y >base.txt
expect_exit 0 git commit -q -a -m "chore: after the session"
[ ! -s "$ERR" ] || fail "there is no session, and yet something is said"

# A broken session prints one line and is never a failure.
git session start --scope 'src/' >/dev/null 2>&1 || fail "no start"
echo broken >.orchestrator/STATE.md
rm .orchestrator/wave-scope.json
echo z >base.txt
expect_exit 0 git commit -q -a -m "chore: broken"
expect_equal "$(grep -c . "$ERR")" 1 "$(cat "$ERR")"
expect_err "warning: "
