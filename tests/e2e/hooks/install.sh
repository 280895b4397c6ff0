#!/usr/bin/env bash
# Installing twice is installing once; existing hooks keep running, what a person changed is left and named, and the
# answer is the same in words and in JSON.
. "$E2E/lib.sh"
. "$E2E/hooks.sh"

new_repo
remember_hooks
expect_exit 0 git session hooks uninstall
expect_out "no hook of git-session is installed here"
expect_exit 0 git session hooks
expect_out_matches "^post-commit +missing"
expect_err "hint: 'git session hooks install' installs what is missing"

expect_exit 0 git session hooks install --dry-run --json
expect_json '.schema == "git-session/hooks-install/1" and .dry_run and ([.results[] | [.name, .action]] ==
  [["pre-push", "installed"], ["post-commit", "installed"]])'
expect_same_hooks
expect_exit 0 git session hooks install
expect_out_matches "^installed +pre-push +\.git/hooks/pre-push$"
expect_no_out pre-commit
expect_no_file .git/hooks/pre-commit
for name in pre-push post-commit; do
  head -n -1 .git/hooks/$name | cmp - "$E2E/../../../hooks/$name" || fail "$name is not the shipped script"
  [ -x .git/hooks/$name ] || fail "$name is not executable"
done
remember_hooks
expect_exit 0 git session hooks install --json
expect_json '[.results[].action] == ["kept", "kept"]'
expect_same_hooks
expect_exit 0 git session hooks status --json
expect_json '.schema == "git-session/hooks-status/1" and .directory == {path: ".git/hooks", kind: "private", setting: null, origin: null}'
expect_json '[.hooks[] | [.name, .optional, .state]] == [["pre-push", false, "installed"], ["post-commit", false, "installed"],
  ["pre-commit", true, "missing"], ["post-index-change", true, "missing"]]'
expect_json '.hooks[0] == {name: "pre-push", optional: false, state: "installed", path: ".git/hooks/pre-push", manager: null,
  previous: null, caller: null, advice: []}'

# Optional ones on request, and from then on.
expect_exit 129 git session hooks install --with commit-msg
expect_err "there is no hook 'commit-msg' to install"
expect_err "--with takes pre-commit and post-index-change"
write_hook .git/hooks/pre-commit 'exit 0'
# What is optional and was not asked for is not missing.
expect_exit 0 git session hooks
expect_no_err "installs what is missing"
expect_exit 0 git session hooks install --with pre-commit,post-index-change -q
expect_empty_out
expect_state pre-commit chained '.previous == ".git/hooks/pre-commit.before-git-session"'
expect_state post-index-change installed
expect_exit 0 git session hooks install --json
expect_json '[.results[].action] == ["kept", "kept", "kept", "kept"]'

# Another version's script is brought up to date, one that a person changed is not.
printf '#!/bin/sh\n# an older version\nexit 0\n' >"$CASE/older"
{
  cat "$CASE/older"
  echo "# git-session post-commit $(git hash-object "$CASE/older")"
} >.git/hooks/post-commit
expect_state post-commit outdated
chmod -x .git/hooks/post-index-change
expect_state post-index-change outdated
sed -i '2i echo changed' .git/hooks/pre-push
expect_state pre-push edited '.advice[0] | contains("was changed after it was installed")'
cp .git/hooks/pre-push "$CASE/edited"
expect_exit 1 git session hooks install
expect_out_matches "^updated +post-commit"
expect_out_matches "^updated +post-index-change"
expect_out_matches "^left +pre-push"
expect_err "hint: pre-push: '.git/hooks/pre-push' was changed after it was installed; remove it and install again"
cmp .git/hooks/pre-push "$CASE/edited" || fail "the changed hook was written"
expect_state post-commit installed
expect_state post-index-change installed
expect_exit 1 git session hooks uninstall
expect_out_matches "^left +pre-push"
expect_out_matches "^removed +post-commit"
expect_out_matches "^restored +pre-commit"
expect_err "hint: pre-push: '.git/hooks/pre-push' was changed after it was installed; remove it yourself"
cmp .git/hooks/pre-push "$CASE/edited" || fail "the changed hook was removed"
expect_equal "$(cat .git/hooks/pre-commit)" "$(printf '#!/bin/sh\nexit 0')"
rm .git/hooks/pre-push

