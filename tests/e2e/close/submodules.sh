#!/usr/bin/env bash
# A gitlink is committed together with its section of .gitmodules, also where the plan does not name that file; sections of
# others stay.
. "$E2E/lib.sh"
. "$E2E/close.sh"
session_repo lib
commit_file lib.c "int lib;"
cp -a "$CASE/lib" "$CASE/other"

clone_works() {
  rm -rf "$CASE/clone"
  git clone -q . "$CASE/clone"
  (cd "$CASE/clone" && git submodule --quiet update --init) || fail "a clone cannot fetch its submodules"
}
section_paths() { git config --blob "${1-HEAD}:.gitmodules" --get-regexp 'path$' | cut -d' ' -f2- | LC_ALL=C sort | paste -sd,; }
vendor_session() { start_session --plan "$(plan '[[item]]
title = "Take the library in"
files = ["vendor/**"]')"; }

for records in tracked private; do
  if [ "$records" = tracked ]; then session_repo tracked; else new_repo private; fi
  git session init --records "$records" -q >/dev/null 2>&1 || true
  git add -A
  git commit -q --allow-empty -m "chore: the home"
  vendor_session
  git submodule --quiet add "$CASE/lib" vendor/lib
  expect_exit 0 git session status --json
  expect_json '.changes | any(.path == ".gitmodules" and .owner == "ours")'
  expect_exit 0 git session close --json --no-push
  expect_json '.decisions == []'
  expect_equal "$(work_files)" ".gitmodules
vendor/lib"
  clone_works
done

# A second one, beside a section of another that was there when the session started and one that came meanwhile.
git submodule --quiet add "$CASE/other" theirs/before
start_session --plan "$(plan '[[item]]
title = "Own one"
files = ["vendor/**"]')"
git submodule --quiet add --name spaced "$CASE/other" "vendor/with space"
git submodule --quiet add "$CASE/other" theirs/meanwhile
expect_exit 0 git session close --json --no-push --decide unclaimed=leave
expect_equal "$(section_paths)" "vendor/lib,vendor/with space"
expect_json '[.phases[] | select(.id == "staging-plan") | .findings[] | select(.file == ".gitmodules")] | length == 1'
clone_works
expect_equal "$(section_paths "")" "theirs/before,theirs/meanwhile,vendor/lib,vendor/with space"
expect_equal "$(git diff --name-only)" ""
git rm -qrf theirs
git commit -q -m "chore: without theirs" -- . || true

# Moved.
vendor_session
git mv vendor/lib vendor/moved
expect_exit 0 git session close --json --no-push
expect_equal "$(section_paths)" "vendor/moved,vendor/with space"
clone_works

# Removed, one that stays.
vendor_session
git rm -q vendor/moved
expect_exit 0 git session close --json --no-push
expect_equal "$(section_paths)" "vendor/with space"
expect_equal "$(git status --porcelain)" ""
clone_works

# The last one, by hand, with the file.
vendor_session
git rm -q "vendor/with space"
git rm -qf .gitmodules
expect_exit 0 git session close --json --no-push
expect_equal "$(git ls-tree -r --name-only HEAD | grep -c -e gitmodules -e vendor || true)" 0
clone_works

# The plan has the file in another item: it goes with the gitlink.
start_session --plan "$(plan '[[item]]
title = "Configure"
files = [".gitmodules", "a.c"]
[[item]]
title = "Take it"
files = ["vendor/**"]')"
git submodule --quiet add --force "$CASE/lib" vendor/lib
echo a >a.c
expect_exit 0 git session close --json --no-push
expect_equal "$(work_files HEAD)" ".gitmodules
vendor/lib"

# A repository inside that no section describes, and a file that git cannot read: nothing is made up.
vendor_session
git clone -q "$CASE/lib" vendor/embedded
git -c advice.addEmbeddedRepo=false add vendor/embedded
printf '[broken\n' >>.gitmodules
expect_exit 0 git session close --json --no-push --decide unclaimed=leave
expect_equal "$(section_paths)" "vendor/lib"
