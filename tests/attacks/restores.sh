# shellcheck shell=bash
# Snapshots made by hand, as a fetch can bring them: what they name must not be written outside of what git itself would
# write, and no file of the user's may be gone for good. Canaries: everything outside of the tree, the git directory, and
# the content of the user's files.

prepare() {
  new_repo
  mkdir src
  echo "*.key" >.gitignore
  echo one >src/a.c
  commit_all
  git push -q -u origin main
  echo "mine" >notes.txt
  echo "a key" >secret.key
  echo "changed" >>src/a.c
  ln -s "$CASE/outside" leads-out
  git init -q nested && echo theirs >nested/file
}
payload="#!/bin/sh
touch $CASE/ran
"
arrive() {
  blob=$(printf '%s' "$payload" | git hash-object -w --stdin)
  base=$(git rev-parse HEAD)
  index=$(git rev-parse "HEAD^{tree}") worktree=$index untracked="" exact="" message=evil
  users=$(users_files)
  gits=$(gits_files)
}
users_files() { cksum notes.txt secret.key src/a.c nested/file && readlink leads-out; }
gits_files() {
  find .git nested/.git \( -path .git/objects -o -path .git/git-session -o -path .git/refs/so-snapshots -o -path .git/index \) -prune \
    -o -type f -exec cksum {} + | LC_ALL=C sort
}

