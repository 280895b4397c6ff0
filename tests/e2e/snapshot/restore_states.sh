#!/usr/bin/env bash
# Every state of a repository: snapshot, wreck, restore; then work tree and index are what they were, byte for byte and
# entry for entry, and git finds nothing wrong with the objects. Each state has one of the two wrecks in turn;
# BOTH_WRECKS=1 tries both. What was clean is not held byte for byte: a checkout makes it.
. "$E2E/lib.sh"

export GIT_CONFIG_GLOBAL=$CASE/gitconfig
cp "$HOME/.gitconfig" "$GIT_CONFIG_GLOBAL"
git config --file "$GIT_CONFIG_GLOBAL" core.fsync none # tests/fault looks at what is synced
passed=0 failed=0 skipped=0 turn=0

# What git and the file system say of the work tree, without what is ignored.
describe() {
  local path
  git ls-files -z -c -o --exclude-standard -- . | sort -zu | while IFS= read -r -d '' path; do
    if [ -L "$path" ]; then
      printf 'link %q %q\n' "$path" "$(readlink "$path")"
    elif [ -f "$path" ]; then
      printf 'file %q %s %s\n' "$path" "$([ -x "$path" ] && echo x)" "$(sha256sum <"$path")"
    elif [ -e "$path" ]; then
      printf 'other %q\n' "$path"
    fi
  done
  git ls-files --stage --full-name -t
  git ls-files -v | grep '^[a-z]' || true
  git diff --name-only --diff-filter=A 2>/dev/null || true # intent to add
  git rev-parse -q --verify HEAD || true
}

base() { # two commits with a little of everything
  git init -q -b main r
  cd r
  mkdir -p dir/deep
  for n in a b c dir/d dir/deep/e; do printf '%s 1\n%s 2\n%s 3\n' $n $n $n >$n; done
  printf 'bin\0ary\n' >bin
  printf '#!/bin/sh\n' >run
  chmod +x run
  ln -s a link
  printf '*.ignored\n' >.gitignore
  git add -A
  git commit -q -m one
  echo more >>b
  git commit -q -a -m two
}
conflict() { # conflict HOW [COMMAND…]: two branches that change the same
  git checkout -q -b other
  eval "$1"
  git add -A && git commit -q -m theirs
  git checkout -q main
  eval "$2"
  git add -A && git commit -q -m ours
}

# Wrecks: back to HEAD and clean; or changed everywhere, half deleted, and staged.
wreck_reset() {
  git reset -q --hard 2>/dev/null || { git read-tree --empty && git ls-files -o --exclude-standard -z | xargs -0 rm -f; }
  git clean -q -f -d
}
wreck_scramble() {
  local path count=0
  git ls-files -z -c -o --exclude-standard -- . | sort -zu >"$CASE/paths"
  while IFS= read -r -d '' path; do
    count=$((count + 1))
    [ -L "$path" ] || [ -f "$path" ] || continue
    case $((count % 3)) in
    0) rm -f -- "$path" ;;
    1) [ -L "$path" ] || printf 'wrecked' >>"$path" ;;
    2) rm -f -- "$path" && printf 'other' >"$path" ;;
    esac
  done <"$CASE/paths"
  git add -A . 2>/dev/null || true
}

