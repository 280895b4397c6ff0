#!/usr/bin/env bash
# Renames, modes, symlinks, deletions, files that became directories and vice versa, and odd names.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
commit_file old-name.txt "$(seq 1 30)"
commit_file run.sh "true"
commit_file delete-me.txt
commit_file becomes-directory
commit_file becomes-file/inside.txt
ln -s README.md link
git add link
git commit -q -m "chore: link"
head=$(git rev-parse HEAD)
start_session
git mv old-name.txt new-name.txt
chmod +x run.sh
rm delete-me.txt becomes-directory
mkdir becomes-directory
echo in >becomes-directory/inside
rm -r becomes-file
echo file >becomes-file
ln -sfn nowhere link
ln -s a new-link
odd=$'new\nline' bytes=$'caf\xe9' quoted='quo"te\back'
for name in "$odd" "$bytes" "$quoted" -n -- '--all' ':(top)x' 'a*b' ' lead and trail ' $'tab\there' '[x]' '#h' '!n'; do
  [ "$name" = -- ] || printf 'x\n' >"./$name"
done
touch axb
rm axb
expect_exit 0 git session close --json
expect_json '.status == "closed"'
expect_equal "$(git status --porcelain)" ""
expect_equal "$(git ls-tree HEAD run.sh link new-link becomes-file | cut -d' ' -f1 | LC_ALL=C sort | paste -sd,)" "100644,100755,120000,120000"
expect_equal "$(git show HEAD:becomes-directory/inside)" in
for name in "$odd" "$bytes" "$quoted" -n --all ':(top)x' 'a*b' ' lead and trail ' $'tab\there'; do
  git cat-file -e "HEAD:./$name" 2>/dev/null || git --literal-pathspecs ls-tree HEAD -- "$name" | grep -q . || fail "not committed: $name"
done
for gone in old-name.txt delete-me.txt becomes-directory becomes-file/inside.txt; do
  case $(git cat-file -t "HEAD:$gone" 2>/dev/null) in blob) fail "still there: $gone" ;; esac
done
git log --format=%B "$head..HEAD" | grep -q "rename 'old-name.txt' to 'new-name.txt'\|rename old-name.txt to new-name.txt" ||
  fail "no rename in the message: $(git log --format=%B "$head..HEAD")"
git fsck --no-dangling 2>&1 | grep -v '^dangling\|^notice' && fail "fsck complains"
true
