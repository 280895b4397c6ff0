#!/usr/bin/env bash
# Each thing that is wrong is a finding of its area, with its level and its fix; nothing is written while it looks.
. "$E2E/lib.sh"
. "$E2E/close.sh"
. "$E2E/doctor.sh"


# Nothing is wrong in a repository that was never set up.
new_repo
look 0
expect_json '.schema == "git-session/doctor/1" and .well and .errors == 0 and .warnings == 0 and .fixed == []'
expect_json '.repository == $top' --arg top "$PWD"
finding repository note "not set up yet" "git session init"
finding hooks note "pre-push and post-commit are not installed" "git session hooks install"
finding versions fine "git $(git version | sed 's/git version //')"

git session init --local >/dev/null 2>&1
git session hooks install >/dev/null
start_session --name one
look 0
finding configuration note "no test command is set: a close tests nothing" "git session config test-command COMMAND"
git config session.test-command true
look 0
expect_json '[.findings[] | select(.level == "note")] == []'
finding sessions fine "(one, active)"
git config --unset session.test-command

# Configuration: the file and the line.
printf 'vcs = "local"\ngate-timeout = "soon"\n' >.git-session.toml
look 1
finding configuration error ".git-session.toml:2: gate-timeout is 'soon'"
printf 'vcs = "local"\ntest-comand = "true"\n' >.git-session.toml
look 1
finding configuration warning ".git-session.toml:2: "
printf 'test-command = "no-such-program --all"\nlint-command = "cd . && true"\n' >.git-session.toml
look 1
finding configuration warning "test-command 'no-such-program --all' (.git-session.toml:1): 'no-such-program' is not found"
expect_equal "$(wrong)" configuration
# `skip` is not a program; and of what the project's files suggest, only what nothing else stands in for.
cat >tox.ini <<'TOX'
[testenv]
commands = pytest
TOX
PATH=$(dirname "$(command -v git-session)"):/usr/bin:/bin
hash -r
if ! command -v tox >/dev/null; then
  rm .git-session.toml
  look 0
  finding configuration note "'tox' of tox.ini cannot run"
fi
printf 'test-command = "true"\ntypecheck-command = "skip"\nlint-command = "skip"\n' >.git-session.toml
look 0
no_finding configuration "is not found"
rm .git-session.toml tox.ini

# Hooks.
chmod a-x .git/hooks/pre-push
look 1
finding hooks warning "'.git/hooks/pre-push' is not executable" "git session hooks install"
rm .git/hooks/pre-push
look 1
finding hooks warning "pre-push is not installed"
git config core.hooksPath /dev/null
look 0
finding hooks note "switched off: core.hooksPath is '/dev/null' in file:.git/config"
git config --unset core.hooksPath
git session hooks install >/dev/null

# Records, by line.
mkdir -p .git/git-session/records
printf '{"type":"a"}\n\nnone\n' >.git/git-session/records/learnings.jsonl
printf '<<<<<<< a\n{"session_id":1}\n=======\n>>>>>>> b\n' >.git/git-session/records/sessions.jsonl
look 1
finding records warning "learnings.jsonl', line 3: not a JSON object"
finding records error "sessions.jsonl', lines 1, 3, 4: markers of a merge conflict"
finding records note "sessions.jsonl', line 2: "
rm -r .git/git-session/records

# Sessions.
id=$(git session status --json | jq -r .session)
session=.git/git-session/sessions/$id
cp "$session/STATE.md" "$CASE/STATE.md"
printf -- '---\nstatus: [\n---\n' >"$session/STATE.md"
look 1
finding sessions error "$session/STATE.md:"
cp "$CASE/STATE.md" "$session/STATE.md"
echo 'x' >"$session/wave-scope.json"
echo 'title =' >"$session/session-plan.toml"
echo '{' >"$session/baseline.json"
look 1
finding sessions warning "wave-scope.json" "git session scope clear"
finding sessions warning "session-plan.toml:1" "git session plan set FILE"
finding sessions warning "baseline.json"
rm "$session/wave-scope.json" "$session/session-plan.toml" "$session/baseline.json"
GIT_TEST_DATE_NOW=$(($(date +%s) + 49 * 3600)) expect_exit 1 git session doctor --json
finding sessions warning "session 'one' was last active 2 days ago" "git session abandon --session one"
GIT_SESSION=none expect_exit 1 git session doctor --json
finding sessions warning "session 'none', which is meant, is not open"
expect_exit 129 git session doctor --state-dir a/b
look 0

# The journal of a close: running, unfinished, unreadable, another version's.
mkdir -p .git/git-session/close
journal=.git/git-session/close/journal.jsonl
printf '{"schema":"git-session/journal/4","session":"%s","began_at":"2026-11-22T12:00:00.000Z"}\n{"torn' "$id" >$journal
look 1
finding close error "the close of '$id' is unfinished" "'git session close --continue' finishes it, 'git session close --abort' takes back"
finding close error "has written no record yet"
printf '{"schema":"git-session/journal/4","session":"a"}\n{"event":"write-plan"}\n{"event":"abort"}\n' >$journal
look 1
finding close error "its abort was interrupted" "'git session close --continue' finishes the abort"
printf '{"schema":"git-session/journal/4","session":"a"}\nnone\n' >$journal
look 1
finding close error "line 2 is not a JSON object" "move that file away"
printf '{"schema":"git-session/journal/99"}\n' >$journal
look 1
finding close error "a version of git-session that this one does not know"
rm $journal
exec 9>.git/git-session/close/lock
printf '%s 2026-11-22T12:00:00.000Z\n' "$$" >&9
flock 9
look 0
finding close note "a close is running: pid $$ since 2026-11-22T12:00:00.000Z"
flock -u 9
exec 9>&-

# A restore and an undo that were cut off.
mkdir -p .git/git-session/restore .git/git-session/undo
echo '{"schema":1,"snapshot":"a","saved":"b","files":[],"index":[]}' >.git/git-session/restore/journal.json
look 1
finding close error "a restore was interrupted" "'git session snapshot restore --continue' finishes it, 'git session snapshot restore --abort'"
echo '{' >.git/git-session/restore/journal.json
look 1
finding close error "journal.json' is damaged"
rm .git/git-session/restore/journal.json
printf '{"schema":"git-session/journal/4"}\n{"event":"undo"}\n' >.git/git-session/undo/journal.jsonl
look 1
finding close error "an undo was interrupted" "'git session undo' finishes it"
rm .git/git-session/undo/journal.jsonl

# On the screen: a line for each finding, its fix below, a count at the end.
chmod a-x .git/hooks/post-commit
expect_exit 1 git session doctor
expect_out "! hooks          '.git/hooks/post-commit' is not executable"
expect_out "                 → git session hooks install (or: git session doctor --fix)"
expect_equal "$(tail -n 1 "$OUT")" "1 warning, 1 note. 'git session doctor --fix' fixes 1."
expect_exit 1 git session doctor -q
expect_equal "$(wc -l <"$OUT")" 2
