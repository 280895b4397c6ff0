#!/usr/bin/env bash
# With a program that manages hooks, the fix is what to add to its settings.
. "$E2E/lib.sh"
. "$E2E/close.sh"
. "$E2E/doctor.sh"

recorded=$E2E/recorded-hooks
new_repo husky
mkdir .husky
cp -r "$recorded/husky-9" .husky/_
echo '*' >.husky/_/.gitignore
git config core.hooksPath .husky/_
look 0
finding hooks note "pre-push (husky) is not installed" "write a file '.husky/pre-push'"
finding hooks note "post-commit (husky) is not installed" 'git-session hook post-commit "$@" || true'
echo 'echo theirs' >.husky/post-commit
look 0
finding hooks note "post-commit (husky) belongs to another program, which does not run ours" "add to '.husky/post-commit'"
# With one of the two, the other is missed.
echo 'git-session hook post-commit "$@" || true' >>.husky/post-commit
look 1
finding hooks fine "post-commit (husky)"
finding hooks warning "pre-push (husky) is not installed" "write a file '.husky/pre-push'"
expect_json '[.findings[] | select(.area == "hooks" and .fixable)] == []'
expect_exit 1 git session doctor --fix
expect_no_file .husky/pre-push

new_repo lefthook
install -m 755 "$recorded/lefthook" .git/hooks/post-commit
look 0
finding hooks note "post-commit (lefthook) belongs to another program" "lefthook.yml"

# A shared directory.
new_repo shared
mkdir "$CASE/hooks"
git config core.hooksPath "$CASE/hooks"
look 0
finding hooks note "post-commit is not installed" "--force installs there"

# The hook that was there runs through ours alone.
new_repo chained
printf '#!/bin/sh\nexit 0\n' >.git/hooks/post-commit
chmod +x .git/hooks/post-commit
git session hooks install >/dev/null
rm .git/hooks/post-commit
look 1
finding hooks warning "'.git/hooks/post-commit.before-git-session' does not run: our hook, which called it, is missing" "git session hooks uninstall"

# Our hook twice: a file, and git's configuration.
new_repo twice
git session hooks install >/dev/null
git config hook.scope.event post-commit
git config hook.scope.command "git-session hook post-commit"
look 1
finding hooks warning "post-commit: "
