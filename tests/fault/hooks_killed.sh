#!/usr/bin/env bash
# An installation or a removal of the hooks that is killed before any of its writing calls, or whose disk is full at
# one: the existing hook always runs, and the next installation and removal end as usual.
. "$FAULT/lib.sh"

mkdir "$CASE/prepared"
cd "$CASE/prepared" || die "no scene"
git init -q repo
cd repo || die "no repository"
# shellcheck disable=SC2016
printf '#!/bin/sh\necho ran >>"$CASE/ran"\n' >.git/hooks/post-commit
chmod 751 .git/hooks/post-commit
touch -d 2020-01-01 .git/hooks/post-commit
cp .git/hooks/post-commit .git/hooks/theirs
ln -s theirs .git/hooks/pre-commit

hooks() { find .git/hooks ! -name '*.sample' ! -type d -printf '%p %m %T@ %l\n' | LC_ALL=C sort; }
install="hooks install --with pre-commit,post-index-change"
hooks >"$CASE/before"
fresh whole
# shellcheck disable=SC2086
count_points kill $install -q
echo "$points points"
hooks | sed 's/ [0-9.]* $//' >"$CASE/installed"

runs() { # POINT WHAT: the hook that was there, post-commit and pre-commit
  rm -f "$CASE/ran"
  git commit -q --allow-empty -m "chore: x" 2>"$CASE/err" || trouble "$1" "$2: commit: $(cat "$CASE/err")"
  [ "$(wc -l <"$CASE/ran")" -eq 2 ] || trouble "$1" "$2: the hooks that were there ran $(wc -l <"$CASE/ran") times"
}
expect() { # POINT WHAT FILE
  [ "$3" != installed ] || hooks | sed 's/ [0-9.]* $//' >"$CASE/now"
  [ "$3" = installed ] || hooks >"$CASE/now"
  cmp -s "$CASE/$3" "$CASE/now" || trouble "$1" "$2: $(diff "$CASE/$3" "$CASE/now")"
}

for mode in kill full; do
  fresh whole
  # shellcheck disable=SC2086
  count_points $mode $install -q
  for point in $(some_points 7); do
    fresh struck
    # shellcheck disable=SC2086
    struck "$point" $mode $install -q
    runs "$point" "$mode in install"
    cp -a "$CASE/struck" "$CASE/again"
    git session hooks uninstall -q || trouble "$point" "$mode: uninstall: exit code $?"
    expect "$point" "$mode in install, then uninstall" before
    rm -rf "$CASE/struck"
    mv "$CASE/again" "$CASE/struck"
    cd "$CASE/struck/repo" || die "no copy"
    # shellcheck disable=SC2086
    git session $install -q || trouble "$point" "$mode: install again: exit code $?"
    expect "$point" "$mode in install, then install" installed
    runs "$point" "$mode, installed again"
  done
done
cd "$CASE/prepared/repo" || die "no scene"
# shellcheck disable=SC2086
git session $install -q || die "install failed"
fresh whole
count_points kill hooks uninstall -q
for point in $(some_points 7); do
  fresh struck
  struck "$point" kill hooks uninstall -q
  runs "$point" "killed in uninstall"
  git session hooks uninstall -q || trouble "$point" "uninstall again: exit code $?"
  expect "$point" "uninstalled again" before
done
[ "$failures" -eq 0 ] || give_up
