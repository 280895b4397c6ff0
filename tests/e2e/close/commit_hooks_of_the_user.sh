#!/usr/bin/env bash
# The user's hooks run as in git commit: a refusal is shown and can be resolved, and changes to the commit are kept.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/" --title "Add a parser"
head=$(git rev-parse HEAD)
mkdir src
echo a >src/a.c
cat >.git/hooks/pre-commit <<'HOOK'
#!/bin/sh
echo "pre-commit ran" >&2
if git diff --cached --name-only | grep -q src/ && ! grep -q mended src/a.c; then
  echo "src/a.c is not mended" >&2
  exit 1
fi
HOOK
chmod +x .git/hooks/pre-commit
expect_exit 1 git session close --json
expect_outcome commit block
expect_json '.status == "blocked" and ([.phases[] | select(.id == "commit") | .detail] | .[0] | contains("src/a.c is not mended"))'
expect_equal "$(git rev-parse HEAD)" "$head"
expect_exit 1 git session close --continue
expect_out "src/a.c is not mended"
expect_exit 1 git session close --continue -q
expect_err "src/a.c is not mended"
expect_err_matches "^hint: .*--continue"
# What was decided is what is committed: an edit now belongs to the next session. Once the hook is satisfied in another
# way, the close continues.
cat >.git/hooks/pre-commit <<'HOOK'
#!/bin/sh
git diff --cached --name-only | grep -q '^src/' || exit 0
echo generated >generated.h
printf 'formatted\n' >>src/a.c
git add generated.h src/a.c
HOOK
printf '#!/bin/sh\nprintf "\\nReviewed-by: Hook\\n" >>"$1"\n' >.git/hooks/commit-msg
chmod +x .git/hooks/commit-msg
expect_exit 0 git session close --continue --json
expect_json '.status == "closed" and .pushed'
expect_equal "$(git show HEAD:generated.h)" generated
expect_equal "$(git show HEAD:src/a.c | paste -sd,)" "a,formatted"
git log -1 --format=%B HEAD | grep -q "^Reviewed-by: Hook$" || fail "commit-msg did not count"
expect_equal "$(git diff --cached)" ""
expect_equal "$(git status --porcelain)" ""

# A commit message that is refused, and a signature that cannot be made.
git session start --scope "src/" >/dev/null 2>&1
echo b >>src/a.c
printf '#!/bin/sh\necho "no ticket" >&2\nexit 1\n' >.git/hooks/commit-msg
expect_exit 1 git session close --json
expect_json '[.phases[] | select(.id == "commit") | .detail] | .[0] | contains("no ticket")'
rm .git/hooks/commit-msg
git config commit.gpgSign true
git config gpg.program "$CASE/no-such-gpg"
expect_exit 1 git session close --continue --json
expect_outcome commit block
expect_json '[.phases[] | select(.id == "commit") | .detail] | .[0] | contains("gpg")'
git config --unset commit.gpgSign
expect_exit 0 git session close --continue --json
expect_json '.status == "closed"'
expect_equal "$(sessions_lines)" 2

# Signed commits, by ssh: they verify, and only git's own processes ask for the key.
if command -v ssh-keygen >/dev/null; then
  session_repo signed
  ssh-keygen -q -t ed25519 -N "" -f "$CASE/key"
  echo "test@example.org $(cat "$CASE/key.pub")" >"$CASE/signers"
  git config gpg.format ssh
  git config user.signingKey "$CASE/key"
  git config gpg.ssh.allowedSignersFile "$CASE/signers"
  git config commit.gpgSign true
  start_session --scope "src/"
  mkdir -p src
  echo signed >src/s.c
  expect_exit 0 git session close --json --no-push
  expect_equal "$(git log -1 --format=%G?)" G
  expect_equal "$(git reflog -1 --format=%gs | cut -d: -f1)" "commit (amend)"
fi
