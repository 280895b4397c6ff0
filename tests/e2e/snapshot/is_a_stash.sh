#!/usr/bin/env bash
# What git itself does with a stash works on a snapshot, and gives everything back.
. "$E2E/lib.sh"

new_repo
for name in modified staged both deleted renamed mode "odd name" $'new\nline' $'byte\xff' type; do commit_file "$name"; done
ln -s modified link
git add link
git commit -q -m "chore: link"
mkdir -p below/deep

echo change >>modified
echo change >>staged
git add staged
echo one >>both
git add both
echo two >>both
rm deleted
git mv renamed renamed-to
chmod +x mode
echo change >>"odd name"
echo change >>$'new\nline'
echo change >>$'byte\xff'
rm type
ln -s elsewhere type
ln -sfn staged link
echo new >"below/untracked file"
printf '%s\n' "ignored.log" >.gitignore
echo no >ignored.log
remember_tree

cd below/deep
expect_exit 0 git session snapshot --session s --wave 1 --label all --json
ref=$(json .ref)
cd ../..
expect_same_tree
git fsck --strict --no-dangling >"$CASE/fsck" 2>&1 || fail "git fsck: $(cat "$CASE/fsck")"
expect_equal "$(git log -1 --format=%P "$ref" | wc -w)" 3
expect_equal "$(git log -1 --format=%P "$ref^3")" "" "the commit of untracked files has a parent"
git stash show --include-untracked --name-only -z "$ref" >"$CASE/shown"
shown() { # a name may hold a newline, so no grep
  local name
  while IFS= read -r -d '' name; do if [ "$name" = "$1" ]; then return 0; fi; done <"$CASE/shown"
  return 1
}
for name in modified staged both deleted mode type link "below/untracked file" .gitignore $'new\nline' $'byte\xff'; do
  shown "$name" || fail "git stash show does not list '$name'"
done
if shown ignored.log; then fail "an ignored file was saved"; fi

rm ignored.log
git reset -q --hard
git clean -qfdx
git stash apply -q --index "$ref"
echo no >ignored.log
expect_same_tree
