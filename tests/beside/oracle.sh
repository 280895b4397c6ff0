# shellcheck shell=bash
# What has to be true at the end of a case, whatever happened. Sourced after lib.sh; $R/out is the last answer of the close,
# $code its exit code.

ours() { # the session's marked lines and their files
  cat <<'OURS'
src/a ours-a1
src/a ours-a2
src/new ours-new
lib/b ours-b
docs/c ours-c
OURS
}

answered() { jq -e "$1" "$R/out" >/dev/null 2>&1; }

# The paths and texts with which an answer says that a file was left out.
reported() {
  jq -r '(.report.left_alone[]?.path), (.report.warnings[]?), (.report.carried_over[]? | .title, .evidence),
    (.phases[]? | select(.outcome != "ok") | .summary, .detail, .hint, (.findings[]? | .file, .title))' "$R/out" 2>/dev/null
}

sessions_lines() { cat .orchestrator/metrics/sessions.jsonl .git/git-session/records/sessions.jsonl 2>/dev/null | wc -l; }

session_is_open() { git session status --json 2>/dev/null | jq -e '.session != null or .unfinished_close != null' >/dev/null 2>&1; }

# Each item's content is committed, or reported as not committed, or was removed by another process.
expect_every_item() {
  local path mark tip silent="" lost=""
  tip=$(session_branch)
  while read -r path mark; do
    grep -q "^$tip:.*:$mark$" "$R/now.tips" && continue
    if grep -q ":$mark$" "$R/now.files"; then
      [ -e "$R/late" ] || reported | grep -qF -- "$path" || silent+=" $path ($mark)"
    elif grep -q ":$mark$" "$R/last.files"; then
      lost+=" $path ($mark)" # else it was removed
    fi
  done < <(ours)
  if git cat-file -e "$tip:src/gone" 2>/dev/null && [ ! -e src/gone ]; then
    [ -e "$R/late" ] || reported | grep -qF src/gone || silent+=" src/gone (deleted)"
  fi
  [ -z "$silent" ] || differs "closed, but not on the branch, and nothing says so:$silent"
  [ -z "$lost" ] || differs "closed, and nowhere:$lost"
}

expect_pushed() {
  local path mark tip missing=""
  answered '.pushed' || {
    differs "closed, but not pushed: $(jq -c '[.phases[] | select(.id == "push") | .summary]' "$R/out")"
    return
  }
  tip=$(session_branch)
  while read -r path mark; do
    grep -q "^$tip:.*:$mark$" "$R/now.tips" || continue
    git -C ../origin.git grep -q "$mark" main || missing+=" $path ($mark)"
  done < <(ours)
  [ -z "$missing" ] || differs "$(jq -r '.report.push' "$R/out"), but not in the remote's main:$missing"
}

# What a commit of the close puts into a planned file has passed a gate, or was committed unchanged by another process.
passed() { # PATH MODE BLOB
  if [ "$2" = 000000 ]; then grep -q "^$1 absent$" "$R/gate.log" && return; fi
  grep -q "^$1 $2 $3$" "$R/gate.log" && return
  local commit
  while read -r commit; do
    [ "$(git rev-parse -q --verify "$commit:$1")" != "$3" ] || return 0
  done < <(cat "$R/made-by-other" "$R/made-by-driver" 2>/dev/null)
  return 1
}

expect_own_commits_alone() {
  local commit line path mode blob
  commits >"$R/commits-now"
  cat "$R/commits" "$R/made-by-other" "$R/made-by-driver" 2>/dev/null | LC_ALL=C sort -u >"$R/made-by-others"
  LC_ALL=C comm -23 "$R/commits-now" "$R/made-by-others" >"$R/own"
  [ -s "$R/own" ] || return 0
  while IFS= read -r line; do
    case $line in
      "commit "*) commit=${line#commit } ;;
      :*)
        path=${line#*$'\t'}
        read -r _ mode _ blob _ <<<"$line"
        case $path in
          .orchestrator/*) ;;
          src/* | lib/* | docs/*) passed "$path" "$mode" "$blob" || differs "$commit has a $path ($mode ${blob:0:10}) that no gate has passed" ;;
          *) differs "$commit has $path, which is not the session's" ;;
        esac
        ;;
    esac
  done < <(git log --no-walk --stdin --format='commit %h %s' --raw --no-abbrev --no-renames <"$R/own")
}

# Rewriting a commit (amend, rebase) keeps its author.
expect_true_commits() {
  local oid author
  while read -r oid; do
    author=$(git show -s --format=%ae "$oid" 2>/dev/null)
    if [ -z "$author" ]; then
      differs "reported commit $oid does not exist"
    elif [ "$author" != session@example.org ]; then
      differs "reported commit $oid is somebody else's: $(git show -s --format='%s (%an)' "$oid")"
    fi
  done < <(jq -r '.commits[]?.oid' "$R/out" 2>/dev/null)
}

# No commit is reverted by the next one: what the index lacks, it already lacked after another process's action.
expect_index_not_behind() {
  local tip
  tip=$(git symbolic-ref -q HEAD) || return 0
  behind() { # LOOK
    LC_ALL=C comm -23 <(sed -n "s#^$tip:##p" "$R/$1.tips" | LC_ALL=C sort) "$R/$1.staged"
  }
  gone "the index would take back what is committed" <(behind now) <(behind last)
}

expect_nothing_left_lying() {
  local left
  left=$(find .git -name '*.lock' -not -path '.git/git-session/*')
  [ -z "$left" ] || differs "locks are left: $left"
  left=$(find . -path ./.git -prune -o -name '.git-session-*' -print)
  [ -z "$left" ] || differs "temporary files are left in the work tree: $left"
  left=$(git fsck --no-progress --no-dangling 2>&1) || differs "fsck: $left"
}

expect_notes_kept() {
  if [ -e "$R/learned" ]; then
    grep -rqs theirs-25 .orchestrator .git/git-session || differs "what somebody had learned is lost"
  fi
  if [ -e "$R/filed" ]; then
    grep -rqs theirs-26 .orchestrator .git/git-session || differs "the issue that somebody had filed is lost"
  fi
}

expect_end() {
  local lines
  compare_with_last
  expect_own_commits_alone
  expect_true_commits
  expect_index_not_behind
  expect_nothing_left_lying
  expect_notes_kept
  lines=$(sessions_lines)
  [ "$lines" -le 1 ] || differs "$lines records of one session"
  case $code in
    0)
      [ "$lines" = 1 ] || differs "closed without a record"
      expect_every_item
      expect_pushed
      ;;
    1 | 2)
      # Stopped with an explanation; unless the session is closed by then, it is still open.
      session_is_open || [ "$lines" = 1 ] || differs "stopped, but the session is no longer open"
      [ -n "$(jq -r '.hint // .error.message // empty' "$R/out" 2>/dev/null)" ] || differs "stopped without a hint"
      ;;
    *) differs "exit code $code: $(head -c 300 "$R/err")" ;;
  esac
}
