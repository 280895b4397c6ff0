#!/usr/bin/env bash
# The vault's notes: every way in which the phase is skipped, warns or blocks, and each choice of its decision.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
mkdir src
echo a >src/a.c

note() { printf -- '---\nid: %s\ntype: note\ncreated: 2026-11-22\nupdated: 2026-11-22\n---\n%s\n' "$1" "${3:-}" >"$2"; }

dry_close
expect_outcome vault skip
expect_equal "$(summary vault)" "vault-sync is not enabled"
git config session.vault-sync.enabled true
git config session.vault-sync.mode off
dry_close
expect_outcome vault skip
expect_equal "$(summary vault)" "vault-sync's mode is off"
git config session.vault-sync.mode strict
git config session.vault-sync.vault-dir "$CASE/nowhere"
dry_close
expect_outcome vault skip
expect_json '[.phases[] | select(.id == "vault") | .summary] | all(startswith("no vault: there is no directory"))'

vault=$CASE/vault
mkdir "$vault"
git config session.vault-sync.vault-dir "$vault"
dry_close
expect_outcome vault skip
note good "$vault/good.md" "[[good]]"
echo "plain" >"$vault/plain.md"
dry_close
expect_outcome vault ok
expect_equal "$(summary vault)" "1 note: 0 errors, 0 warnings, 1 without frontmatter"

# A dangling link is a warning, in strict too.
note linked "$vault/linked.md" "[[nowhere]]"
dry_close
expect_outcome vault warn
expect_json '[.phases[] | select(.id == "vault") | .findings[]] | length == 1 and .[0].severity == "low" and .[0].line == 7'
expect_json '.decisions | all(.id != "vault")'
rm "$vault/linked.md"

# Each part of a hostile vault is a finding, and nothing hangs.
note BAD "$vault/bad.md"
printf -- '---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n' >"$vault/bomb.md"
printf -- '---\na: %s\n---\n' "$(printf '[%.0s' {1..60})$(printf ']%.0s' {1..60})" >"$vault/deep.md"
truncate -s 50M "$vault/huge.md"
printf -- '---\nid: \377\n---\n' >"$vault/latin.md"
ln -s . "$vault/loop"
mkfifo "$vault/pipe.md"
git config session.vault-sync.mode warn
dry_close
expect_outcome vault warn
expect_json '[.phases[] | select(.id == "vault") | .findings[] | .title] | any(startswith("'"'id' is 'BAD'"'"))
  and any(contains("anchors are not supported")) and any(contains("nested deeper")) and any(startswith("larger than 8 MiB"))
  and any(. == "the frontmatter is not UTF-8")'
expect_json '.decisions | all(.id != "vault")'
git config session.vault-sync.mode sometimes # treated as warn, and reported
dry_close
expect_outcome vault warn
expect_err "vault-sync.mode is 'sometimes'"
rm "$vault"/bomb.md "$vault"/deep.md "$vault"/latin.md
git config --add session.vault-sync.exclude 'hug?.md'
git config session.vault-sync.mode hard

expect_exit 2 git session close --json
expect_json '.status == "needs-decision" and ([.decisions[] | select(.id == "vault")] | length == 1 and (.[0] |
  .choices == ["fix", "carryover", "abort"] and .recommended == "fix" and (.detail | contains("bad.md:2: '"'id' is 'BAD'"'"))))'
expect_outcome vault block
expect_exit 1 git session close --continue --decide vault=fix --json
expect_json '.status == "blocked" and (.hint | contains("--continue"))'
expect_exit 1 git session close --continue --decide vault=abort --json
expect_json '.status == "aborted"'
expect_exit 129 git session close --decide vault=override
expect_err "its choices are: fix, carryover, abort"

expect_exit 0 git session close --decide vault=carryover --json
expect_json '.status == "closed" and (.issues | length == 1 and (.[0] | .action == "create" and (.title | startswith("[Carryover] Vault"))))'
expect_outcome vault warn
expect_file_has "$(ls .orchestrator/issues/*.md)" "bad.md:2"
expect_file_has .orchestrator/STATE.md "close: decision vault = carryover (recommended: fix)"
expect_equal "$(git status --porcelain)" ""

# A vault within the tree, which the default is: findings name files from its top; once fixed, the close continues.
git config --unset session.vault-sync.vault-dir
start_session --scope "notes/"
mkdir notes
note WRONG notes/a.md
expect_exit 2 git session close --json
expect_json '[.phases[] | select(.id == "vault") | .findings[] | .file] == ["notes/a.md"]'
note right notes/a.md
expect_exit 0 git session close --continue --json
expect_outcome vault ok
