#!/usr/bin/env bash
# A bug report: shown before it is written, atomically, and without what says whose machine it is from.
. "$E2E/lib.sh"
. "$E2E/close.sh"
. "$E2E/doctor.sh"

export USER=alice_login
git config --global user.name "Alice B. Example"
git config --global user.email "alice@mail.example.org"
token="ghp_zQWBuTSOoRi4A9spHcVY5ncn""sDkxkJ0mLq17"
mkdir -p "$HOME/src"
git init -q "$HOME/src/project"
cd "$HOME/src/project"
commit_file README.md
git session init --local >/dev/null 2>&1
git session hooks install >/dev/null
git remote add origin "https://alice:hunter2pw@git.example.org/alice-org/name.git"
git config remote.origin.pushurl "https://$token@git.example.org/alice-org/name.git"
git config http.https://git.example.org.extraHeader "Authorization: Basic c2VjcmV0OnNlY3JldA=="
git config session.test-command "TOKEN=$token make -C $PWD check"
git config alias.x '!echo private'
git session config vcs local
start_session --title "Write to bob@example.net"
mkdir -p .git/git-session/close
# A journal with paths in hexadecimal, a long text, a secret, and a torn line.
hex=$(printf '%s/src/project/vault/n.md' "$HOME" | od -An -v -tx1 | tr -d ' \n')
printf '{"schema":"git-session/journal/4","session":"main-1","began_at":"2026-11-22T12:00:00.000Z"}\n' >.git/git-session/close/journal.jsonl
printf '{"event":"write-plan","plan":{"files":[{"place":{"outside":"%s"},"after":"%s"}]},"note":"%s"}\n{"torn' "$hex" "$token" \
  "$(printf 'long %.0s' $(seq 100))" >>.git/git-session/close/journal.jsonl
cp .git/git-session/close/journal.jsonl "$CASE/journal"
GIT_TRACE2_EVENT=$CASE/tmp/trace git session status >/dev/null 2>&1

leaks() { # leaks FILE: nothing of the machine, the user or a secret is in it
  local word
  for word in "$CASE" "$HOME" "$TMPDIR" "Alice B. Example" alice@mail.example.org bob@example.net alice_login hunter2pw \
    "$token" c2VjcmV0OnNlY3JldA== "$hex" "$(uname -n)"; do
    ! grep -nF -- "$word" "$1" || fail "'$word' is in the report"
  done
}
GIT_TRACE2_EVENT=$CASE/tmp/trace expect_exit 0 git session doctor --bundle -
cp "$OUT" "$CASE/report"
leaks "$CASE/report"
for title in System Findings "Session Config" "Configuration of git" "Journal of the unfinished close" Trace; do
  expect_out "== $title =="
done
expect_out "A bug report of git-session "
expect_out_matches "^git: git version 2\.[0-9]+"
expect_out "✗ close          the close of 'main-1' is unfinished"
expect_out_matches "^git config \(local\)	test-command = TOKEN=(ghp_)?\*\*\*\* make -C <work tree> check$"
expect_out_matches "^[0-9]+ keys: default$"
expect_out "local	file:.git/config	remote.origin.url=https://<login>@git.example.org/alice-org/name.git"
expect_out "global	user.name is set"
expect_out_matches "^[0-9]+ other settings: left out$"
expect_no_out "echo private"
expect_out '"outside":"<work tree>/vault/n.md"'
expect_out '(500 bytes)'
expect_out '{"torn'
expect_out "This examination:"
expect_out_matches '"event":"child_start".*"git","-C","<work tree>"'
expect_out "The end of <tmp>/trace:"
expect_out_matches '"session-status"'
cmp "$CASE/journal" .git/git-session/close/journal.jsonl || fail "the journal was changed"

# Without a terminal nobody can be asked; it is shown all the same.
report=$CASE/bug.txt
expect_exit 2 git session doctor --bundle "$report"
expect_out "== System =="
expect_err "writing '$report' has to be confirmed, but there is no terminal to ask on"
expect_err "--yes"
expect_no_file "$report"
expect_exit 0 git session doctor --bundle "$report" --yes
expect_file_has "$report" "== Trace =="
expect_err "Written to '$report'"
expect_equal "$(stat -c %a "$report")" 600
leaks "$report"
grep -v -e '^A bug report' -e '"event"' "$report" >"$CASE/written"
grep -v -e '^A bug report' -e '"event"' "$OUT" >"$CASE/shown"
cmp "$CASE/written" "$CASE/shown" || fail "something else was shown than written"

# An existing file is not replaced, not even an empty one or a link to nothing.
echo mine >"$report"
expect_exit 1 git session doctor --bundle "$report" --yes
expect_err "'$report' already exists"
expect_equal "$(cat "$report")" mine
ln -s nowhere "$CASE/link"
expect_exit 1 git session doctor --bundle "$CASE/link" --yes
expect_no_file "$CASE/nowhere"
expect_exit 0 git session doctor --bundle "$report" --yes --force -q
expect_file_has "$report" "== Trace =="
expect_exit 128 git session doctor --bundle "$CASE/no/such/directory/x" --yes
expect_exit 129 git session doctor --yes
expect_exit 129 git session doctor --force
expect_exit 129 git session doctor --fix --bundle x

rm "$report"
expect_exit 0 git session doctor --bundle "$report" --yes --json
expect_json '.schema == "git-session/doctor-bundle/1" and .written and .file == $file' --arg file "$report"
expect_equal "$(json .text)" "$(cat "$report")"
rm "$report"
expect_exit 2 git session doctor --bundle "$report" --json
expect_json '.written == false and .file == $file and (.text | contains("== Trace =="))' --arg file "$report"
expect_no_file "$report"

# On a terminal it asks.
script --version >/dev/null 2>&1 || skip "no script"
answer() { answered git session doctor --bundle "'$report'" <<<"$1"; }
if answer q; then fail "it was written"; fi
grep -q "== System ==" "$CASE/terminal" || fail "it was not shown"
grep -q "Write this to '$report'?" "$CASE/terminal" || fail "it was not asked"
expect_no_file "$report"
answer w || fail "it was not written"
expect_file_has "$report" "== Trace =="

# Outside of a repository, and in one that cannot be read.
cd "$CASE"
expect_exit 0 git session doctor --bundle -
expect_out "== System =="
expect_out "no git repository here"
expect_no_out "== Journal"
