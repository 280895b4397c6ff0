#!/usr/bin/env bash
# Wherever the disk fills up, start leaves no session, or a whole one.
. "$E2E/lib.sh"

inside() {
  mount -t tmpfs -o size=4m none "$CASE/mount"
  cd "$CASE/mount"
  git init -q repo
  cd repo
  commit_file a.txt
  git session init --records tracked >/dev/null
  git add -A
  git commit -q -m "chore: set up"
  echo dirty >a.txt
  head -c 9000 /dev/zero | tr '\0' x >b.txt
  printf 'title = "x"\n[[item]]\ntitle = "y"\nfiles = ["a"]\n' >"$CASE/plan.toml"
  remember_tree
  full=0
  for free in $(seq 0 40); do
    head -c $((free * 4096)) /dev/zero >../room
    dd if=/dev/zero of=../fill bs=1k 2>/dev/null || true
    rm ../room
    code=0
    git session start --title full --plan "$CASE/plan.toml" --scope src/ >"$OUT" 2>"$ERR" || code=$?
    rm ../fill
    if [ $code -eq 0 ]; then
      expect_exit 0 git session status --json
      expect_json '.session != null and (.items | length == 1) and ([.snapshots[].label] == ["baseline"])'
      expect_json '[.changes[] | select(.owner == "foreign")] | length == 2'
      [ $full -gt 3 ] || fail "the disk was full only $full times"
      return
    fi
    full=$((full + 1))
    expect_equal $code 128
    expect_same_tree
    expect_equal "$(git for-each-ref refs/so-snapshots)" ""
    expect_equal "$(find .git/git-session/baselines -type f 2>/dev/null)" ""
  done
  fail "it never had room enough"
}
mkdir -p "$CASE/mount"
if [ "${1:-}" = inside ]; then inside; else in_namespace bash -eu -o pipefail "$0" inside; fi
