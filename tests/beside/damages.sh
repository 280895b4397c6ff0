# shellcheck shell=bash
# The oracle's own test: what a wrong close could leave behind. Each damage is done to a good end state, and the oracle
# has to find it.

session_commits() { env "${SESSION[@]}" git commit -qm "feat: wrong" "$@"; }

damage_foreign-bytes() { echo x >>theirs; }
damage_foreign-mode() { chmod +x untracked; }
damage_foreign-file-gone() { rm untracked; }
damage_planned-bytes() { echo x >>docs/c; }
damage_foreign-staged() { git add theirs; }
damage_foreign-reverted() { sed -i /theirs-0/d other && session_commits other; }
damage_foreign-committed() { session_commits theirs; }
damage_not-committed() { git reset -q --soft HEAD~2; }
damage_branch-rewritten() { git update-ref refs/heads/main HEAD~5; }
damage_other-branch() { git branch -qf side main; }
damage_new-branch() { git branch stray; }
damage_tag() { git tag stray; }
damage_stash() { git stash push -q && git stash apply -q --index; }
damage_lock() { touch .git/index.lock; }
damage_temporary-file() { touch src/.git-session-1-0.tmp; }
damage_two-records() {
  local records=.orchestrator/metrics/sessions.jsonl
  [ -e $records ] || records=.git/git-session/records/sessions.jsonl
  cp $records "$R/records" && cat "$R/records" >>$records
}
damage_no-gate() {
  local tree=$R/tree
  cp .git/index "$tree"
  tree=$(export GIT_INDEX_FILE=$tree && git update-index --add --cacheinfo "100644,$(echo ungated | git hash-object -w --stdin),docs/d" && git write-tree)
  git update-ref HEAD "$(env "${SESSION[@]}" git commit-tree -p HEAD -m "feat: wrong" "$tree")"
}
damage_index-behind() { git update-index --cacheinfo "100644,$(git rev-parse "$(cat "$R/base"):src/a"),src/a"; }
damage_remote-rewritten() { git -C ../origin.git update-ref refs/heads/main "$(cat "$R/base")"; }
damage_object-gone() { rm -f ".git/objects/$(git rev-parse HEAD:src/a | sed 's#..#&/#')"; }
damage_commit-not-its-own() {
  jq --arg oid "$(cat "$R/base")" '.commits[0].oid = $oid' "$R/out" >"$R/changed" && mv "$R/changed" "$R/out"
}
damage_stopped-without-hint() { echo '{}' >"$R/out" && code=1; }
damage_fatal() { code=128; }

# Prints the damages that were not found.
check_oracle() {
  local damage missed=0 count=0
  copy=$CASE/damaged
  for damage in $(declare -F | sed -n 's/^declare -f damage_//p'); do
    rm -rf "$copy"
    cp -a "$CASE/undisturbed" "$copy"
    R=$copy/r
    cd "$copy/repo" || exit 1
    # shellcheck disable=SC2034 # read by oracle.sh
    code=0
    : >"$R/differences"
    "damage_$damage" || echo "$damage: could not be done"
    expect_end 2>/dev/null
    count=$((count + 1))
    if [ ! -s "$R/differences" ]; then
      echo "not found: $damage"
      missed=$((missed + 1))
    fi
  done
  echo "$count damages, $missed not found"
  [ "$missed" -eq 0 ]
}
