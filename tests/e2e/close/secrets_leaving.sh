#!/usr/bin/env bash
# What leaves with a push is searched as it leaves: each commit of the session, its message, the names of files and the
# targets of links, whatever the encoding. Nothing that the close prints or writes holds the secret.
. "$E2E/lib.sh"
. "$E2E/close.sh"

token="ghp""_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17" # put together, so that this file holds none
found() { json '[.phases[] | select(.id == "staging-plan") | .findings[] | select(.source == "secret") | "\(.file // ""):\(.title)"] | join("; ")'; }
notes() { json '[.phases[] | select(.id == "staging-plan") | .findings[] | select(.source == "secret-search") | "\(.file // ""):\(.title)"] | join("; ")'; }
short() { git rev-parse HEAD | cut -c1-10; }
expect_no_secret() { # in what the close printed or wrote, besides the files and commits that hold it
  ! grep -rqF -- "$token" "$OUT" "$ERR" .orchestrator .git/git-session || fail "the secret is in what the close wrote"
}
expect_stopped() { # WHAT-IS-FOUND: before anything was pushed
  expect_exit 2 git session close --json
  expect_outcome staging-plan block
  expect_equal "$(found)" "$1"
  expect_no_secret
  expect_equal "$(git -C "$CASE/origin.git" rev-parse main)" "$pushed" "main of the remote"
  git session close --abort >"$OUT" 2>"$ERR"
}
undo() { git reset -q --hard "$head"; git clean -qfd src; }

begin --scope src/
git push -q origin HEAD:main
pushed=$(git rev-parse HEAD)
head=$pushed
mkdir -p src

# Committed in the middle of the session, and taken out again.
printf 'fine = 1\ntoken = "%s"\n' "$token" >src/a.py
git add src && git commit -qm "feat: a"
bad=$(short)
echo 'fine = 1' >src/a.py
git commit -qam "fix: a"
expect_exit 2 git session close --json
expect_json '.decisions | map(select(.id == "secrets" and (.detail | contains("src/a.py:2: GitHub personal access token in commit '"$bad"'") and contains("token = \"ghp_****\"")))) | length == 1'
git session close --abort >/dev/null
expect_stopped "src/a.py:GitHub personal access token in commit $bad"

# Without a push too.
expect_exit 2 git session close --no-push --json
expect_equal "$(found)" "src/a.py:GitHub personal access token in commit $bad"
git session close --abort >/dev/null
undo

# In a message, a file name, the target of a link: committed already, and about to be.
mkdir -p src && echo x >src/b && git add src && git commit -qm "feat: b" -m "with $token"
expect_stopped ":GitHub personal access token in the message of commit $(short)"
undo
mkdir -p src && echo x >"src/$token" && git add src && git commit -qm "feat: b"
expect_stopped "src/ghp_****:GitHub personal access token in a file name in commit $(short)"
undo
mkdir -p src && ln -s "/home/$token" src/link && git add src && git commit -qm "feat: b"
expect_stopped "src/link:GitHub personal access token in the target of a link in commit $(short)"
undo
mkdir -p src && ln -s "/home/$token" src/link
expect_stopped "src/link:GitHub personal access token in the target of a link"
undo
mkdir -p src && echo x >src/a
expect_exit 2 git session close --json -m "feat: with $token"
expect_equal "$(found)" ":GitHub personal access token in the message of a planned commit"
expect_no_out "$token"
expect_no_err "$token"
git session close --abort >/dev/null
undo

# UTF-16 with a mark and without, and binary content.
mkdir -p src
printf 'token = "%s"\n' "$token" | iconv -t UTF-16 >src/marked.txt
printf 'token = "%s"\n' "$token" | iconv -t UTF-16BE >src/big.txt
printf 'token = "%s"\n' "$token" | iconv -t UTF-16LE >src/little.txt
{ head -c 3000 /dev/zero; printf '%s' "$token"; head -c 100 /dev/zero; } >src/program
git add src/program && git commit -qm "feat: a program"
expect_stopped "$(printf '%s; ' "src/program:GitHub personal access token in binary content in commit $(short)" \
  src/{big,little}.txt:"GitHub personal access token in added lines")src/marked.txt:GitHub personal access token in added lines"
undo

