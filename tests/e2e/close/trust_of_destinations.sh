#!/usr/bin/env bash
# Where a file of the repository sends the user's work, notes and issues is trusted like a command; hidden characters
# in what would be trusted stop the close.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
bare_remote
bare_remote theirs
git session init --local -q
begin_with() { # begin_with TOML: the committed Session Config, and a session with work
  printf '%s\n' "$1" >.git-session.toml
  git add .git-session.toml
  git commit -q -m "chore: config" .git-session.toml
  start_session --scope "src/"
  mkdir -p src
  echo "$RANDOM" >src/a.c
}
over() { # the session ends without what it asked for
  git session close --abort >/dev/null 2>&1 || true
  git checkout -q HEAD^ -- .git-session.toml 2>/dev/null || git rm -q -f --cached .git-session.toml
  git commit -q -m "chore: no config" || true
  printf '' >.git-session.toml
  git session close --yes -q >/dev/null 2>&1 || fail "the session does not end: $(cat "$ERR")"
}
expect_asked() { # expect_asked TEXT…: exactly that waits for trust
  expect_exit 2 git session close --yes --json
  for text in "$@"; do
    expect_json '.decisions[] | select(.id == "trust") | .detail | contains($text)' --arg text "$text"
  done
  expect_json '.commits == [] and (.pushed | not)'
}

for key in remote mirror; do
  begin_with "$key = \"theirs\""
  expect_asked "$key of .git-session.toml:1" "theirs -> $CASE/theirs.git"
  expect_equal "$(git ls-remote theirs 'refs/heads/*' | cut -f1)" "$(git rev-parse theirs/main)"
  # Another URL is another destination.
  answer=$(trust_answer)
  git remote set-url theirs "$CASE/origin.git"
  expect_exit 2 git session close --continue --yes --decide "trust=$answer" --json
  git remote set-url theirs "$CASE/theirs.git"
  over
done

begin_with "[vault-integration]
enabled = true
vault-dir = \"$CASE/vault\""
mkdir "$CASE/vault"
expect_asked "vault-integration.vault-dir of .git-session.toml:" "$CASE/vault"
expect_equal "$(find "$CASE/vault" -type f)" ""
over

# A host that only the repository names gets no token.
fake_tracker glab
git remote set-url origin https://evil.example.org/group/name.git
for config in 'vcs = "gitlab"' 'gitlab-host = "evil.example.org"'; do
  printf '%s\n' "$config" >.git-session.toml
  GITLAB_TOKEN=secret expect_exit 1 git session issue create --title x
  expect_err "evil.example.org"
  expect_equal "$(fake_calls glab | grep -cv version || true)" 0
done
git config session.vcs gitlab
expect_exit 0 git session issue list
git config --unset session.vcs
git remote set-url origin "$CASE/origin.git"

# What does not show is never run, whoever says yes.
for hidden in '\u202e' '\u200b' '\u001b]0;x\u0007' '\u009b'; do
  begin_with "test-command = \"true; touch '$CASE/ran' $hidden\""
  expect_exit 1 git session close --yes --json
  expect_json '.phases[-1].id == "session" and (.phases[-1].summary | contains("a character that does not show"))'
  expect_no_file "$CASE/ran"
  over
done
# However the file came to be there: not tracked, behind a link, from what the stack shows.
start_session --scope "src/"
echo "$RANDOM" >src/a.c
printf "test-command = \"touch '%s/ran'\"\n" "$CASE" >"$CASE/elsewhere.toml"
git rm -q -f --cached .git-session.toml 2>/dev/null || true
cp "$CASE/elsewhere.toml" .git-session.toml
expect_exit 2 git session close --yes --json
git session close --abort -q
rm .git-session.toml
ln -s "$CASE/elsewhere.toml" .git-session.toml
expect_exit 128 git session close --yes
expect_err "'.git-session.toml' is a symbolic link that leaves the work tree"
rm .git-session.toml
printf "test:\n\ttouch '%s/ran'\n" "$CASE" >Makefile
expect_exit 2 git session close --yes --json
expect_json '.decisions[] | select(.id == "trust") | .detail | contains("make test")'
expect_no_file "$CASE/ran"
