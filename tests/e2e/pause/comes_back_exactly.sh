#!/usr/bin/env bash
# What is shelved comes back as it was: every kind of change, bytes, modes and index, beside others' work that is not touched.
. "$E2E/lib.sh"
. "$E2E/close.sh"

describe_exactly() {
  git status --porcelain=v2 -- . ':!.orchestrator/STATE.md'
  git diff -- . ':!.orchestrator/STATE.md'
  git diff --cached
  git ls-files --stage
  find . -path ./.git -prune -o -path ./.orchestrator -prune -o \( -type f -o -type l \) -printf '%p %m %l\n' | LC_ALL=C sort
  find . -path ./.git -prune -o -path ./.orchestrator -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha1sum
}

for home in private tracked; do
  new_repo "$home"
  git session init --records $home >/dev/null 2>&1
  git config core.safecrlf false
  printf '*.crlf text eol=crlf\n*.ident ident\n*.up filter=up\n' >.gitattributes
  git config filter.up.clean 'tr a-z A-Z'
  git config filter.up.smudge 'tr A-Z a-z'
  mkdir -p dir/deep swap gone
  for file in changed both staged removed unstaged-removal renamed-from mode dir/deep/file swap/x gone/only retyped theirs-changed theirs-staged; do
    printf '%s 1\n%s 2\n%s 3\n' $file $file $file >$file
  done
  printf 'a\r\nb\r\n' >lines.crlf
  echo '$Id$' >keyword.ident
  echo loud >voice.up
  ln -s changed link
  chmod +x mode
  git add -A
  git commit -q -m "chore: set up"

  # Others' work, from before the session.
  echo theirs >>theirs-changed
  echo theirs >>theirs-staged
  git add theirs-staged
  echo theirs >>theirs-staged
  echo theirs >theirs-untracked
  start_session
  [ $home = private ] || git add -f .orchestrator/STATE.md

  echo mine >>changed
  echo staged >>both && git add both && echo unstaged >>both
  echo mine >>staged && git add staged
  git rm -q removed
  rm unstaged-removal
  git mv renamed-from renamed-to
  chmod -x mode
  ln -sfn staged link
  rm -r gone
  rm -r swap && echo "a file now" >swap && git add -A swap
  rm retyped && ln -s changed retyped
  mkdir -p "new/d ir" && echo new >"new/d ir/f" && chmod +x "new/d ir/f"
  echo secret >private-file && chmod 600 private-file
  printf 'bin\0ary' >binary && git add binary
  echo intended >intended && git add -N intended
  ln -s ../nowhere dangling
  printf 'a\nb\r\nmine\n' >lines.crlf
  echo '$Id: x $ mine' >keyword.ident
  echo 'mixed Case' >voice.up
  echo 'a new voice' >new.up && git add new.up
  printf 'odd\n' >"$(printf 'tab\there')"
  printf 'odd\n' >"$(printf 'byte\377')"
  echo '*.ignored' >>.git/info/exclude && echo stays >a.ignored

  describe_exactly >"$CASE/before"
  expect_exit 0 git session pause --shelve --json
  expect_json '(.shelved | length) >= 24 and .left == [] and .kept == []'
  expect_equal "$(git status --porcelain)" " M theirs-changed
MM theirs-staged
?? theirs-untracked" "in $home"
  expect_equal "$(cat a.ignored)" stays
  expect_no_file new
  expect_equal "$(cat swap/x)" "swap/x 1
swap/x 2
swap/x 3"
  expect_equal "$(od -An -c lines.crlf | tr -d ' \n')" 'a\r\nb\r\n'
  git diff --exit-code HEAD -- mode link retyped gone voice.up >/dev/null || fail "not as HEAD has it"

  # Others go on meanwhile.
  echo later >later
  expect_exit 0 git session resume --json
  expect_json '.status == "resumed" and (.files | length) >= 22 and .in_the_way == [] and .conflicts == [] and .moved == []'
  rm later
  describe_exactly >"$CASE/after"
  diff "$CASE/before" "$CASE/after" >"$CASE/diff" || fail "in $home: $(head -40 "$CASE/diff")"

  # Again, and a third time without --shelve first.
  expect_exit 0 git session pause
  describe_exactly >"$CASE/after"
  diff "$CASE/before" "$CASE/after" >"$CASE/diff" || fail "paused in $home: $(head -40 "$CASE/diff")"
  expect_exit 0 git session pause --shelve
  expect_exit 0 git session pause --shelve
  expect_out "Paused already: "
  expect_equal "$(git status --porcelain | wc -l)" 3
  expect_exit 0 git session resume
  describe_exactly >"$CASE/after"
  diff "$CASE/before" "$CASE/after" >"$CASE/diff" || fail "again in $home: $(head -40 "$CASE/diff")"
  git fsck --strict --no-dangling >/dev/null 2>&1 || fail "the repository is damaged"
done