# A mirror gets what the remote has already; a merge brings what the remote has, and may add something itself.
mkdir -p src && echo "token = '$token'" >src/a.py && git add src && git commit -qm "feat: a"
bad=$(short)
git update-ref refs/remotes/origin/main HEAD
expect_exit 0 git session close --json --dry-run
expect_equal "$(found)" ""
git init -q --bare "$CASE/mirror.git"
git remote add backup "$CASE/mirror.git"
git config session.mirror backup
expect_exit 0 git session close --json --dry-run
expect_equal "$(found)" "src/a.py:GitHub personal access token in commit $bad"
git config --unset session.mirror
git reset -q --hard "$head"
mkdir -p src && echo x >src/b && git add src && git commit -qm "feat: b"
git merge -q --no-ff -m "merge" origin/main
expect_exit 0 git session close --json --dry-run
expect_equal "$(found)" ""
echo "token = '$token'" >>src/b && git add src && git commit -q --amend --no-edit
expect_exit 0 git session close --json --dry-run
expect_equal "$(found)" "src/b:GitHub personal access token in commit $(short)"
git update-ref refs/remotes/origin/main "$head"
undo

# What is too large to be searched is named, and so are commits from before the session.
mkdir -p src
truncate -s 65M src/large
git add src && git commit -qm "feat: large"
expect_exit 0 git session close --json --dry-run
expect_equal "$(notes)" "src/large:not searched for secrets: larger than 64 MiB"
undo

# A filter stores another form: that is what is committed and searched.
mkdir -p src
echo '*.hidden filter=hide' >.git/info/attributes
git config filter.hide.clean 'tr a-zA-Z n-za-mN-ZA-M'
printf 'token = "%s"\n' "$token" | tr a-zA-Z n-za-mN-ZA-M >src/a.hidden
printf 'token = "%s"\n' "$token" >src/b.hidden
expect_exit 0 git session close --json --dry-run
expect_equal "$(notes)" "src/a.hidden:not searched for secrets: a filter stores it in another form, which a dry run does not do; src/b.hidden:not searched for secrets: a filter stores it in another form, which a dry run does not do"
expect_stopped "src/a.hidden:GitHub personal access token in added lines"
undo

# What becomes of a commit afterwards is found before the push; taken out, the close goes on.
mkdir -p src && echo x >src/c
printf '#!/bin/sh\nrm "$0"\ngit commit -q --amend --no-verify -m "feat: c\n\nSee %s"\n' "$token" >.git/hooks/post-commit
chmod +x .git/hooks/post-commit
expect_exit 2 git session close --json
expect_outcome push block
expect_json '.status == "needs-decision"'
expect_json '[.phases[] | select(.id == "push") | .findings[].title] | all(contains("in the message of commit"))'
expect_no_secret
expect_equal "$(git -C "$CASE/origin.git" rev-parse main)" "$pushed"
expect_exit 2 git session close --continue --json
expect_outcome push block
git filter-branch -f --msg-filter 'grep -v "^See "' "$head..HEAD" >/dev/null 2>&1
expect_exit 0 git session close --continue --json
expect_json '.status == "closed" and .pushed'
expect_equal "$(git -C "$CASE/origin.git" rev-parse main)" "$(git rev-parse HEAD)"
! git -C "$CASE/origin.git" log --all -p | grep -qF -- "$token" || fail "the secret has left"

# By decision it leaves, once: the push does not ask again about what was overridden.
start_session --scope src/
echo "token = '$token'" >src/d.py
git add src && git commit -qm "feat: d"
echo "key = '$token'" >src/e.py
expect_exit 0 git session close --json --decide secrets=override
expect_json '.status == "closed" and .pushed'
expect_no_secret

# A continued close does not ask again about what was overridden, and still says so.
start_session --scope src/
echo "token = '$token'" >src/g.py
printf '#!/bin/sh\nexit 1\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
expect_exit 1 git session close --json --decide secrets=override
expect_outcome commit block
rm .git/hooks/pre-commit
expect_exit 0 git session close --continue --json
expect_file_has .orchestrator/STATE.md "decision secrets = override (recommended: abort): src/g.py:1: GitHub personal access token"
expect_no_secret

# Commits from before the session leave with it: named, not searched.
echo "token = '$token'" >old.py && git add old.py && git commit -qm "feat: old"
old=$(short)
start_session --scope src/
echo y >src/f
expect_exit 0 git session close --json
expect_equal "$(notes)" ":1 older commit leaves with the push, not searched for secrets: $old"
expect_json '.report.warnings | any(contains("'"$old"'"))'
