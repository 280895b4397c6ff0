#!/usr/bin/env bash
# `snapshot diff` shows what the work tree has otherwise than a snapshot, whatever HEAD and the index have by now.
. "$E2E/lib.sh"

cd "$CASE" || die "no directory"
git init -q repo
cd repo || die "no repository"
for name in same edited staged removed moded gone typed later unmerged; do echo "$name" >"$name"; done
mkdir dir && echo d >dir/d
echo '*.log' >.gitignore
git add . && git commit -q -m one
echo changed >>edited
echo new >untracked
echo forgotten >forgotten
expect_exit 0 git session snapshot --session s --label one

changes() { # changes NAME [PATH…]: "M path" lines
  expect_exit 0 git session snapshot diff "$@" --session s --json
  jq -r '.changes[] | .status + " " + .path' "$OUT"
}
expect_equal "$(changes one)" ""

# On a commit: the snapshot's files, by now tracked or not.
git add edited untracked && git commit -q -m two
expect_equal "$(changes one)" ""
echo more >>later && git commit -q -a -m three
expect_equal "$(changes one)" "M later"
# In the index and in the work tree.
echo more >>edited
echo more >>staged && git add staged
git rm -q --cached removed # the file stays
chmod +x moded
rm gone forgotten
ln -sf elsewhere typed
echo a >added && git add added
echo i >intended && git add -N intended
echo n >new
echo l >ignored.log
mkdir deep && echo d >deep/'odd "name"'
echo y >dir/y
all='A added
A deep/odd "name"
A dir/y
M edited
D forgotten
D gone
A intended
M later
M moded
A new
M staged
T typed'
expect_equal "$(changes one)" "$all"
expect_equal "$(changes one dir)" "$(grep dir/ <<<"$all")"
expect_exit 0 git session snapshot diff one --session s
expect_out '+more'
expect_out 'deleted file mode 100644'
expect_out 'new mode 100755'
expect_out '+n'
expect_no_out 'b/same'
# From a directory, and of files that git is told not to look at.
expect_equal "$(cd dir && changes one y)" "A dir/y"
git update-index --assume-unchanged edited
expect_equal "$(changes one)" "$(grep -v edited <<<"$all")"
git update-index --no-assume-unchanged edited
# An ignored file that is tracked by now is there as well.
git add -f ignored.log
expect_equal "$(changes one)" "${all/A intended/A ignored.log$'\n'A intended}"
git rm -q --cached ignored.log
# Where it was ignored, tracked or not does not count: the snapshot has it.
echo untracked >>.gitignore && git rm -q --cached untracked && echo more >>untracked
expect_equal "$(changes one | grep untracked)" "M untracked"
git checkout -q HEAD -- .gitignore untracked && git reset -q

# Without a name, the session's newest one.
expect_exit 0 git session snapshot diff --session s --json
expect_json '.from == "refs/so-snapshots/s/wave-0-one"'
expect_exit 0 git session snapshot show --session s --json
expect_json '.ref == "refs/so-snapshots/s/wave-0-one"'
expect_exit 128 git session snapshot diff --session s nothing-like-it
expect_err "the newest is 'one'"
expect_exit 129 git session snapshot restore --session s
expect_err "the newest is 'one'"

# Git in the pager has the repository's own index, settings and hooks.
if script --version >/dev/null 2>&1; then
  own="git -c user.probe=mine"
  answered "GIT_PAGER='git rev-parse --git-path index; git config core.hooksPath; git config user.probe; echo [\$GIT_LITERAL_PATHSPECS]' \
    $own session snapshot diff --session s one </dev/null" </dev/null
  expect_equal "$(cat "$OUT")" ".git/index
mine
[]"
fi

# A merge with conflicts, and no commit at all.
git stash -q && git clean -qfd
git checkout -q -b other HEAD~1 && echo other >unmerged && git commit -q -a -m other
git checkout -q - && echo ours >unmerged && git commit -q -a -m ours
git merge -q other >/dev/null 2>&1 && die "no conflict"
expect_equal "$(changes one | grep unmerged)" "M unmerged"
git merge --abort
git checkout -q --orphan unborn && git rm -q -r --cached .
expect_equal "$(changes one)" "D forgotten
M later
M unmerged"

# A repository in it is shown as git shows it, and the index stays as it is.
git checkout -q -f main
git init -q nested && git -C nested commit -q --allow-empty -m nested
before=$(git ls-files --stage)
expect_equal "$(changes one | grep -c nested)" 1
expect_equal "$(git ls-files --stage)" "$before"
