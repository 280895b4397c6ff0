#!/usr/bin/env bash
# On a terminal every file can be answered by itself: by number, with its difference to look at, and for a plan item;
# what is chosen stays chosen.
. "$E2E/lib.sh"
. "$E2E/close.sh"

script --version >/dev/null 2>&1 || skip "no script"
new_repo
git session init --records private >/dev/null 2>&1
printf 'all:\n\techo all\n' >Makefile
echo "# Readme" >README.md
for n in 1 2 3 4 5 6 7 8 9; do echo "line $n"; done >shared.txt
git add -A
git commit -q -m "chore: set up"
printf 'title = "Fuzzing"\n[[item]]\ntitle = "Entry point"\nfiles = ["src/"]\n[[item]]\ntitle = "Docs"\nfiles = ["docs/"]\n' >"$CASE/plan.toml"

answer() { answered git session close --no-push "$@"; }
begin_plan() {
  expect_exit 0 git session start --plan "$CASE/plan.toml"
  mkdir -p src
  echo "int fuzz_$1;" >src/fuzz.c
  printf 'all:\n\techo %s\n\nfuzz:\n' "$1" >Makefile
  echo "and $1" >>README.md
  echo "$1" >notes.txt
}

# Looked at, explained, mistyped, then two of three, for an item of the plan.
begin_plan one
answer <<'END' || fail "exit code $?"
d 1
?
7
x
1,3
1
END
expect_out "3 unclaimed changed files. Commit which?"
expect_out "  1  M Makefile   +3 -1"
expect_out "  2  M README.md  +1"
expect_out "  3  ? notes.txt  +1"
expect_out "[n]one   [a]ll   [q]uit   numbers (1,2)   [d]iff   [?]   (default: none)"
expect_out "+fuzz:"
expect_out "end this close"
expect_out "There is no file '7': they are numbered 1 to 3."
expect_out "Type a letter in brackets, or numbers of files"
expect_out "[1] Entry point   [2] Docs   [o]wn commit   (default: own commit)"
expect_equal "$(git show --name-only --format=%s HEAD | sort | tr '\n' ' ')" " Makefile feat: entry point notes.txt src/fuzz.c "
expect_equal "$(git status --porcelain)" " M README.md"
git commit -q -am "docs: readme"

# Files of their own; the answer for the others is Enter's. A letter before numbers is its choice.
begin_plan two
answer <<'END' || fail "exit code $?"
a1-2

END
expect_equal "$(git show --name-only --format= HEAD | tr '\n' ' ')" "Makefile README.md "
expect_equal "$(git show --name-only --format= HEAD~1 | tr '\n' ' ')" "src/fuzz.c "
expect_equal "$(git status --porcelain)" " M notes.txt"
git checkout -q -- notes.txt

# What was chosen is claimed, whatever becomes of the close: neither --continue nor the next close asks again.
begin_plan three
git session config test-command "test -e $CASE/allowed" >/dev/null
answer <<'END' && fail "the gate failed, and the close went on"
q
END
touch "$CASE/allowed"
git config core.hooksPath "$CASE/hooks"
mkdir -p "$CASE/hooks"
printf '#!/bin/sh\nexit 1\n' >"$CASE/hooks/pre-commit"
chmod +x "$CASE/hooks/pre-commit"
answer --continue <<'END' && fail "the hook refused, and the close went on"
2
2
END
expect_out "Add to which plan item?"
rm "$CASE/hooks/pre-commit"
expect_exit 0 git session claim
expect_out "README.md  (Docs)"
expect_exit 0 git session close --continue --no-push
expect_equal "$(git show --name-only --format= HEAD | tr '\n' ' ')" "README.md "
expect_equal "$(git log -1 --format=%s)" "docs: docs"
expect_equal "$(git status --porcelain)" " M Makefile
 M notes.txt"
git checkout -q -- Makefile notes.txt
git session config test-command none >/dev/null

# A file that was dirty before and changed since: only the session's part, the whole, or nothing, each by itself.
sed -i 's/line 1/theirs/' shared.txt
sed 's/^/x /' shared.txt >other.txt
git add other.txt
git commit -q -m "chore: other"
echo theirs >>other.txt
expect_exit 0 git session start --scope shared.txt --scope other.txt
sed -i 's/line 9/ours/' shared.txt
echo ours >>other.txt
answer <<'END' || fail "exit code $?"
s2 w1
END
expect_out "[s]ince the start   [w]hole   [n]one   numbers (1,2)"
expect_equal "$(git show HEAD:other.txt | tail -2 | tr '\n' ' ')" "theirs ours "
expect_equal "$(git show HEAD:shared.txt | sed -n '1p;9p' | tr '\n' ' ')" "line 1 ours "
expect_equal "$(git status --porcelain)" " M shared.txt"
git checkout -q -- shared.txt

# Isolated gates run in what was chosen, and nobody is asked twice.
begin_plan isolated
git config session.gate-isolation worktree
git config session.test-command 'grep -q fuzz: Makefile && ! grep -q isolated notes.txt'
answer <<'END' || fail "exit code $?"
1,2
1
END
expect_equal "$(grep -c 'unclaimed changed files. Commit which' "$OUT")" 1
expect_equal "$(grep -c 'Add to which plan item' "$OUT")" 1
expect_out "tree       $(git rev-parse --short=10 "HEAD^{tree}") checked out and tested"
expect_equal "$(git status --porcelain)" " M notes.txt"
git checkout -q -- notes.txt
git config --unset session.gate-isolation
git config --unset session.test-command

# One that another session claims, too.
expect_exit 0 git session start --scope 'both/' --name one
expect_exit 0 git session start --scope 'both/' --name two
mkdir both
echo a >both/a
echo b >both/b
answer --session one <<'END' || fail "exit code $?"
2
END
expect_equal "$(git show --name-only --format= HEAD | tr '\n' ' ')" "both/b "
expect_equal "$(git status --porcelain)" "?? both/a"
