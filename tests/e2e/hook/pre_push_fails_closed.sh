# shellcheck shell=bash
# What pre-push cannot check does not leave, and it says how to push all the same.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
new_repo
bare_remote
commit_file a
commit_file b
use_hook pre-push
head=$(git rev-parse HEAD)
null=0000000000000000000000000000000000000000
line="refs/heads/main $head refs/heads/main $null"
stopped() {
  expect_err "error: git-session cannot check what is pushed: "
  expect_err "hint: to push unchecked: 'git push --no-verify'"
}
hook() { git session hook pre-push origin "$CASE/origin.git"; }
expect_exit 0 hook <<<"$line"
expect_exit 0 hook </dev/null
expect_exit 0 hook <<<""

# Input that is not git's, or cannot be read.
for bad in "nonsense" "refs/heads/main x refs/heads/main $null" "$line
refs/heads/main $head" "refs/heads/main $head$head refs/heads/main $null" "main $head main $null and more"; do
  expect_exit 1 hook <<<"$bad"
  stopped
done
expect_exit 1 hook <"$CASE"
stopped
expect_exit 1 hook <<<"refs/heads/main ${head//[0-9]/1} refs/heads/main $null"
stopped

# No repository, or one that cannot be read.
cd "$CASE/home"
expect_exit 1 hook <<<"$line"
stopped
cd "$CASE/repo"
cp .git/config "$CASE/config"
git config core.repositoryFormatVersion 1
git config extensions.unheard-of true
expect_exit 1 hook <<<"$line"
stopped
cp "$CASE/config" .git/config
expect_exit 0 hook <<<"$line"

# Objects that are broken or gone, in the history and among the snapshots.
parent=$(git rev-parse HEAD~1)
object=.git/objects/${parent:0:2}/${parent:2}
chmod u+w "$object"
cp "$object" "$CASE/saved"
for broken in "not zlib" ""; do
  printf %s "$broken" >"$object"
  expect_exit 1 hook <<<"$line"
  stopped
done
rm "$object"
expect_exit 1 hook <<<"$line"
stopped
expect_err "commit $parent is missing"
cp "$CASE/saved" "$object"
git hash-object -t commit -w --stdin --literally <<<"tree nothing" >"$CASE/bad"
expect_exit 1 hook <<<"refs/heads/main $(cat "$CASE/bad") refs/heads/main $null"
stopped
echo dirty >>a
expect_exit 0 git session snapshot --session s --label x
snapshot=$(git for-each-ref --format='%(objectname)' refs/so-snapshots)
object=.git/objects/${snapshot:0:2}/${snapshot:2}
chmod u+w "$object"
: >"$object"
expect_exit 1 hook <<<"$line"
stopped
expect_exit 0 hook <<<"(delete) $null refs/heads/main $head"
expect_exit 0 env GIT_SESSION_HOOKS=0 git session hook pre-push origin "$CASE/origin.git" <<<"$line"

# A repository of a kind that is not read.
if git init -q --object-format=sha256 "$CASE/sha256" 2>/dev/null; then
  cd "$CASE/sha256"
  git init -q --bare --object-format=sha256 "$CASE/sha256.git"
  use_hook pre-push
  git commit -q --allow-empty -m "chore: root"
  expect_exit 1 git push -q "$CASE/sha256.git" HEAD
  stopped
  expect_exit 0 git push -q --no-verify "$CASE/sha256.git" HEAD
fi
