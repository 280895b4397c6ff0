#!/usr/bin/env bash
# Another process acts right before a restore renames: what it has made is not overwritten, and nothing outside is.
# shellcheck disable=SC2153 # set by run
. "$FAULT/lib.sh"

mkdir "$CASE/prepared"
cd "$CASE/prepared" || die "no scene"
mkdir outside && echo canary >outside/file
git init -q repo
cd repo || die "no repository"
mkdir dir
echo one >a
echo two >dir/d
echo three >gone
git add . && git commit -q -m one
echo saved >>a
echo saved >>dir/d
echo saved >created
rm gone
git session snapshot -q --session s --label saved || die "no snapshot"
git reset -q --hard && rm created
touch -d 2020-01-01 a dir/d gone # a write is told from what is there by more than the second

# shellcheck disable=SC2034 # read by describe_files
metrics=none
arguments=(snapshot restore saved --session s --force)
fresh whole
count_points kill "${arguments[@]}"
at() { # NAME: the point at which it is renamed, or taken away
  local found
  found=$(grep -nE " rename (.*/)?$1\$" "$CASE/points" | head -1 | cut -d: -f1)
  [ -n "$found" ] || die "no point at $1: $(grep rename "$CASE/points")"
  echo "$found"
}
# beside POINT COMMAND EXPECTED-COMMAND
beside() {
  point=$1
  fresh struck
  FAULT_COMMAND=$2 struck "$point" run "${arguments[@]}"
  eval "$3" >"$CASE/seen" 2>&1 || trouble "$point" "$2: not as expected: $(cat "$CASE/seen" "$CASE/err" "$CASE/out")"
  [ "$(cat ../outside/*)" = canary ] || trouble "$point" "$2: written outside"
  [ -z "$(find . -name '.git-session-*')" ] || trouble "$point" "$2: left: $(find . -name '.git-session-*')"
  git fsck --strict --no-dangling >"$CASE/fsck" 2>&1 || trouble "$point" "$2: $(cat "$CASE/fsck")"
}

a=$(at a) d=$(at d) created=$(at created)
removed=$(grep -nE ' rename .*/temp/' "$CASE/points" | head -1 | cut -d: -f1)
[ -n "$removed" ] || die "nothing is taken away"
named() { grep -q "'$1' was changed meanwhile" "$CASE/err"; }
# Content of the same size in the same instant; more; another file with the old time; gone; another mode; a link; a directory.
beside "$a" 'echo eno >a; touch -d 2020-01-01 a' '[ "$(cat a)" = eno ] && named a && grep -q saved created'
beside "$a" 'echo mine >>a' 'grep -q mine a && named a'
beside "$a" 'rm a' '[ ! -e a ] && named a && grep -q saved created'
beside "$a" 'rm a && ln -s ../outside/file a' '[ -L a ] && named a'
beside "$a" 'rm a && mkdir a && echo mine >a/mine' 'grep -q mine a/mine'
beside "$a" 'chmod +x a' '[ -x a ]'
beside "$created" 'echo mine >created' '[ "$(cat created)" = mine ] && named created'
beside "$created" 'ln -s ../outside/file created' '[ -L created ] && named created'
beside "$created" 'ln -s nowhere created' '[ -L created ] && named created'
beside "$created" 'mkdir created && echo mine >created/mine' 'grep -q mine created/mine'
beside "$removed" 'echo mine >gone' '[ "$(cat gone)" = mine ] && named gone'
beside "$removed" 'echo eerht >gone; touch -d 2020-01-01 gone' '[ "$(cat gone)" = eerht ] && named gone'
# A directory is replaced by a link that leads out, at each point from the first write of the restore on.
for point in $(seq $((removed - 1)) "$d"); do
  beside "$point" 'mv dir moved && ln -s ../outside dir' '[ -L dir ] && [ -e moved/d ]'
done
# The same before anything is renamed, with a file that is to be created in it.
for point in $(seq 1 $((points / 25 + 1)) "$points"); do
  beside "$point" 'echo mine >>a' 'grep -q mine a || git grep -q mine $(git for-each-ref --format="%(refname)" refs/so-snapshots)'
  # Staged before the plan was made, it is unstaged, as it was in the snapshot, and saved.
  beside "$point" 'echo mine >staged && git add staged' '[ "$(cat staged)" = mine ] &&
    { git ls-files --stage staged | grep -q . || git cat-file -e refs/so-snapshots/s/wave-0-before-restore^2:staged; }'
done
# While the scan asks git about an ignored file, it has found the others clean already: what becomes of them is saved as well.
cd "$CASE/prepared/repo" || die "no scene"
echo '[i]gnored' >>.git/info/exclude
echo ignored >ignored
git config core.checkStat minimal # so that copies are clean without being read
git config core.trustctime false
git update-index -q --refresh
fresh whole
count_points kill "${arguments[@]}"
asks=$(grep -n " fork" "$CASE/points" | head -1 | cut -d: -f1)
[ -n "$asks" ] || die "the scan does not ask git"
saved() { git show "refs/so-snapshots/s/wave-0-before-restore:$1" && grep -q saved a dir/d; }
beside "$asks" 'echo mine >>a' 'saved a | grep -q mine'
beside "$asks" 'chmod +x dir/d' 'git ls-tree -r refs/so-snapshots/s/wave-0-before-restore | grep -q "100755.*dir/d"'
beside "$asks" 'echo mine >>dir/d && git add dir/d' 'saved dir/d | grep -q mine && git cat-file -p refs/so-snapshots/s/wave-0-before-restore^2:dir/d | grep -q mine'
# HEAD moves, and the index stays, while a changed file is stored.
cd "$CASE/prepared/repo" || die "no scene"
echo dirty >>dir/d
fresh whole
count_points kill "${arguments[@]}"
stores=$(grep -n ' create .*/tmp_obj_' "$CASE/points" | head -1 | cut -d: -f1)
# shellcheck disable=SC2016 # run later
moves='blob=$(echo other | git hash-object -w --stdin) &&
  git update-ref HEAD "$(git ls-tree HEAD | sed "s/blob .*\ta\$/blob $blob\ta/" | git mktree | xargs git commit-tree -p HEAD -m two)"'
beside "$stores" "$moves" '[ "$(git show HEAD:a)" = other ] && [ "$(git show refs/so-snapshots/s/wave-0-before-restore^2:a)" = one ]'
[ "$failures" -eq 0 ] || give_up
