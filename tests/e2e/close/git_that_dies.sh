#!/usr/bin/env bash
# A git that dies is not an answer: the close does not take it for "no remote", "not ignored" or "done".
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
commit_file src/a.txt
real=$(command -v git)
# $CASE/when: the words of the git command that fails, and how: killed, bad config, or in silence.
cat >"$CASE/bin/git" <<FAKE
#!/bin/sh
read -r words <"$CASE/when"
case " \$* " in
*" \$words "*)
  echo "\$*" >>"$CASE/met"
  case \$(cat "$CASE/how") in
  killed) kill -9 \$\$ ;;
  fatal) echo "fatal: bad config line 1 in file .git/config" >&2; exit 128 ;;
  silent) exit 0 ;;
  esac
  ;;
esac
exec "$real" "\$@"
FAKE
chmod +x "$CASE/bin/git"
close() { "$PROGRAM/git-session" close --json; } # through git, git's own directory would come first on PATH
when() {
  echo "$1" >"$CASE/when"
  echo "$2" >"$CASE/how"
  rm -f "$CASE/met"
}

before=$(git rev-parse HEAD)
for how in killed fatal; do
  when "remote get-url" $how
  expect_exit 128 close
  expect_file "$CASE/met"
  expect_out "$([ $how = killed ] && echo "git remote: killed by signal 9" || echo "git remote: bad config line 1")"
  expect_equal "$(status_of)" active
  expect_equal "$(git rev-parse HEAD)" "$before"
  expect_exit 0 "$PROGRAM/git-session" close --abort
done
expect_exit 128 "$PROGRAM/git-session" issue list

# Nothing is taken for deleted when update-ref, which runs where there is such a hook, ends without reading what to delete.
printf '#!/bin/sh\n' >.git/hooks/reference-transaction
chmod +x .git/hooks/reference-transaction
when "none" killed
echo dirty >src/a.txt
expect_exit 0 "$PROGRAM/git-session" snapshot create -q --label kept
when "update-ref" silent
expect_exit 1 "$PROGRAM/git-session" snapshot drop wave-0-kept
expect_file "$CASE/met"
expect_err "without reading all of its input"
rm .git/hooks/reference-transaction
when "none" killed
expect_exit 0 "$PROGRAM/git-session" snapshot list --json
expect_json '[.snapshots[].label] | index("kept") != null'

# Nor for committed, when what stages or commits does.
for words in update-index "-z --index-info"; do
  when "$words" silent
  echo "$words" >src/a.txt
  before=$(git rev-parse HEAD)
  code=0
  close >"$OUT" 2>"$ERR" || code=$?
  [ "$code" -ne 0 ] || fail "closed, though 'git $words' did nothing"
  expect_equal "$(git rev-parse HEAD)" "$before"
  when "none" killed
  "$PROGRAM/git-session" close --abort >"$OUT" 2>"$ERR" || fail "cannot abort"
done
expect_exit 0 close
expect_equal "$(git rev-parse HEAD)" "$(git rev-parse origin/main)"
