#!/usr/bin/env bash
# Partial, shallow, sparse and borrowing clones, with their remote out of reach: what git's own add and commit can do
# without it, start, status, snapshot and close do too, and nothing is fetched.
. "$E2E/lib.sh"
. "$E2E/close.sh"
session_repo origin
mkdir -p src far
for i in 1 2 3; do
  echo "int a$i;" >src/a.c
  printf 'far %s\n' {1..50} "$i" >far/b.c
  printf '%s\n' "$i" >far/c.c
  git add .
  git commit -q -m "feat: $i"
done
git config uploadpack.allowFilter true
git config uploadpack.allowAnySHA1InWant true
url=file://$CASE/origin

# What is missing stays missing.
missing() { git rev-list --objects --all --missing=print 2>/dev/null | grep -c '^?' || true; }
works() { # works NAME: in the clone of that name
  cd "$CASE/$1"
  mv "$CASE/origin" "$CASE/gone"
  local before
  before=$(missing)
  export GIT_TRACE_PACKET=$CASE/packets
  rm -f "$CASE/packets"
  expect_exit 0 git session start --scope "src/"
  echo "int more;" >>src/a.c
  echo new >src/new.c
  expect_exit 0 git session status
  expect_exit 0 git session snapshot
  expect_exit 0 git session close --json --no-push --yes
  expect_json '.status == "closed"'
  expect_equal "$(work_files | paste -sd,)" "src/a.c,src/new.c"
  # A removed file, and one with a change that was staged before.
  expect_exit 0 git session start --scope "src/"
  git rm -q src/new.c
  echo "int staged;" >>src/a.c
  git add src/a.c
  echo "int later;" >>src/a.c
  expect_exit 0 git session snapshot
  expect_exit 0 git session close --json --no-push --yes
  expect_json '.status == "closed"'
  [ ! -e "$CASE/packets" ] || ! grep -q "fetch" "$CASE/packets" || fail "$1: something was fetched"
  unset GIT_TRACE_PACKET
  expect_equal "$(missing)" "$before" "$1: missing objects"
  expect_no_err "fetch"
  mv "$CASE/gone" "$CASE/origin"
}

git clone -q --filter=blob:none "$url" "$CASE/partial"
works partial
git clone -q --filter=blob:none --sparse "$url" "$CASE/sparse"
git -C "$CASE/sparse" sparse-checkout set src .orchestrator 2>/dev/null
works sparse
git clone -q --filter=blob:none --sparse "$url" "$CASE/sparse-index"
git -C "$CASE/sparse-index" sparse-checkout set --sparse-index src .orchestrator 2>/dev/null
works sparse-index
git clone -q --filter=tree:0 --no-checkout "$url" "$CASE/treeless"
git -C "$CASE/treeless" checkout -q main
works treeless
git clone -q --depth 1 "$url" "$CASE/shallow"
works shallow
git clone -q --depth 1 --filter=blob:none "$url" "$CASE/both"
works both
cp -a "$CASE/origin" "$CASE/lender"
git clone -q --shared "file://$CASE/origin" --reference "$CASE/lender" "$CASE/borrower"
works borrower

# What is not checked out, and whose content is missing: removed, made executable, and changed by others meanwhile.
git clone -q --filter=blob:none --sparse "$url" "$CASE/edges"
cd "$CASE/edges"
git sparse-checkout set --sparse-index src .orchestrator
far=$(git rev-parse HEAD:far/c.c)
expect_exit 0 git session start --scope "src/" --scope "far/"
git clone -q "$CASE/origin" "$CASE/colleague"
(cd "$CASE/colleague" && echo theirs >>far/theirs.c && git add far && git commit -q -m "feat: theirs" && git push -q origin HEAD:next)
git fetch -q origin next
git merge -q --ff-only FETCH_HEAD
mv "$CASE/origin" "$CASE/gone"
before=$(missing)
[ "$before" -gt 2 ] || fail "nothing is missing"
git rm -q --cached --sparse far/b.c
git update-index --chmod=+x far/c.c
echo "int more;" >>src/a.c
expect_exit 0 git session status
expect_exit 0 git session snapshot
expect_exit 0 git session close --json --no-push --yes
expect_json '.status == "closed"'
expect_equal "$(work_files | paste -sd,)" "far/b.c,far/c.c,src/a.c"
expect_equal "$(git rev-parse HEAD:far/c.c)" "$far"
expect_equal "$(missing)" "$before"
