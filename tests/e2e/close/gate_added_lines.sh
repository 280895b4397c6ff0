#!/usr/bin/env bash
# Conflict markers, debugger statements and TODO: remove in added lines stop the close; console.log warns.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
printf 'debugger;\nold\n' >old.js
git add old.js
git commit -q -m "feat: old"
start_session --scope "*.js"
echo new >>old.js
expect_exit 0 git session close --json --dry-run
expect_json '[.phases[] | select(.id == "gate") | .findings[]] == []' # only what was added counts

for line in '<<<<<<< HEAD' '>>>>>>> theirs' '  debugger;' '// TODO: remove this'; do
  printf 'fine\n%s\nfine\n' "$line" >new.js
  expect_exit 1 git session close --json --decide gate=abort
  expect_outcome gate block
  expect_json '[.phases[] | select(.id == "gate") | .findings[] | select(.file == "new.js" and .line == 2)] | length == 1'
done
# A line that only imports a debugger, or says when something is removed, is not left over.
printf '// TODO: remove once the old clients are gone\n// "TODO: remove" fails the gate\n' >new.js
printf 'import pdb\n\ndef examine():\n    pdb.post_mortem()\n' >new.py
git session scope set "*.js" "*.py" >/dev/null 2>&1
expect_exit 0 git session close --json --dry-run
expect_json '[.phases[] | select(.id == "gate") | .findings[]] == []'
printf 'console.log(1)\n' >new.js
expect_exit 0 git session close --json
expect_outcome gate warn
expect_json '[.phases[] | select(.id == "gate") | .findings[] | select(.file == "new.js" and .line == 1)] | length == 1'
expect_json '.status == "closed"'