# state NAME COMMANDS: in a repository of its own. In the commands, no_scramble: files are not to be scrambled.
state() {
  local name=$1 wreck code
  # shellcheck disable=SC2053
  [[ -z ${ONLY:-} || $name == $ONLY ]] || return 0
  turn=$((turn + 1))
  for wreck in wreck_reset wreck_scramble; do
    [ -n "$BOTH_WRECKS" ] || [ $((turn % 2)) = "$([ $wreck = wreck_reset ]; echo $?)" ] || continue
    rm -rf "$CASE/state"
    mkdir "$CASE/state"
    set +e
    (
      set -e
      cd "$CASE/state"
      scramble=yes
      eval "$2" >"$CASE/said" 2>&1
      [ "$scramble" = yes ] || [ $wreck = wreck_reset ] || exit 77
      describe >"$CASE/before"
      git session snapshot --session s --label x >"$CASE/said" 2>&1
      describe >"$CASE/untouched"
      cmp -s "$CASE/before" "$CASE/untouched" || { echo "the snapshot changed something" >"$CASE/said"; exit 1; }
      $wreck >"$CASE/said" 2>&1
      describe >"$CASE/wrecked"
      git session snapshot restore x --session s --force >"$CASE/said" 2>&1 </dev/null
      describe >"$CASE/after"
      cmp -s "$CASE/before" "$CASE/after" || { diff "$CASE/before" "$CASE/after" >"$CASE/said"; exit 1; }
      git fsck --strict --no-dangling >"$CASE/said" 2>&1
      # And what was wrecked comes back the same way.
      git session snapshot restore before-restore --session s >"$CASE/said" 2>&1 </dev/null
      describe >"$CASE/after"
      cmp -s "$CASE/wrecked" "$CASE/after" || { diff "$CASE/wrecked" "$CASE/after" >"$CASE/said"; exit 1; }
    )
    code=$?
    set -e
    if [ $code = 0 ]; then
      passed=$((passed + 1))
    elif [ $code = 77 ]; then
      skipped=$((skipped + 1))
    else
      failed=$((failed + 1))
      printf '%s, %s:\n' "$name" "$wreck"
      sed 's/^/    /' "$CASE/said" | head -12
    fi
  done
}

