#!/usr/bin/env bash
# A dry run shows as written only what a close would write, says where that would stop, and ends where a person ends it.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "a.c"
echo x >a.c

# A gate that fails would stop it: nothing after that is shown as done, and JSON says which phase.
git config session.test-command "echo 'a.c:12: FAIL'; false"
expect_exit 0 git session close -n
expect_out "✗ test"
expect_no_out "would make"
expect_no_out "would push"
expect_out "Nothing was written: this was a dry run."
expect_out "The close would stop: test failed: exit status 1"
expect_out "The close would ask: gate (stop, retry, issue, abort; recommended: stop)"
expect_exit 0 git session close -n --json
expect_json '.stops_at == ["gate"] and .status == "dry-run"'

# One that passes does not.
git config session.test-command "test -e a.c"
expect_exit 0 git session close -n
expect_out "would make 1 commit"
expect_out "would push to origin/main"
expect_no_out "would stop"
expect_exit 0 git session close -n --json
expect_json '.stops_at == []'

# What is only asked about does not stop it.
echo stray >stray.txt
expect_exit 0 git session close -n
expect_out "would make 1 commit"
expect_out "The close would ask: unclaimed (leave, include, abort; recommended: leave)"

# An identity is missed before any gate runs; doctor misses it, too.
git config session.test-command "touch '$CASE/ran'"
without_identity() {
  env -u GIT_AUTHOR_NAME -u GIT_AUTHOR_EMAIL -u GIT_COMMITTER_NAME -u GIT_COMMITTER_EMAIL \
    git -c user.useConfigOnly=true -c user.name= -c user.email= "$@"
}
expect_exit 1 without_identity session close --yes
expect_out "git has no identity to commit with"
expect_err "git config --global user.email"
expect_no_file "$CASE/ran"
expect_exit 1 without_identity session doctor
expect_out "git has no identity to commit with"
git session close --abort >/dev/null 2>&1 || true

# A person's answer that ends the close ends the dry run, and is not followed by other questions.
script --version >/dev/null 2>&1 || exit 0
git config session.test-command false
answered git session close -n <<'END' || fail "exit code $?"
f
END
expect_out "The quality gate failed."
expect_no_out "Commit it?"
expect_no_out "would make"
expect_out "The close would stop: test failed"

# q is understood by every question that can end the close.
answered git session close <<'END' && fail "it was closed"
e
END
expect_out "the close was ended"
expect_equal "$(git status --porcelain a.c)" "?? a.c"
