#!/usr/bin/env bash
# snapshot list, show and drop: order, selection, foreign refs, names as typed, and no deletion outside the prefix.
. "$E2E/lib.sh"

new_repo
expect_exit 0 git session snapshot list --json
expect_json '.schema == "git-session/snapshot-list/1" and .snapshots == [] and .ignored == []'

echo one >README.md
GIT_COMMITTER_DATE="2026-01-01T00:00:00Z" git session snapshot -q --session a/b --wave 1 --label first
sleep 1.1
echo two >README.md
git add README.md
echo new >untracked
git session snapshot -q --session a-b --wave 2 --label second
sleep 1.1
git session snapshot -q --session other --wave 1 --label third
git update-ref refs/so-snapshots/odd HEAD
head=$(git rev-parse HEAD)

expect_exit 0 git session snapshot list --all --json
expect_json '[.snapshots[].label] == ["third", "second", "first"] and .ignored == ["refs/so-snapshots/odd"]'
expect_json '.snapshots[1] | .ref == "refs/so-snapshots/a-b/wave-2-second" and .session == "a-b" and .wave == 2 and .base == $head and
  .subject == "so-snapshot a-b wave 2 second" and (.oid | length == 40) and (.created_at | endswith("Z"))' --arg head "$head"
# a/b and a-b share a ref name, and are still two sessions.
expect_exit 0 git session snapshot list --session a/b --json
expect_json '[.snapshots[].label] == ["first"]'
expect_exit 0 git session snapshot list --session a-b --json
expect_json '[.snapshots[].label] == ["second"]'
expect_exit 0 git session snapshot list --all
expect_out "a-b/2/second"

for name in refs/so-snapshots/a-b/wave-2-second a-b/wave-2-second "$(git rev-parse refs/so-snapshots/a-b/wave-2-second)" \
  "$(git rev-parse --short=10 refs/so-snapshots/a-b/wave-2-second)"; do
  expect_exit 0 git session snapshot show "$name" --json
  expect_json '.schema == "git-session/snapshot-show/1" and .ref == "refs/so-snapshots/a-b/wave-2-second" and
    [.staged[].path] == ["README.md"] and .unstaged == [] and (.untracked == ["untracked"] or [.untracked[].path] == ["untracked"])'
done
expect_exit 0 git session snapshot show a-b/wave-2-second
expect_out README.md
expect_out untracked
expect_exit 128 git session snapshot show no-such/wave-1-thing
expect_err_matches "^fatal: .*no-such/wave-1-thing"
expect_err_matches "^hint: .*snapshot list"

# Outside the prefix nothing is deleted, however it is spelled.
for name in refs/heads/main main HEAD refs/so-snapshots/../heads/main "$head"; do
  code=0
  git session snapshot drop "$name" >"$OUT" 2>"$ERR" || code=$?
  [ "$code" -ne 0 ] || fail "drop $name says it did"
  expect_equal "$(git rev-parse main)" "$head"
done

expect_exit 0 git session snapshot drop a-b/wave-2-second refs/so-snapshots/other/wave-1-third --json
expect_json '.schema == "git-session/snapshot-drop/1" and [.results[] | .ok and .existed and .error == null] == [true, true] and
  .results[0].ref == "refs/so-snapshots/a-b/wave-2-second"'
expect_exit 0 git session snapshot drop a-b/wave-2-second --json
expect_json '.results[0].ok and (.results[0].existed | not)'
# It may be a typo.
expect_exit 0 git session snapshot drop a-b/1/frist
expect_err "warning: there is no snapshot 'a-b/1/frist': nothing was deleted"
expect_err "hint: did you mean 'a-b/1/first'?"
expect_empty_out
expect_equal "$(git for-each-ref --format='%(refname)' refs/so-snapshots | tr '\n' ' ')" "refs/so-snapshots/a-b/wave-1-first refs/so-snapshots/odd "