# Ours was replaced: the hook that was there first is not lost, and nothing is guessed.
write_hook .git/hooks/post-commit 'echo first'
git session hooks install -q
write_hook .git/hooks/post-commit 'echo second'
remember_hooks
expect_exit 1 git session hooks install
expect_err "'.git/hooks/post-commit' and '.git/hooks/post-commit.before-git-session' both exist"
expect_exit 1 git session hooks uninstall
expect_err "'.git/hooks/post-commit.before-git-session' is the hook that was there before"
expect_out_matches "^removed +pre-push"
expect_file_has .git/hooks/post-commit second
expect_file_has .git/hooks/post-commit.before-git-session first
# Ours was removed: installed again, it runs the earlier hook; or that one is restored.
rm .git/hooks/post-commit
expect_exit 0 git session hooks install
expect_out_matches "^chained +post-commit"
rm .git/hooks/post-commit
expect_exit 0 git session hooks uninstall --dry-run
expect_out_matches "^would be restored +post-commit"
expect_no_file .git/hooks/post-commit
expect_exit 0 git session hooks uninstall --json
expect_json '.schema == "git-session/hooks-uninstall/1" and ([.results[] | [.name, .action]] | index([["post-commit", "restored"]]) != null)'
expect_file_has .git/hooks/post-commit first
rm .git/hooks/post-commit

# A hook that another one links to stays: the link would lead to our script.
write_hook .git/hooks/post-commit 'echo ran >>"$CASE/ran"'
ln -sf post-commit .git/hooks/pre-commit
expect_exit 1 git session hooks install --with pre-commit
expect_err "'.git/hooks/pre-commit' is a link to '.git/hooks/post-commit'"
make_commit
expect_equal "$(wc -l <"$CASE/ran")" 2
git session hooks uninstall -q
rm .git/hooks/post-commit .git/hooks/pre-commit

# A hook that uses its own name would behave differently under another one.
# shellcheck disable=SC2016
write_hook .git/hooks/pre-push 'exec run-parts "$0.d"'
expect_exit 1 git session hooks install
expect_err "'.git/hooks/pre-push' depends on its own name"
expect_err "exec <<REFS"
expect_exit 0 git session hooks install --force
expect_state pre-push chained
expect_exit 0 git session hooks uninstall
# The suggested lines do what ours does: a "no" stops the push, and what follows reads the same input.
rm .git/hooks/pre-push
record_hooks
bare_remote
write_hook .git/hooks/pre-push 'exit 0 # basename'
# shellcheck disable=SC2016
{
  echo '#!/bin/sh'
  git session hooks status 2>&1 >/dev/null | sed -n 's/^    //p'
  echo 'cat >"$CASE/input-$(basename "$0")"'
} >"$CASE/with-lines"
install -m 755 "$CASE/with-lines" .git/hooks/pre-push
expect_state pre-push installed '.caller == ".git/hooks/pre-push"'
: >"$CASE/calls"
expect_exit 0 git push -q origin HEAD:one
expect_file_has "$CASE/input-pre-push" refs/heads/one
expect_calls "pre-push [origin] [$CASE/origin.git]" "< $(cat "$CASE/input-pre-push")"
answer 1
expect_exit 1 git push -q origin HEAD:two
answer 128
expect_exit 1 git push -q origin HEAD:three
answer 127
expect_exit 0 git push -q origin HEAD:three
expect_exit 1 git session hooks uninstall
expect_err "'.git/hooks/pre-push' runs git-session; remove that yourself"
