# shellcheck shell=bash
# post-commit names paths out of scope, says how to take them out, with the right commands for every kind of commit.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
scoped_session warn 'src/'
use_hook post-commit

mkdir -p src docs
echo code >src/a.c
git add src
expect_exit 0 git commit -q -m "feat: in scope"
[ ! -s "$ERR" ] || fail "a commit in scope is commented on"
# The program's own records are not work.
mkdir -p .orchestrator/session-handover .orchestrator/issues
echo 'title = "Plan"' >.orchestrator/session-plan.toml
touch .orchestrator/session-handover/x.md .orchestrator/issues/0001-x.md
git add -f .orchestrator
expect_exit 0 git commit -q -m "chore: records"
[ ! -s "$ERR" ] || fail "records are commented on"

echo text >docs/a.md
echo code >src/b.c
git add -A docs src
expect_exit 0 git commit -q -m "feat: both"
expect_err "warning: commit $(git rev-parse --short=10 HEAD) has 1 file that does not belong to session "
expect_err "'docs/a.md' matches no pattern of '.orchestrator/wave-scope.json' (allowed-paths)"
expect_no_err "'src/b.c'"
expect_equal "$(event_count)" 1
events | jq -e --arg commit "$(git rev-parse HEAD)" '.commit == $commit and .path == "docs/a.md" and
  .rule == "allowed-paths" and .enforcement == "warn" and (.session | startswith("main-"))' >/dev/null ||
  fail "the event is not so: $(events)"

# The commands take it out, and nothing else changes.
run_hints
expect_equal "$(git log -1 --format=%s)" "feat: both"
expect_equal "$(git show --format= --name-only)" src/b.c
expect_equal "$(git status --porcelain docs)" "?? docs/"
expect_equal "$(cat docs/a.md)" text

# What else was staged stays staged, and is not swept into the new commit.
echo other >src/staged.c
git add src/staged.c docs/a.md
echo code >src/c.c
git add src/c.c
expect_exit 0 git commit -q -m "feat: only two" -- src/c.c docs/a.md
expect_err "GIT_INDEX_FILE="
run_hints
expect_equal "$(git show --format= --name-only)" src/c.c
expect_equal "$(git status --porcelain src docs)" "A  src/staged.c
?? docs/"
git commit -q -m "feat: the staged one"

# The whole commit is out of scope: it is undone as a whole.
before=$(git rev-parse HEAD)
git add docs
expect_exit 0 git commit -q -m "docs: all of it"
run_hints
expect_equal "$(git rev-parse HEAD)" "$before"
expect_equal "$(git status --porcelain docs)" "?? docs/"

# An amended commit is taken apart on its own parent.
echo code >src/d.c
git add src
git commit -q -m "feat: d"
git add docs
expect_exit 0 git commit -q --amend --no-edit
expect_err "(allowed-paths)"
run_hints
expect_equal "$(git show --format= --name-only)" src/d.c
expect_equal "$(git rev-parse HEAD~1)" "$before"

# Deleted and renamed: both the old and the new name count.
git rm -q README.md
expect_exit 0 git commit -q -m "chore: delete"
expect_err "'README.md' matches no pattern"
run_hints
expect_equal "$(git ls-tree --name-only HEAD README.md)" README.md
git checkout -q -- README.md
git mv README.md src/README.md
expect_exit 0 git commit -q -m "chore: move in"
expect_err "'README.md' matches no pattern"
expect_no_err "'src/README.md'"
git reset -q --hard HEAD~1

# From a subdirectory the commands still name the right paths.
echo x >outside
echo x >src/in.c
git add outside src/in.c
expect_exit 0 git -C src commit -q -m "feat: from below"
(cd src && run_hints)
expect_equal "$(git show --format= --name-only)" src/in.c

# Nothing is reported with GIT_SESSION_HOOKS=0 or enforcement off.
echo y >outside
git add outside
expect_exit 0 env GIT_SESSION_HOOKS=0 git commit -q -m "chore: silent"
[ ! -s "$ERR" ] || fail "GIT_SESSION_HOOKS=0 is not silent"
sed -i 's/"warn"/"off"/' .orchestrator/wave-scope.json
echo z >outside
expect_exit 0 git commit -q -a -m "chore: off"
[ ! -s "$ERR" ] || fail "off is not silent"
