#!/usr/bin/env bash
# What is only dependencies is shared with the checkout, and nothing is claimed of a tree from which they lead back into
# the work tree.
. "$E2E/lib.sh"
. "$E2E/close.sh"

gate() { jq -r ".phases[] | select(.id == \"gate\") | $1" "$OUT"; }
isolated() { expect_exit 0 git session close --isolated --dry-run --json; }
expect_isolated() {
  expect_outcome gate ok
  expect_equal "$(gate '[.findings[].title | select(startswith("not isolated"))] | length')" 0
  expect_json '.report.not_isolated == [] and .report.tested_tree != null'
}
expect_not_isolated() { # WHAT
  expect_equal "$(gate .outcome)" warn
  expect_json '.report.not_isolated == [$what] and .report.tested_tree == null' --arg what "$1"
  expect_equal "$(gate '.findings[].title | select(startswith("not isolated"))')" "not isolated: $1"
}

new_repo
printf 'node_modules/\n.venv/\nbuild/\nvendor/\n' >.gitignore
echo '{"name": "top"}' >package.json
mkdir -p packages/a packages/b
echo '{"name": "a"}' >packages/a/package.json
echo '{"name": "b"}' >packages/b/package.json
git add .
git commit -q -m "chore: packages"
mkdir -p node_modules/left-pad node_modules/.bin node_modules/@scope/pkg packages/a/node_modules/dep build
echo "kept" >node_modules/left-pad/index.js
ln -s ../left-pad/index.js node_modules/.bin/left-pad
touch build/CMakeCache.txt
bare_remote
git config session.test-command 'cat node_modules/left-pad/index.js node_modules/.bin/left-pad && test -d packages/a/node_modules/dep && test ! -e build && test -z "$(git status --porcelain node_modules packages)"'
start_session --scope src/
mkdir src && echo 1 >src/a

# Found from the stack, in every directory; never a build directory; nothing that git would show.
isolated
expect_isolated
expect_file node_modules/left-pad/index.js

# A command that empties the shared directory does not empty the work tree's.
git config session.lint-command 'rm -rf node_modules packages/*/node_modules; mkdir node_modules; touch node_modules/new'
isolated
expect_isolated
expect_equal "$(cat node_modules/left-pad/index.js)" kept
expect_file packages/a/node_modules/dep
expect_no_file node_modules/new
git config --unset session.lint-command

# npm workspaces and npm link.
ln -s ../packages/b node_modules/b
isolated
expect_not_isolated "node_modules/b leads back into the work tree"
ln -s ../../packages/a node_modules/@scope/a
isolated
expect_not_isolated "node_modules/b, node_modules/@scope/a lead back into the work tree"
rm node_modules/@scope/a node_modules/b
mkdir "$CASE/global" && ln -s "$PWD/packages/b" "$CASE/global/b" && ln -s "$CASE/global/b" node_modules/b
isolated
expect_not_isolated "node_modules/b leads back into the work tree"
rm node_modules/b && ln -s "$CASE/global" node_modules/outside
isolated
expect_isolated
rm node_modules/outside

# A link of the tree itself.
ln -s "$PWD/packages" src/absolute
isolated
expect_not_isolated "src/absolute leads back into the work tree"
ln -sfn ../packages src/absolute
isolated
expect_isolated

# Given by hand: a virtual environment, and what is a build directory.
git config session.gate-share '[.venv, build]'
git config session.test-command 'cat .venv/lib/python3/site-packages/six.py && test ! -e node_modules && echo "VIRTUAL_ENV is $VIRTUAL_ENV" && test "$VIRTUAL_ENV" = "$PWD/.venv" && case $PATH in *":$PWD/.venv/bin:"*) ;; *) exit 1 ;; esac && test -z "$(git ls-files -o --exclude-standard)"'
site=.venv/lib/python3/site-packages
mkdir -p "$site/six-1.dist-info" .venv/bin
echo "six = 6" >"$site/six.py"
echo "$PWD/.venv/lib/elsewhere" >"$site/inner.pth"
echo '{"url": "https://pypi.org/six", "archive_info": {}}' >"$site/six-1.dist-info/direct_url.json"
export VIRTUAL_ENV=$PWD/.venv PATH=$PWD/.venv/bin:$PATH
isolated
expect_isolated
expect_json '[.report.warnings[] | select(contains("build is a build directory"))] | length == 1'

expect_editable() { # FILE CONTENT
  mkdir -p "$(dirname "$site/$1")"
  printf '%s\n' "$2" >"$site/$1"
  isolated
  expect_not_isolated "$site/$1 leads back into the work tree"
  rm "$site/$1"
}
expect_editable __editable__.mine-1.pth "$PWD/src"
expect_editable relative.pth "../../../../src"
expect_editable old.egg-link "$PWD
."
expect_editable hook.pth "import sys; sys.path.insert(0, '$PWD/src')"
expect_editable __editable___mine_finder.py "MAPPING = {'mine': '$PWD/src/mine'}"
expect_editable mine-1.dist-info/direct_url.json '{"url": "file://'"$PWD"'", "dir_info": {"editable": true}}'
echo "MAPPING = {'mine': '$PWD-2/src/mine'}" >"$site/__editable___other.py"
isolated
expect_isolated

# A real one, where there is python with venv.
if python3 -m venv --without-pip .venv2 2>/dev/null; then
  echo ".venv2/" >>.git/info/exclude
  git config session.gate-share .venv2
  git config session.test-command '.venv2/bin/python -c "import sys; print(sys.prefix); assert sys.prefix != sys.base_prefix"'
  isolated
  expect_isolated
fi

# Composer's autoloader takes the project's classes from above the real vendor/.
git config session.gate-share vendor
git config session.test-command 'test -d src'
mkdir -p vendor/composer
printf '%s\n' '<?php' '$baseDir = dirname($vendorDir);' "return array('App\\\\' => array(\$baseDir . '/src'));" >vendor/composer/autoload_psr4.php
isolated
expect_not_isolated "vendor/composer/autoload_psr4.php leads back into the work tree"

# What is no directory of the work tree's is nothing to share, and nothing of another place is.
git config session.gate-share '[src, ../outside, /etc, packages]'
isolated
expect_isolated

# The record says so too, and no commit claims it; also where the gates need not run again.
git config session.gate-share vendor
git config session.commit-trailers true
git config session.test-command 'test -d src && echo run >>'"$CASE/runs"
printf '#!/bin/sh\nexit 1\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
expect_exit 1 git session close --isolated --json
rm .git/hooks/pre-commit
expect_exit 0 git session close --continue --json
expect_equal "$(cat "$CASE/runs")" run
expect_equal "$(jq -c '[.tested_tree, .not_isolated]' .git/git-session/records/sessions.jsonl)" '[null,["vendor/composer/autoload_psr4.php leads back into the work tree"]]'
expect_equal "$(git log -1 --format='%(trailers:key=Tested-tree)')" ""
