#!/usr/bin/env bash
# Hooks go where git looks for them: in linked worktrees, submodules, below core.hooksPath. A directory that belongs to
# the project, or to other repositories too, is not written to unless requested.
. "$E2E/lib.sh"
. "$E2E/hooks.sh"

new_repo
record_hooks
kind() { git session hooks status --json | jq -r .directory.kind; }
runs() { # in the repository at hand, a commit runs ours
  : >"$CASE/calls"
  make_commit
  grep -qx post-commit "$CASE/calls" || fail "$1: ours does not run"
}

# One directory for all worktrees, also from a subdirectory of one and through GIT_DIR; created if missing.
rm -r .git/hooks
git worktree add -q "$CASE/linked"
mkdir "$CASE/linked/deep"
(cd "$CASE/linked/deep" && expect_exit 0 git session hooks install --json &&
  expect_json '[.results[].path] == [$dir + "/pre-push", $dir + "/post-commit"]' --arg dir "$CASE/repo/.git/hooks")
(cd "$CASE/linked" && runs "the linked worktree")
runs "the main one"
expect_exit 0 env -C / GIT_DIR="$CASE/repo/.git" GIT_WORK_TREE="$CASE/repo" git session hooks uninstall
expect_no_file .git/hooks/post-commit

# A submodule has hooks of its own.
git init -q "$CASE/library"
(cd "$CASE/library" && commit_file lib)
git submodule add -q "$CASE/library" library
(cd library && git session hooks install -q && runs "the submodule")
expect_file .git/modules/library/hooks/post-commit
expect_no_file .git/hooks/post-commit
(cd library && git session hooks uninstall -q)
expect_no_file .git/modules/library/hooks/post-commit

# Tracked, or about to be: the project's.
git config core.hooksPath tools/hooks
mkdir -p tools/hooks
for stage in untracked tracked; do
  expect_equal "$(kind)" project
  remember_hooks tools/hooks
  expect_exit 1 git session hooks install
  expect_err "the hooks directory 'tools/hooks' belongs to the project (core.hooksPath in file:.git/config); --force installs there, or write into 'tools/hooks/post-commit':"
  expect_err '    git-session hook post-commit "$@" || true'
  expect_same_hooks tools/hooks
  [ $stage = tracked ] || {
    echo >tools/hooks/README
    git add tools
    git commit -q -m "chore: hooks"
  }
done
write_hook tools/hooks/post-commit 'echo theirs >>"$CASE/theirs"'
git add tools
expect_exit 1 git session hooks install
expect_err "or add to 'tools/hooks/post-commit':"
remember_hooks tools/hooks
expect_exit 0 git session hooks install --force
runs "a tracked directory"
expect_file "$CASE/theirs"
(cd tools && runs "from below")
expect_exit 0 git session hooks install # ours are kept without asking again
expect_exit 0 git session hooks uninstall
expect_same_hooks tools/hooks
git rm -q -r -f tools
expect_equal "$(kind)" project

# Ignored: not shared.
echo /local/ >>.git/info/exclude
git config core.hooksPath local/hooks
expect_equal "$(kind)" private
expect_exit 0 git session hooks install
runs "an ignored directory"
expect_file local/hooks/pre-push
git session hooks uninstall -q

# Outside, and configured in a file other than the repository's: shared.
git config --unset core.hooksPath
git config --global core.hooksPath \~/hooks
mkdir "$CASE/home/hooks"
expect_equal "$(kind)" shared
expect_exit 1 git session hooks install --json
expect_json '[.results[].action] == ["left", "left"] and (.results[0].advice[0] |
  contains("is not only this repository'"'"'s (core.hooksPath in file:'"$CASE"'/home/.gitconfig)"))'
expect_equal "$(ls "$CASE/home/hooks")" ""
expect_exit 0 git session hooks install --force
runs "a shared directory"
git session hooks uninstall -q
expect_equal "$(ls "$CASE/home/hooks")" ""
git config --global --unset core.hooksPath

# Through a link, with spaces and other bytes.
git config core.hooksPath $'.git/a b\n"c\xff'
expect_exit 0 git session hooks install
runs "unusual bytes"
expect_exit 0 git session hooks status --json
expect_json '.hooks[0].state == "installed"'
git session hooks uninstall -q

# Switched off.
git config core.hooksPath /dev/null
expect_exit 1 git session hooks install
expect_err "error: hooks are switched off: core.hooksPath is '/dev/null' in file:.git/config"
expect_exit 0 git session hooks uninstall
expect_equal "$(kind)" off
git config --unset core.hooksPath

# A directory that other repositories use, by a link.
mkdir "$CASE/shared"
mv .git/hooks "$CASE/hooks-before"
ln -s "$CASE/shared" .git/hooks
expect_exit 1 git session hooks install
expect_err "is not only this repository's (a symbolic link leads there)"
expect_equal "$(ls "$CASE/shared")" ""
rm .git/hooks
mv "$CASE/hooks-before" .git/hooks

# An unwritable directory is reported, and nothing has changed.
write_hook .git/hooks/pre-push 'exit 0'
remember_hooks
# shellcheck disable=SC2016
expect_exit 128 in_namespace sh -c 'mount --bind .git/hooks .git/hooks && mount -o remount,ro,bind .git/hooks &&
  exec git session hooks install'
expect_err_matches "^fatal: cannot (write|remove) '.*/\.git/hooks/pre-push.*Read-only file system"
expect_same_hooks
