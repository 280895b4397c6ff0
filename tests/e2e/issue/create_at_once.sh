#!/usr/bin/env bash
# However many processes file, close and comment on local issues at once, each issue has its own number and nothing is lost.
. "$E2E/lib.sh"

new_repo
git config session.records tracked
mkdir "$CASE/said"
at_once() { # at_once NAME COMMAND…: in the background
  local name=$1
  shift
  "$@" >"$CASE/said/$name" 2>&1 || echo "exit code $?" >>"$CASE/said/$name"
}
for i in $(seq 16); do
  at_once "$i" git session issue create --title "Issue $i" &
done
# With the same slug, and with the same title.
at_once slug1 git session issue create --title "Same slug!" &
at_once slug2 git session issue create --title "Same, slug" &
at_once title1 git session issue create --title "Said twice" &
at_once title2 git session issue create --title "Said twice" &
wait
cat "$CASE"/said/* >"$OUT"
expect_no_out "exit code"
expect_equal "$(grep -c '^filed #' "$OUT")" 19
expect_equal "$(grep -c '^already filed: #' "$OUT")" 1
find .orchestrator/issues -type f -printf '%f\n' >"$CASE/files"
expect_equal "$(wc -l <"$CASE/files")" 19
expect_equal "$(cut -c1-4 "$CASE/files" | sort -u | wc -l)" 19
expect_exit 0 git session issue list --json
expect_json '[.issues[].title] | sort == ([range(1; 17) | "Issue \(.)"] + ["Said twice", "Same slug!", "Same, slug"] | sort)'
for i in $(seq 16); do
  at_once "close$i" git session issue close "$i" -m "done $i" &
done
wait
expect_exit 0 git session issue list --json
expect_json '.issues | length == 3'
expect_equal "$(cat .orchestrator/issues/* | grep -c '^done ')" 16