state modified 'base; echo x >>a'
state staged 'base; echo x >>a; git add a'
state staged_and_modified 'base; echo x >>a; git add a; echo y >>a'
state staged_and_reverted 'base; echo x >>a; git add a; git show HEAD:a >a'
state deleted 'base; rm a dir/d'
state deleted_staged 'base; git rm -q a dir/d'
state out_of_the_index 'base; git rm -q --cached a'
state out_of_the_index_and_changed 'base; git rm -q --cached a; echo x >>a'
state added 'base; echo n >n; git add n'
state added_and_modified 'base; echo n >n; git add n; echo o >>n'
state added_and_deleted 'base; echo n >n; git add n; rm n'
state untracked 'base; echo n >n; mkdir -p new/er; echo m >new/er/m'
state only_untracked_directory 'base; mkdir u; echo 1 >u/1; echo 2 >u/2'
state executable 'base; chmod +x a; chmod -x run'
state executable_staged 'base; chmod +x a; git add a; chmod -x a'
state link_new 'base; ln -s nowhere broken; ln -s / root'
state link_retargeted 'base; ln -sfn b link'
state file_to_link 'base; rm a; ln -s b a'
state link_to_file 'base; rm link; echo now >link'
state file_to_directory 'base; rm a; mkdir a; echo x >a/x'
state file_to_directory_staged 'base; rm a; mkdir a; echo x >a/x; git add -A'
state directory_to_file 'base; rm -r dir; echo x >dir'
state directory_to_file_staged 'base; rm -r dir; echo x >dir; git add -A'
state directory_to_link 'base; mv dir old; ln -s old dir; git add -A'
state renamed_staged 'base; git mv a z'
state renamed 'base; mv a z'
state swapped 'base; mv a t; mv b a; mv t b'
state intent_to_add 'base; echo n >n; git add -N n'
state intent_to_add_empty 'base; : >n; git add -N n'
state intent_to_add_deleted 'base; echo n >n; git add -N n; rm n'
state intent_to_add_executable 'base; echo n >n; chmod +x n; ln -s a l; git add -N n l'
state intent_to_add_of_a_path_of_head 'base; git rm -q --cached a; git add -N a'
state intent_to_add_beside_staged_empty 'base; : >n; : >o; git add -N n; git add o'
state intent_to_add_beside_staged 'base; echo n >n; git add -N n; echo s >>a; git add a; echo t >>a'
state empty_files 'base; : >a; : >n'
state binary 'base; head -c 5000 /dev/urandom >bin; head -c 300 /dev/zero >zero'
state carriage_returns 'base; printf "a\r\nb\nc\r" >a; printf "x\r\n" >n'
state no_newline_at_the_end 'base; printf "no end" >a; printf "%s" n >n'
state names_spaces 'base; echo 1 >" lead"; echo 2 >"trail "; echo 3 >"in the middle"; git add "in the middle"; echo 4 >>"in the middle"'
state names_newline 'base; echo 1 >"new
line"; git add -A; echo 2 >>"new
line"; echo 3 >"other
"'
state names_quotes 'base; echo 1 >"\"q\""; echo 2 >"b\\s"; echo 3 >"t	b"; git add -A; echo 4 >>"b\\s"'
state names_not_utf8 'base; echo 1 >"$(printf "l\344tin")"; git add -A; echo 2 >"$(printf "\377\376")"'
state names_dashes 'base; echo 1 >./-n; echo 2 >./--; git add -A; echo 3 >./--force'
state names_globs 'base; echo 1 >"*"; echo 2 >"[a]"; echo 3 >"?"; git add -A; echo 4 >>"*"; echo 5 >":(top)x"'
state names_unicode_forms 'base; echo 1 >"$(printf "u\314\210")"; echo 2 >"$(printf "\303\274")"; git add -A; echo 3 >>"$(printf "\303\274")"'
state names_case 'base; echo 1 >A; echo 2 >Dir; git add A; echo 3 >>A'
state names_long 'base; n=$(printf "%0250d" 0); echo 1 >$n; git add $n; echo 2 >>$n; echo 3 >${n}x'
state names_deep 'base; d=$(printf "d/%.0s" $(seq 60)); mkdir -p $d; echo 1 >$d/f; git add -A; echo 2 >>$d/f; echo 3 >$d/g'
state names_of_commands 'base; mkdir raw stage1 filtered; echo 1 >raw/a; echo 2 >stage1/a; echo 3 >filtered/a; git add raw'
state unborn 'git init -q r; cd r; echo 1 >a; mkdir d; echo 2 >d/b'
state unborn_staged 'git init -q r; cd r; echo 1 >a; git add a; echo 2 >b'
state unborn_staged_and_modified 'git init -q r; cd r; echo 1 >a; git add a; echo 2 >>a; ln -s a l; git add l; rm l'
state unborn_intent_to_add 'git init -q r; cd r; echo 1 >a; git add -N a'
state detached 'base; git checkout -q --detach HEAD~1; echo x >>a; git add a'
state merge_content 'base; conflict "echo t >>a" "echo o >>a"; git merge -q other || true; echo u >u'
state merge_resolved_in_part 'base; conflict "echo t >>a; echo t >>c" "echo o >>a; echo o >>c"; git merge -q other || true; echo r >a; git add a; echo later >>a'
state merge_conflict_edited 'base; conflict "echo t >>a" "echo o >>a"; git merge -q other || true; echo edited >a'
state merge_conflict_deleted_file 'base; conflict "echo t >>a" "echo o >>a"; git merge -q other || true; rm a'
state merge_modify_delete 'base; conflict "git rm -q a" "echo o >>a"; git merge -q other || true'
state merge_delete_modify 'base; conflict "echo t >>a" "git rm -q a"; git merge -q other || true'
state merge_both_added 'base; conflict "echo t >n" "echo o >n"; git merge -q other || true'
state merge_binary 'base; conflict "printf \"t\\0\" >bin" "printf \"o\\0\" >bin"; git merge -q other || true'
state merge_modes 'base; conflict "echo t >>run; chmod -x run" "echo o >>run"; git merge -q other || true'
state merge_file_directory 'base; conflict "rm a; mkdir a; echo t >a/t" "echo o >>a"; git merge -q other || true'
state merge_renames 'base; conflict "git mv a t" "git mv a o"; git merge -q other || true'
state merge_without_conflict 'base; conflict "echo t >>a" "echo o >>c"; git merge -q --no-commit other || true; echo x >>dir/d'
state rebase 'base; conflict "echo t >>a" "echo o >>a"; git rebase -q other || true; echo u >u'
state cherry_pick 'base; conflict "echo t >>a" "echo o >>a"; git cherry-pick other || true'
state revert 'base; echo 1 >>a; git commit -q -a -m 1; echo 2 >>a; git commit -q -a -m 2; git revert --no-edit HEAD~1 || true'
state bisect 'base; git bisect start -q HEAD HEAD~1 || true; echo x >>a; git add a'
state stash_apply_conflict 'base; echo s >>a; git stash -q; echo o >>a; git commit -q -a -m o; git stash apply -q || true'
state skip_worktree 'base; git update-index --skip-worktree c; echo x >>a; git add a; echo hidden >>c'
state assume_unchanged 'base; git update-index --assume-unchanged c; echo x >>a; git add a; echo hidden >>c'
state hidden_alone 'base; git update-index --assume-unchanged c; git update-index --skip-worktree b; echo hidden >>c; rm b; ln -s a b'
state sparse_cone 'base; git sparse-checkout set --cone dir/deep; echo x >>a; echo y >>dir/deep/e; git add a; echo n >dir/deep/n'
state sparse_patterns 'base; git sparse-checkout set --no-cone "/*" "!/dir/"; echo x >>a; git add a; echo n >n'
state sparse_index 'base; git sparse-checkout set --cone --sparse-index dir; echo x >>dir/d; git add dir/d; echo y >>dir/d'
state split_index 'base; git update-index --split-index; echo x >>a; git add a; echo n >n'
state index_version_4 'base; git update-index --index-version 4; echo x >>a; git add a; rm dir/d'
state untracked_cache 'base; git config core.untrackedCache true; git status -s; echo x >>a; echo n >n'
state file_system_monitor 'base; printf "#!/bin/sh\nprintf /\n" >../monitor; chmod +x ../monitor; git config core.fsmonitor "$PWD/../monitor"; git status -s; echo x >>a; git add a; echo n >n; scramble=no'
state autocrlf_with_crlf 'base; git config core.autocrlf true; rm -r [a-z]* .gitignore; git checkout -q .; printf "1\r\n2\r\n" >a; git add a; printf "3\r\n" >>a; printf "n\r\n" >n'
state autocrlf_with_lf 'base; git config core.autocrlf true; rm -r [a-z]* .gitignore; git checkout -q .; printf "1\n2\n" >a; printf "n\n" >n; git add n; printf "m\n" >>n'
state autocrlf_mixed 'base; git config core.autocrlf true; rm -r [a-z]* .gitignore; git checkout -q .; printf "1\r\n2\n3\r\n" >a; printf "x\r\ny\n" >n'
state autocrlf_input 'base; git config core.autocrlf input; printf "1\r\n2\r\n" >a; printf "n\r\n" >n'
state safecrlf 'base; git config core.autocrlf input; git config core.safecrlf true; printf "1\r\n2\n" >a'
state eol_crlf 'base; echo "*.t text eol=crlf" >.gitattributes; git add .gitattributes; git commit -q -m at; printf "1\r\n" >x.t; git add x.t; printf "2\n" >>x.t; printf "3\n" >y.t'
state attributes_changed 'base; echo "* text=auto eol=crlf" >.gitattributes; printf "1\n2\r\n" >a; git add .gitattributes; scramble=no'
state ident 'base; echo "i ident" >.gitattributes; git add .gitattributes; git commit -q -m at; printf "\$Id: mine\$\n" >i; git add i; printf "more\n" >>i'
state working_tree_encoding 'base; echo "*.u working-tree-encoding=UTF-16LE-BOM text" >.gitattributes; git add .gitattributes; git commit -q -m at; printf "\377\376h\0i\0\n\0" >x.u; git add x.u; printf "\377\376y\0o\0\n\0" >x.u'
state filter 'base; echo "*.f filter=rot" >.gitattributes; git config filter.rot.clean "tr a-z n-za-m"; git config filter.rot.smudge "tr a-z n-za-m"; git add .gitattributes; git commit -q -m at; echo hello >x.f; git add x.f; echo world >>x.f'
state filter_that_forgets 'base; echo "*.f filter=no" >.gitattributes; git config filter.no.clean "grep -v secret"; git config filter.no.smudge cat; git add .gitattributes; git commit -q -m at; printf "keep\nsecret\n" >x.f; git add x.f; printf "more secret\nmore\n" >>x.f'
state filter_required_that_fails 'base; echo "*.f filter=bad" >.gitattributes; git config filter.bad.clean cat; git config filter.bad.required true; git add .gitattributes; git commit -q -m at; echo hello >x.f; git add x.f; echo world >>x.f; git config filter.bad.clean false; scramble=no'
state filter_required 'base; echo "*.f filter=rq" >.gitattributes; git config filter.rq.clean cat; git config filter.rq.smudge cat; git config filter.rq.required true; git add .gitattributes; git commit -q -m at; echo hello >x.f; git add x.f; echo world >>x.f'
state lfs 'command -v git-lfs || exit 77; base; git lfs install --local; git lfs track "*.bin"; git add .gitattributes; git commit -q -m at; head -c 9000 /dev/urandom >x.bin; git add x.bin; git commit -q -m lfs; head -c 9000 /dev/urandom >x.bin; head -c 100 /dev/urandom >y.bin; git add y.bin'
state lfs_without_its_program 'base; printf "*.bin filter=lfs diff=lfs merge=lfs -text\n" >.gitattributes; git add .gitattributes; git commit -q -m at; echo pointer >x.bin; git add x.bin; git commit -q -m b; echo changed >x.bin; echo n >y.bin'
state submodule_pointer 'base; git init -q ../sub; git -C ../sub commit -q --allow-empty -m s; git submodule add -q ../sub sub; git commit -q -m sub; echo x >>a; git add a; scramble=no'
state nested_repository 'base; git init -q nest; echo i >nest/i; echo x >>a; echo n >n; scramble=no'
state linked_worktree 'base; git worktree add -q ../w; cd ../w; echo x >>a; git add a; echo n >n'
state bare_and_worktree 'base; cd ..; git clone -q --bare r bare; git -C bare worktree add -q ../w main; cd w; echo x >>a; git add a; echo n >n'
state separate_git_directory 'base; cd ..; git init -q --separate-git-dir elsewhere r; cd r; echo x >>a; git add a; echo n >n'
state core_worktree 'base; cd ..; mv r/.git gitdir; git --git-dir=gitdir config core.worktree "$PWD/r"; cd r; export GIT_DIR=$PWD/../gitdir; echo x >>a; git add a; echo n >n'
state alternates 'base; cd ..; git clone -q --shared r s; cd s; echo x >>a; git add a; echo n >n'
state shallow 'base; cd ..; git clone -q --depth 1 "file://$PWD/r" s; cd s; echo x >>a; git add a; echo n >n'
state partial 'base; git config uploadpack.allowFilter true; cd ..; git clone -q --filter=blob:none "file://$PWD/r" s; cd s; rm -rf ../r; echo x >>a; git add a; echo n >n'
state shared_repository 'base; git config core.sharedRepository group; echo x >>a; git add a; echo n >n'
state without_file_modes 'base; git config core.fileMode false; chmod +x a; echo x >>run; git add run; scramble=no'
state without_identity 'base; git config --unset user.name || true; export GIT_CONFIG_GLOBAL=/dev/null; git config user.useConfigOnly true; echo x >>a; git add a'
state signing 'base; git config commit.gpgSign true; git config gpg.program false; echo x >>a; git add a; echo n >n'
state failing_hooks 'base; mkdir -p .git/hooks; for h in post-checkout post-index-change pre-commit; do printf "#!/bin/sh\nexit 1\n" >.git/hooks/$h; chmod +x .git/hooks/$h; done; echo x >>a; git add a; echo n >n'
state large 'base; head -c 9000000 /dev/urandom >a; git add a; head -c 5000000 /dev/urandom >n'
state many 'base; mkdir m; for n in $(seq 500); do echo $n >m/$n; done; git add m; for n in $(seq 100); do echo x >>m/$n; done; for n in $(seq 200); do echo $n >u$n; done'
state ignored_beside 'base; echo i >keep.ignored; echo x >>a; printf "*.ignored\nn*\n" >.gitignore; echo n >note'
state loose_objects_packed 'base; git gc -q; git pack-refs --all; echo x >>a; git add a; echo n >n'
state in_a_subdirectory 'base; echo x >>a; git add a; echo n >dir/n'
state gitattributes_in_subdirectory 'base; echo "d text eol=crlf" >dir/.gitattributes; git add dir; git commit -q -m at; rm dir/d; git checkout -q dir; printf "1\n" >dir/d; git add dir/d'

echo "$passed passed, $failed failed, $skipped not applicable"
[ $failed = 0 ]
[ -n "${ONLY:-}" ] || [ $passed -ge 95 ] || fail "only $passed were tried"
