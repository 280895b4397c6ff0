#!/usr/bin/env bash
# It answers where other commands stop: outside of a repository, in one that cannot be read, without HOME or git.
. "$E2E/lib.sh"
. "$E2E/doctor.sh"


mkdir "$CASE/nowhere"
cd "$CASE/nowhere"
expect_exit 0 git session doctor --json
expect_json '.repository == null and .well'
finding repository note "no git repository here"

git init -q --bare "$CASE/bare.git"
cd "$CASE/bare.git"
expect_exit 1 git session doctor --json
finding repository error "no work tree here: a bare repository" "git worktree add"

git init -q --object-format=sha256 "$CASE/sha256"
cd "$CASE/sha256"
expect_exit 1 git session doctor --json
finding repository error "this repository uses extensions.objectFormat=sha256" "git clone --ref-format=files"

new_repo
cp .git/config "$CASE/config"
printf '[core]\nrepositoryFormatVersion = 1\n[extensions]\nrefStorage = reftable\n' >>.git/config
expect_exit 1 git session doctor --json
finding repository error "refstorage" "git clone --ref-format=files"
cp "$CASE/config" .git/config

printf '[core\n' >>.git/config
expect_exit 1 "$PROGRAM/git-session" doctor --json # git itself does not get so far
finding repository error "bad config line $(wc -l <.git/config) in file .git/config"
cp "$CASE/config" .git/config

# HOME.
expect_exit 1 env -u HOME git session doctor --json
finding versions warning "HOME is not set"
chmod 0 "$HOME" 2>/dev/null
if [ "$(id -u)" -ne 0 ]; then
  expect_exit 1 git session doctor --json
  finding versions warning "HOME '$HOME' cannot be written"
fi
chmod 755 "$HOME"

# A git that is too old, or is none. (git session is not run by it.)
mkdir "$CASE/old"
printf '#!/bin/sh\n[ "$3" != --no-pager ] || shift\ncase " $* " in *" version "*) echo "git version 2.20.1" ;; *) exec %s "$@" ;; esac\n' \
  "$(command -v git)" >"$CASE/old/git"
chmod +x "$CASE/old/git"
PATH=$CASE/old:$PATH expect_exit 1 "$PROGRAM/git-session" doctor --json
finding versions error "git 2.20.1 is too old" "install git 2.31 or newer"
mkdir "$CASE/none"
for name in sh bash env; do ln -s "$(command -v $name)" "$CASE/none/$name"; done
PATH=$CASE/none expect_exit 1 "$PROGRAM/git-session" doctor --json
finding versions error "git program was not found on PATH" "install git"
finding versions warning "git-session is not on PATH" "export PATH=$PROGRAM:"

# Another git-session comes first on PATH.
printf '#!/bin/sh\necho "git-session 0.0.1"\n' >"$CASE/old/git-session"
chmod +x "$CASE/old/git-session"
rm "$CASE/old/git"
PATH=$CASE/old:$PATH expect_exit 1 "$PROGRAM/git-session" doctor --json
finding versions warning "hooks run another git-session: $CASE/old/git-session (git-session 0.0.1)" "put '$PROGRAM' before"

# A git directory that cannot be written: an agent's sandbox has a setting for it.
without_override true
chmod -R a-w .git
SO_PLATFORM=codex without_override git session doctor --json >"$OUT" 2>"$ERR" && fail "nothing was wrong"
finding repository error "'.git' cannot be written: Permission denied" 'writable_roots = ["'"$PWD/.git"'"]'
chmod -R u+w .git
