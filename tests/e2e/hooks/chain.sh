#!/usr/bin/env bash
# A hook that was there before keeps its arguments, environment, input and exit code beside ours.
. "$E2E/lib.sh"
. "$E2E/hooks.sh"

new_repo
bare_remote
record_hooks
# shellcheck disable=SC2016
for name in pre-commit post-commit pre-push post-index-change; do
  write_hook .git/hooks/$name \
    'case $0 in */post-index-change*) cat /dev/null ;; *) cat >"$CASE/input" ;; esac' \
    "{ echo \"$name\$(printf ' <%s>' \"\$@\") in \$PWD\"; env | grep '^GIT_' | grep -v _DATE; } >>\"\$CASE/theirs\"" \
    'exit $(cat "$CASE/their-answer" 2>/dev/null || echo 0)'
done
theirs() {
  rm -f "$CASE/theirs" "$CASE/input"
  "$@" || fail "$*: exit code $?"
  sort "$CASE/theirs" >"$CASE/$1"
}

commit_file a
theirs git commit -q --allow-empty -m x
mv "$CASE/git" "$CASE/commit-alone"
theirs git push -q origin HEAD:one
mv "$CASE/git" "$CASE/push-alone"
mv "$CASE/input" "$CASE/input-alone"
sed -i 's|refs/heads/one|refs/heads/two|' "$CASE/input-alone"

expect_exit 0 git session hooks install --with pre-commit,post-index-change
for name in pre-commit post-commit pre-push post-index-change; do expect_state $name chained; done
theirs git commit -q --allow-empty -m x
diff "$CASE/commit-alone" "$CASE/git" || fail "the commit's hooks ran otherwise"
grep -qx post-commit "$CASE/calls" || fail "ours did not run"
: >"$CASE/calls"
git reset -q --soft HEAD~1
theirs git push -q origin HEAD:two
diff "$CASE/push-alone" "$CASE/git" || fail "pre-push ran otherwise"
cmp "$CASE/input-alone" "$CASE/input" || fail "pre-push got another input"
expect_calls "pre-push [origin] [$CASE/origin.git]" "< $(cat "$CASE/input")"

# Nothing to push is an empty input for both; many refs and names of every kind are one for both.
theirs git push -q origin HEAD:two
expect_equal "$(wc -c <"$CASE/input")" 0
: >"$CASE/calls"
head=$(git rev-parse HEAD)
for n in {1..2000}; do printf 'create refs/heads/many/%s-ü%%s-$(x)-%s %s\n' "$n" "$(printf '%080d' "$n")" "$head"; done |
  git update-ref --stdin
theirs git push -q origin 'refs/heads/many/*:refs/heads/many/*'
expect_equal "$(wc -l <"$CASE/input")" 2000
sed -n 's/^< //p' "$CASE/calls" | cmp - "$CASE/input" || fail "ours and theirs got different inputs"

# Their "no" stops git, whatever ours says; ours comes first in a push, theirs in a commit.
echo 3 >"$CASE/their-answer"
expect_exit 1 git push -q origin HEAD:three
expect_exit 1 make_commit
: >"$CASE/calls"
sh -c 'GIT_INDEX_FILE=.git/index .git/hooks/pre-commit' && fail "no exit code"
expect_equal "$(sh -c '.git/hooks/pre-push a b </dev/null; echo $?')" 3
expect_equal "$(sh -c '.git/hooks/pre-commit; echo $?')" 3
expect_equal "$(sh -c '.git/hooks/post-commit; echo $?')" 3
rm "$CASE/their-answer" "$CASE/theirs"
answer 1
expect_exit 1 git push -q origin HEAD:three
expect_no_file "$CASE/theirs"
expect_exit 1 make_commit
expect_file_has "$CASE/theirs" "pre-commit"
# A hook that does not read its input is fine, and the switch only affects ours.
rm "$CASE/answer"
write_hook .git/hooks/pre-push.before-git-session 'exit 0'
expect_exit 0 git push -q origin 'refs/heads/many/*:refs/heads/more/*'
expect_equal "$(cat "$ERR")" ""
write_hook .git/hooks/pre-push.before-git-session 'cat >"$CASE/input"'
: >"$CASE/calls"
expect_exit 0 env GIT_SESSION_HOOKS=0 git push -q origin HEAD:four
expect_calls
expect_file_has "$CASE/input" refs/heads/four
# A hook that git would not run (because of its mode) is not run by us either.
chmod -x .git/hooks/pre-push.before-git-session
rm "$CASE/input"
expect_exit 0 git push -q origin HEAD:five
expect_no_file "$CASE/input"