# tree_of: a tree of the lines MODE OID NAME, whatever their names.
tree_of() {
  LC_ALL=C sort -t ' ' -k 3 | while IFS=' ' read -r mode oid name; do
    # shellcheck disable=SC2059,SC2001 # bytes
    printf '%s %s\0' "$mode" "$name" && printf "$(sed 's/../\\x&/g' <<<"$oid")"
  done | git hash-object -t tree -w --stdin --literally
}
# with TREE PATH [MODE OID]: that tree and the path; of two entries of one name, both.
with() {
  local tree=$1 path=$2 mode=${3:-100755} oid=${4:-$blob}
  while [[ $path == */* ]]; do
    oid=$(echo "$mode $oid ${path##*/}" | tree_of)
    mode=40000 path=${path%/*}
  done
  { [ -z "$tree" ] || git ls-tree "$tree" | sed 's/^0*\([0-9]*\) [a-z]* \([0-9a-f]*\)\t/\1 \2 /'; echo "$mode $oid $path"; } | tree_of
}
link() { printf '%s' "$1" | git hash-object -w --stdin; }

forge() {
  local parents=(-p "$base" -p "$(git commit-tree "$index" -p "$base" -m index)") empty
  empty=$(git mktree </dev/null)
  [ -z "$untracked$exact" ] || parents+=(-p "$(git commit-tree "${untracked:-$empty}" -m untracked)")
  [ -z "$exact" ] || parents+=(-p "$(git commit-tree "$exact" -m exact)")
  REF=refs/so-snapshots/s/wave-0-evil
  git update-ref $REF "$(git commit-tree "$worktree" "${parents[@]}" -m "$message")" || broken "no snapshot"
}
is_kept() { # FILE: its content can be had, in the tree or in a snapshot
  local oid
  oid=$(cat "$CASE/kept-$(basename "$1")")
  [ -f "$1" ] && [ "$(git hash-object --no-filters "$1")" = "$oid" ] && return
  git rev-list --objects --all | grep -q "^$oid" || through "$1 is gone for good"
}
play_it() { # [PATH…]
  forge
  for file in notes.txt secret.key src/a.c; do
    git hash-object --no-filters $file >"$CASE/kept-$(basename $file)"
  done
  run git session snapshot show -p $REF
  run git session snapshot diff $REF
  run git session snapshot restore $REF "$@"
  [ "$code" -le 129 ] || through "exit code $code: $(tail -n 1 "$ERR")"
  [ "$(cksum notes.txt secret.key)" = "$(head -n 2 <<<"$users")" ] || through "the user's own files were changed without --force"
  cp "$ERR" "$ERR.plain"
  run git session snapshot restore --force $REF "$@"
  run git session snapshot restore --force --merge $REF "$@"
  cp "$ERR.plain" "$ERR"
}
judge() {
  cd "$CASE/repo" || broken "no repository"
  [ "$(gits_files)" = "$gits" ] || through "in the git directory: $(diff <(echo "$gits") <(gits_files) | grep '^[<>]' | tail -n 1)"
  [ "$(cat nested/file)" = theirs ] || through "in a repository of its own"
  for file in notes.txt secret.key src/a.c; do is_kept $file; done
  [ ! -e .git/git-session/restore/journal.json ] || through "it was left half done"
  [ -z "$(find . -path ./.git/objects -prune -o -name '.git-session-*' -print)" ] || through "temporary files are left"
}
control_hook() {
  printf '%s' "$payload" >.git/hooks/pre-commit
  play_it
}
control_lost() {
  play_it
  rm secret.key
}

# A name in each tree.
hostile=(.git/hooks/pre-commit .git/config .GIT/config git~1/config .git./config src/.git/config ../outside/file
  src/../../outside/file ./README.md a//b leads-out/file leads-out/new nested/file nested/.git/config notes.txt/x secret.key/x)
in_index() { index=$(with "$index" "$@") && worktree=$(with "$worktree" "$@") && play_it; }
in_index_only() { index=$(with "$index" "$@") && play_it; }
in_worktree() { worktree=$(with "$worktree" "$@") && play_it; }
in_untracked() { untracked=$(with "" "$@") && play_it; }
in_exact() {
  untracked=$(with "" notes.txt)
  exact=$(with "$(with "$(with "" "raw/$1")" "stage2/$1")" "stage3/$1")
  play_it
}
named() { worktree=$(with "$worktree" "$@") && play_it "$1"; }
absent() { message=$(printf 'evil\n\nRestored: %s\nAbsent: %s\n' "$base" "$1") && play_it; }
intended() { message=$(printf 'evil\n\nIntent-to-add: %s\n' "$1") && play_it; }
places=(in_index in_index_only in_worktree in_untracked in_exact named absent intended)
for i in "${!hostile[@]}"; do
  attack "${hostile[i]} in untracked" in_untracked "${hostile[i]}"
  attack "${hostile[i]} in index" in_index "${hostile[i]}"
  place=${places[i % ${#places[@]}]}
  attack "${hostile[i]} ${place//_/ }" "$place" "${hostile[i]}"
done
for place in "${places[@]}"; do
  attack ".git/config ${place//_/ }" "$place" .git/config
  attack "../outside/file ${place//_/ }" "$place" ../outside/file
done
for path in notes.txt secret.key src nested leads-out . "" /; do
  attack "${path:-nothing} absent" absent "$path"
  attack "${path:-nothing} intended" intended "$path"
done

# Names that are one entry of a tree.
slashed() { # PLACE NAME
  local line="100755 $blob $2"
  case $1 in
    untracked) untracked=$(echo "$line" | tree_of) ;;
    worktree) worktree=$({ git ls-tree "$worktree" | sed 's/^0*\([0-9]*\) [a-z]* \([0-9a-f]*\)\t/\1 \2 /'; echo "$line"; } | tree_of) ;;
  esac
  play_it
}
for path in .git/hooks/pre-commit ../outside/file "$CASE/outside/file" src/.git; do
  attack "${path/$CASE/} as one entry, untracked" slashed untracked "$path"
  attack "${path/$CASE/} as one entry" slashed worktree "$path"
done

# Links, and what lies below them.
try_a_link_and_a_file_below_it() {
  worktree=$(with "$worktree" out 120000 "$(link "$CASE/outside")")
  untracked=$(with "" out/file)
  play_it
}
try_a_link_twice() {
  worktree=$(with "$(with "$worktree" out/file)" out 120000 "$(link "$CASE/outside")")
  play_it
}
try_a_link_to_the_git_directory() {
  worktree=$(with "$worktree" out 120000 "$(link .git)")
  untracked=$(with "" out/hooks/pre-commit)
  play_it
}
try_a_link_as_gitmodules() {
  worktree=$(with "$worktree" .gitmodules 120000 "$(link "$CASE/outside/file")")
  play_it
}
try_a_link_as_gitattributes() {
  git config core.autocrlf true
  settle
  gits=$(gits_files)
  worktree=$(with "$worktree" .gitattributes 120000 "$(link "$CASE/outside/file")")
  index=$(with "$index" text 100644)
  worktree=$(with "$worktree" text 100644)
  play_it
}
try_a_link_with_no_target() {
  worktree=$(with "$worktree" out 120000 "$(link "")")
  play_it
}
try_a_link_of_many_bytes() {
  worktree=$(with "$worktree" out 120000 "$(head -c 3000000 /dev/zero | tr '\0' x | git hash-object -w --stdin)")
  play_it
}
try_a_link_in_place_of_a_directory_of_the_users() {
  mkdir src/new && echo mine >src/new/file
  worktree=$(git ls-tree "$worktree" | grep -v "	src$" | git mktree)
  worktree=$(with "$worktree" src 120000 "$(link "$CASE/outside")")
  play_it
  [ "$(cat src/new/file)" = mine ] || through "an untracked file is gone"
}

# Modes and objects.
for mode in 100664 104755 40755 160000 170000 0; do
  attack "mode $mode in the index" in_index odd $mode
  attack "mode $mode, untracked" in_untracked odd $mode
done
try_a_repository_as_a_gitlink() { in_index evil/.git 160000 "$base"; }
try_a_gitlink_in_place_of_the_users_file() { in_index notes.txt 160000 "$base"; }
missing=1234567890123456789012345678901234567890
for place in in_index in_worktree in_untracked in_exact; do
  attack "a missing blob ${place//_/ }" $place new 100644 $missing
  attack "a missing tree ${place//_/ }" $place new 40000 $missing
done
try_a_tree_as_a_blob() { in_worktree new 100644 "$index"; }
try_a_blob_as_a_tree() { in_worktree new 40000 "$blob"; }
try_a_commit_as_a_blob() { in_untracked new 100644 "$base"; }
try_the_same_name_twice() {
  worktree=$(with "$(with "$worktree" twice)" twice 100644 "$(link other)")
  play_it
}
try_a_file_that_is_a_directory_too() {
  worktree=$(with "$(with "$worktree" both)" both/file)
  play_it
}
try_another_base() {
  base=$(git commit-tree "$(with "$index" src/.git/config)" -m base)
  index=$(git rev-parse "$base^{tree}") worktree=$index
  play_it src
}

# The lines below its message.
try_a_restored_snapshot_that_is_none() {
  message=$(printf 'evil\n\nRestored: %s\nAbsent: secret.key\n' "$base")
  play_it
}
try_a_restored_snapshot_of_the_users_file() {
  # Guessed right: it may go, but is saved before.
  untracked=$(with "" secret.key 100644 "$(git hash-object -w secret.key)")
  forge
  message=$(printf 'evil\n\nRestored: %s\nAbsent: secret.key\n' "$(git rev-parse $REF)")
  untracked=""
  forge
  run git session snapshot restore $REF
  git hash-object secret.key >"$CASE/kept-secret.key" 2>/dev/null || echo "a key" | git hash-object --stdin >"$CASE/kept-secret.key"
  for file in notes.txt src/a.c; do git hash-object $file >"$CASE/kept-$(basename $file)"; done
}
try_a_restored_snapshot_named_by_an_expression() {
  message=$(printf 'evil\n\nRestored: :/chore\nAbsent: secret.key\n')
  play_it
}
try_absent_and_untracked() {
  untracked=$(with "" notes.txt)
  message=$(printf 'evil\n\nAbsent: notes.txt\nAbsent: secret.key\n')
  play_it
}
